"""What a team shows to everybody: chosen, looked at, published, taken down; and that page itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.models.pages import WITH_A_COACH
from engagements import going_public
from engagements.models import Publication
from engagements.public_forms import PublicForm
from engagements.seats import Seat
from engagements.views.own import for_seat, for_steering

PAGES_A_PAGE = 30


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what teams show, of all services or of one, to everybody."""
    service = request.GET.get("service", "")
    shown = going_public.all_shown(service if service in dict(WITH_A_COACH) else "")
    context = {
        "page_obj": Paginator(shown, PAGES_A_PAGE).get_page(request.GET.get("page")),
        "service_name": dict(WITH_A_COACH).get(service, ""),
    }
    return render(request, "engagements/all_published.html", context)


@require_safe
@never_cache
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was published, to everybody."""
    rows = Publication.objects.filter(taken_down_at=None).select_related("engagement")
    publication = get_object_or_404(rows, slug=slug)
    context = {"publication": publication, "contents": publication.contents}
    context["phases"] = going_public.phases_to_show(publication.contents)
    return render(request, "engagements/published.html", context)


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what is public now; to who steers, what could be."""
    if not seat.is_whole or not going_public.may_publish(seat.engagement):
        raise Http404
    return _page(request, seat)


@for_steering
@never_cache
@require_POST
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show how it would look, or, with ``publish``, publish it."""
    if not going_public.may_publish(seat.engagement):
        raise Http404
    form = PublicForm(request.POST, engagement=seat.engagement)
    if not form.is_valid():
        return _page(request, seat, form=form, status=422)
    title, chosen = form.cleaned_data["title"], form.cleaned_data["parts"]
    if "publish" in request.POST:
        going_public.publish(by=seat.member, title=title, prompt_ids=chosen)
        messages.success(request, _("It is public now."))
        return redirect("engagements:public", seat.engagement.pk)
    contents = going_public.compose(engagement=seat.engagement, prompt_ids=chosen)
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "publication": Publication(title=title, slug=""),
        "contents": contents,
        "phases": going_public.phases_to_show(contents),
        "chosen": chosen,
        "is_preview": True,
    }
    return render(request, "engagements/published.html", context)


@for_steering
@require_POST
def end(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take down what is public."""
    publication = going_public.shown(seat.engagement)
    if publication is not None:
        going_public.take_down(publication=publication, by=seat.member)
    messages.success(request, _("Nothing of this work is public now."))
    return redirect(seat.url)


def _page(request, seat: Seat, form=None, status: int = 200) -> HttpResponse:
    engagement = seat.engagement
    publication = going_public.shown(engagement)
    if form is None:
        form = PublicForm(engagement=engagement, initial=_initial(engagement, publication))
    context = {
        "seat": seat,
        "engagement": engagement,
        "publication": publication,
        "form": form if seat.steers else None,
        "has_choices": bool(form.fields["parts"].choices),
    }
    return render(request, "engagements/public.html", context, status=status)


def _initial(engagement, publication: Publication | None) -> dict:
    if publication is None:
        return {"title": engagement.title}
    phases = publication.contents["phases"]
    chosen = [item["prompt"] for phase in phases for item in phase["items"]]
    return {"title": publication.title, "parts": chosen}
