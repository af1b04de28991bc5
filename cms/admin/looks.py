"""A page of the editor: a course's module as any building, role and language gets it, or two side by side."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.models import Locale, Page

from cms import looking
from cms.looking import Eyes
from cms.models import CoursePage, ModulePage
from cms.previews import ROLES
from roster.models import Building, Position

AS_WRITTEN = "-"
MARKS = {
    "changed": _("Other words"),
    "replaced": _("Replaced"),
    "added": _("Only here"),
    "removed": _("Only here"),
    "moved": _("Stands elsewhere"),
}


def _buildings(first):
    """Every building under its district, after ``first``."""
    groups = {}
    for building in Building.objects.select_related("district").order_by("district__name", "name"):
        groups.setdefault(building.district.name, []).append((building.slug, building.name))
    return [*first, *groups.items()]


class LookForm(forms.Form):
    """Through whose eyes: all in the address, so that a look can be sent to a colleague."""

    module = forms.ChoiceField(label=_("Module"), required=False)
    version = forms.ChoiceField(
        label=_("Version"),
        choices=[("draft", _("Newest draft")), ("live", _("Published"))],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    building = forms.ChoiceField(label=_("Building"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, required=False)
    beside = forms.ChoiceField(label=_("Beside it"), required=False)
    beside_role = forms.ChoiceField(label=_("Role beside it"), choices=ROLES, required=False)

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [(str(module.pk), module.title) for module in modules]
        self.fields["language"].choices = [
            (locale.language_code, str(locale)) for locale in Locale.objects.all()
        ]
        places = _buildings([])
        self.fields["building"].choices = [("", _("No building: as it was written")), *places]
        self.fields["beside"].choices = [
            ("", _("Nothing")),
            (AS_WRITTEN, _("As it was written")),
            *places,
        ]

    def eyes(self) -> list[Eyes]:
        """Whose eyes were chosen: one reader, or two."""
        chosen = self.cleaned_data
        slugs = [chosen["building"], chosen["beside"]] if chosen["beside"] else [chosen["building"]]
        roles = [chosen["role"], chosen["beside_role"]]
        found = Building.objects.select_related("district").in_bulk(
            [slug for slug in slugs if slug and slug != AS_WRITTEN], field_name="slug"
        )
        return [
            Eyes(found.get(slug), role or Position.Role.TEACHER)
            for slug, role in zip(slugs, roles, strict=False)
        ]


@require_GET
def look(request: HttpRequest, page_id: int) -> HttpResponse:
    """A module as one or two readers get it, live or as its newest draft."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, CoursePage | ModulePage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    course = page if isinstance(page, CoursePage) else page.get_parent().specific
    modules = list(ModulePage.objects.child_of(course).defer("body"))
    start = str(page.pk) if isinstance(page, ModulePage) else str(modules[0].pk) if modules else ""
    first = {"module": start, "version": "draft", "role": "teacher", "beside_role": "teacher"}
    first["language"] = course.locale.language_code
    given = {**first, **{name: value for name, value in request.GET.items() if value}}
    form = LookForm(given, modules=modules)
    context = {"form": form, "course": course, "page": page}
    if modules and form.is_valid():
        context |= _looked(request, form)
    status = 200 if form.is_valid() or not modules else 422
    return render(request, "cms/admin/look.html", context, status=status)


def _looked(request, form) -> dict:
    chosen, eyes = form.cleaned_data, form.eyes()
    page = looking.in_language(ModulePage.objects.get(pk=chosen["module"]), chosen["language"])
    module = looking.version_of(page, live=chosen["version"] == "live")
    standpoints = [one.standpoint for one in eyes]
    tailored = looking.tailored_for(module, *standpoints)
    readings = [tailored.resolve(module, standpoint) for standpoint in standpoints]
    spoken = page.locale.language_code
    context = {
        "module": module,
        "is_published": page.live,
        "is_live": chosen["version"] == "live",
        "spoken": spoken,
        "not_translated": bool(chosen["language"]) and spoken != chosen["language"],
        "readers": [
            {
                "name": one.building.name if one.building else _("As it was written"),
                "role": dict(ROLES)[one.role] if one.building else "",
                "standing": reading.standing,
                "words": tailored.words(standpoint),
            }
            for one, reading, standpoint in zip(eyes, readings, standpoints, strict=True)
        ],
        "place": standpoints[0].primary,
    }
    with looking.speaking(spoken):
        if len(eyes) == 1:
            blocks = [
                {"source": block.source, "html": looking.drawn(block, standpoints[0], request)}
                for block in readings[0].blocks
            ]
            return {**context, "drawn": blocks}
        rows = looking.beside(*readings, *standpoints, request=request)
    return {
        **context,
        "rows": [{"row": row, "mark": MARKS.get(row.kind)} for row in rows],
        "differences": looking.differences(rows),
    }
