"""Staff files in Wagtail's admin: upload, look at what would change, confirm. And invitations."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from roster import importing, invitations, inviting
from roster.administering.forms import StaffFileForm
from roster.models import StaffImport, User
from roster.permissions import people_policy

#: Changes shown on the page of one import; the counts above them are of all.
CHANGES_SHOWN = 500


def for_administrators(view):
    """Let only those in who keep the roster; Wagtail tells the others so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not people_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show the last imports, and take a file to look at; nothing is imported yet."""
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = StaffImport.objects.create(
            by=request.user, name=form.file_name, text=form.cleaned_data["file"]
        )
        return redirect("staff_imports:show", upload.pk)
    context = {"form": form, "imports": StaffImport.objects.select_related("by").defer("text")[:20]}
    return _page(request, "index", _("Import staff"), context, status=422 if form.errors else 200)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would change, or what is wrong with it by line; a POST confirms and imports it."""
    upload = get_object_or_404(StaffImport.objects.select_related("by"), pk=pk)
    if request.method == "POST":
        return _import(request, upload)
    if upload.imported_at:
        return _page(request, "done", upload.name, {"upload": upload, "counts": _labelled(upload.summary)})
    plan = importing.plan(upload.text)
    context = {
        "upload": upload,
        "plan": plan,
        "counts": _labelled(plan.counted()),
        "changes": plan.changes[:CHANGES_SHOWN],
    }
    return _page(request, "preview", upload.name, context, status=422 if plan.errors else 200)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then send one person the link that sets a password."""
    person = get_object_or_404(invitations.without_password(), pk=pk)
    return _invite(request, User.objects.filter(pk=pk), reverse("people:edit", args=[pk]), person=person)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def invite_all(request: HttpRequest) -> HttpResponse:
    """Ask, then send everybody without a password the link that sets one."""
    return _invite(request, User.objects.all(), reverse("people:index"))


def _import(request: HttpRequest, upload: StaffImport) -> HttpResponse:
    try:
        done = importing.carry_out(
            upload=upload, confirmed=request.POST.get("confirmed", ""), by=request.user
        )
    except (importing.CannotImport, importing.PlanHasChanged):
        messages.warning(
            request, _("The roster has changed since you looked. Nothing was imported; please look again.")
        )
        return redirect("staff_imports:show", upload.pk)
    if done:
        messages.success(request, _("The file is imported."))
    return redirect("staff_imports:show", upload.pk)


def _labelled(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(importing.Kind(kind).label, count) for kind, count in counts.items()]


def _invite(request: HttpRequest, people, back: str, *, person: User | None = None) -> HttpResponse:
    if request.method == "POST":
        count = inviting.invite(people=people, by=request.user)
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        messages.success(request, said % {"count": count})
        return redirect(back)
    context = {"person": person, "count": invitations.without_password(people).count(), "back": back}
    return _page(request, "invite", _("Invitations"), context)


def _page(request: HttpRequest, name: str, title: str, context: dict, status: int = 200) -> HttpResponse:
    """Draw a page with the furniture of Wagtail's admin."""
    furniture = {
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("staff_imports:index"), "label": _("Import staff")},
            {"url": "", "label": title},
        ],
    }
    return render(request, f"roster/administering/{name}.html", {**furniture, **context}, status=status)


class StaffImportViewSet(ViewSet):
    """Importing staff, as an item of the menu."""

    model = StaffImport
    name = "staff_imports"
    url_prefix = "staff-imports"
    icon = "upload"
    menu_label = gettext_lazy("Import staff")

    @property
    def menu_item_class(self):
        """Show the menu's item to whom the page opens for."""

        class ImportMenuItem(MenuItem):
            def is_shown(self, request):
                return policy_registry.get_by_type(StaffImport).user_has_permission(request.user, "add")

        return ImportMenuItem

    def get_urlpatterns(self):
        """Return the two pages."""
        return [path("", index, name="index"), path("<int:pk>/", show, name="show")]
