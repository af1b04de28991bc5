"""Previews *as a building*: what a draft will look like to somebody who reads from there.

A preview's mode is the short name of a building, with a role behind a colon where it isn't a teacher's:
``heron-bend-middle:principal``. The empty mode is the master, as it was written. The editor's own list names
a dozen buildings, those with an edition of the course first, because a list of 750 helps nobody; the bar
inside the preview offers every building and every role.
"""

from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from cms import languages, tailoring
from cms.models import CoursePage, Edition, ModulePage
from cms.resolved import HIDDEN
from cms.standpoints import MASTER, Place, Standpoint, standpoint_of_building
from roster.models import Building, Position

#: The most buildings that the editor's own list of previews names.
MOST_LISTED = 12

ROLES = [choice for choice in Position.Role.choices if choice[0] not in Position.OF_PSESD]


def modes_of(course_key) -> list[tuple[str, str]]:
    """Master first, then some buildings: those with an edition of the course before all others.

    A small region's are all named. At most two queries.
    """
    with_edition = list(
        Building.objects.filter(editions__course_key=course_key).order_by("name")[:MOST_LISTED]
    )
    others = Building.objects.exclude(pk__in=[building.pk for building in with_edition]).order_by("name")
    listed = [*with_edition, *others[: MOST_LISTED - len(with_edition)]]
    return [("", _("As it was written"))] + [(building.slug, building.name) for building in listed]


def standpoint_of_mode(mode: str) -> Standpoint:
    """From where a preview in ``mode`` reads; the master's for a building that doesn't exist."""
    slug, _colon, role = (mode or "").partition(":")
    building = Building.objects.select_related("district").filter(slug=slug).first() if slug else None
    if building is None:
        return MASTER
    return standpoint_of_building(building, role=role if role in dict(ROLES) else Position.Role.TEACHER)


def preview_course(request, course: CoursePage, mode: str):
    """The course's page as it will be served to somebody at the mode's building."""
    request.preview_standpoint = standpoint_of_mode(mode)
    context = {**course.get_context(request), "request": request, **_bar(request.preview_standpoint)}
    return TemplateResponse(request, "cms/admin/course_preview.html", context)


def preview_module(request, module: ModulePage, mode: str):
    """The module in the player's own layout, with this draft in place of what is live."""
    standpoint = standpoint_of_mode(mode)
    course = module.get_parent().specific
    tailored = with_draft(tailoring.load(course, standpoint), module=module)
    return _module_response(request, tailored, module, standpoint)


def preview_edition(request, edition: Edition, mode: str):
    """The course as the edition's building will get it, or one of its modules where ``mode`` is its key."""
    course = CoursePage.objects.filter(translation_key=edition.course_key).order_by("pk").first()
    standpoint = standpoint_of_owner(edition)
    if course is None or not standpoint.places:
        return TemplateResponse(request, "cms/admin/edition_unready.html", {"request": request})
    tailored = with_draft(tailoring.load(course, standpoint), edition=edition)
    module = next((module for module in tailored.modules if str(module.translation_key) == mode), None)
    if module is not None:
        return _module_response(request, tailored, module, standpoint, bar=False)
    request.preview_standpoint = standpoint
    modules = tailored.modules_for(standpoint)
    context = {
        **course.get_context(request),
        "words": tailored.words(standpoint),
        "modules": modules,
        "minutes": sum(module.minutes for module in modules),
    }
    return TemplateResponse(request, "cms/course_page.html", {**context, "request": request})


def modes_of_edition(edition: Edition) -> list[tuple[str, str]]:
    """The course's page first, then each of its modules."""
    course = CoursePage.objects.filter(translation_key=edition.course_key).order_by("pk").first()
    modules = ModulePage.objects.child_of(course).live().defer("body") if course else ()
    return [("", _("The course"))] + [(str(module.translation_key), module.title) for module in modules]


def standpoint_of_owner(edition: Edition) -> Standpoint:
    """From where an edition's readers read: a teacher of its building, or of no building in its district."""
    if edition.building:
        return standpoint_of_building(edition.building)
    district = edition.district
    if district is None:
        return MASTER
    place = Place(
        role=Position.Role.TEACHER,
        district_id=district.pk,
        district_slug=district.slug,
        district_name=district.name,
        goal=district.goal,
    )
    return Standpoint((place,))


def with_draft(tailored, *, module=None, edition=None) -> tailoring.Tailoring:
    """``tailored`` with a draft in place of its live self, or beside the others where it was never live."""
    modules, editions = tailored.modules, tailored.editions
    if module is not None:
        module = _in_its_words(module, modules)
        modules = _replaced(modules, module, lambda other: other.translation_key == module.translation_key)
    if edition is not None:
        same = (edition.building_id, edition.district_id)
        editions = _replaced(editions, edition, lambda other: (other.building_id, other.district_id) == same)
    return tailoring.Tailoring(
        tailored.course,
        modules=modules,
        audiences=tailored.audiences,
        editions=editions,
        keys=tailored.keys,
    )


def _replaced(rows, draft, is_same):
    if not any(is_same(row) for row in rows):
        return [*rows, draft]
    return [draft if is_same(row) else row for row in rows]


def _module_response(request, tailored, module, standpoint, *, bar=True):
    resolved = tailored.resolve(module, standpoint)
    context = {"request": request, "standpoint": standpoint, "preview": True}
    modules = tailored.modules_for(standpoint)
    return TemplateResponse(
        request,
        "cms/admin/module_preview.html",
        {
            **context,
            **(_bar(standpoint) if bar else {}),
            "module": module,
            "course": tailored.course,
            "outline": _outline(modules, module),
            "number": _number(modules, module),
            "count": len(modules),
            "resolved": resolved,
            "is_hidden": resolved.standing == HIDDEN,
            "place": standpoint.primary,
            "drawn": [{"source": block.source, "html": block.render(context)} for block in resolved.blocks],
        },
    )


def _in_its_words(module, modules):
    """A draft of a translation says its words in the blocks of its source."""
    for other in modules:
        if other.translation_key == module.translation_key and other.pk != module.pk:
            return languages.spoken_module(getattr(other, "written", other), module)
    return module


def _number(modules, module):
    """Which one it is among those that the reader gets, from 1; None where it is left out for them."""
    keys = [row.key for row in modules]
    return keys.index(module.translation_key) + 1 if module.translation_key in keys else None


def _outline(modules, current):
    return [
        {
            "title": row.title,
            "number": number,
            "note": _("%(minutes)s min") % {"minutes": row.minutes},
            "current": row.key == current.translation_key,
        }
        for number, row in enumerate(modules, 1)
    ]


def _bar(standpoint):
    """What the bar above a preview offers: every building under its district, every role."""
    here = standpoint.primary
    return {
        "buildings": Building.objects.select_related("district").order_by("district__name", "name"),
        "roles": ROLES,
        "chosen_building": here.building_slug,
        "chosen_role": here.role or Position.Role.TEACHER,
    }
