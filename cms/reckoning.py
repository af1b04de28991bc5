"""Reckoning: for whom a change of content matters. How many people under way, at which buildings, and how.

People are counted where they took the course. Whoever is told sees totals only (design, section 7): a count
of fewer than ten stays hidden, and no sum is given that a hidden count is part of.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from cms import joining, languages, tailoring
from cms.audiences import means
from cms.comparing import Effect, effects_on
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.standpoints import MASTER, Standpoint, places_of
from roster.models import Building, Position

#: A count of people is shown when it is of at least so many.
LEAST = 10
ROLES = [role for role in Position.Role.values if role not in Position.OF_PSESD]
OPENED, CLOSED = "opened", "closed"


@dataclass(frozen=True)
class Somewhere:
    """A building where a change matters, and how many people are under way there."""

    name: str
    district: str
    people: int


@dataclass(frozen=True)
class Group:
    """Buildings where the same changes for the same roles (none named: for all).

    ``opening`` is ``opened`` or ``closed`` where who may take the course changed for them.
    """

    course: str
    roles: tuple[str, ...]
    opening: str
    effects: tuple[Effect, ...]
    places: tuple[Somewhere, ...]

    def stored(self) -> dict:
        """As it is kept in a row."""
        return asdict(self)


class Readers:
    """Every role at every building, loaded once in two queries: the standpoints that a change is asked of."""

    def __init__(self):
        self.buildings = list(Building.objects.select_related("district").order_by("district__name", "name"))
        places = places_of([Position(role=ROLES[0], building=building) for building in self.buildings])
        self.standpoints = {
            (place.building_id, role): Standpoint((replace(place, role=role),))
            for place in places
            for role in ROLES
        }

    def meant_otherwise(self, before: Audience, after: Audience) -> dict:
        """The standpoints that one of two forms of an audience means and the other doesn't."""
        return {
            key: standpoint
            for key, standpoint in self.standpoints.items()
            if means(before, standpoint.primary) != means(after, standpoint.primary)
        }


def reckon(before, after, *, readers: Readers, keys: Iterable, among: dict | None = None) -> list[Group]:
    """Say for whom ``after`` differs from ``before``: two tailorings of one course.

    Args:
        keys: the modules that may differ, by translation key.
        among: the standpoints for whom anything can differ; everybody, unless given.
    """
    course, keys = after.course, list(keys)
    known, by_building = {}, defaultdict(dict)
    standpoints = {**(readers.standpoints if among is None else among)}
    if among is None:
        standpoints[None, ""] = MASTER
    for (building, role), standpoint in standpoints.items():
        likeness = before.likeness(standpoint), after.likeness(standpoint)
        if likeness not in known:
            opening = _opening(before, after, standpoint)
            known[likeness] = opening, effects_on(before, after, standpoint, keys)
        if any(known[likeness]):
            by_building[building][role] = known[likeness]
    return _grouped(course, by_building, readers)


def _opening(before, after, standpoint) -> str:
    was, is_now = (
        tailoring.is_shown(one.course.audiences, tailoring.matching(one.audiences, standpoint))
        for one in (before, after)
    )
    if was == is_now:
        return ""
    return OPENED if is_now else CLOSED


def _grouped(course, by_building, readers) -> list[Group]:
    people = joining.people_under_way(course.translation_key)
    names = {building.pk: building for building in readers.buildings}
    found = defaultdict(list)
    for pk, by_role in by_building.items():
        by_effect = defaultdict(list)
        for role, effect in by_role.items():
            by_effect[effect].append(role)
        for effect, roles in by_effect.items():
            building = names.get(pk)
            place = Somewhere(
                building.name if building else "",
                building.district.name if building else "",
                people.get(pk, 0),
            )
            found[effect, () if len(roles) in (len(ROLES), 0) or pk is None else tuple(roles)].append(place)
    return [
        Group(course.title, roles, opening, effects, tuple(places))
        for ((opening, effects), roles), places in found.items()
    ]


# --- audiences -----------------------------------------------------------------------------------------


def foretell(before: Audience, after: Audience) -> list[Group]:
    """For whom a new rule of an audience changes what they read, in every live course that names it."""
    readers = Readers()
    among = readers.meant_otherwise(before, after)
    if not among:
        return []
    groups = []
    for course in _courses_naming(before.slug):
        loaded = tailoring.load(course)
        old, new = (_with_audience(loaded, form) for form in (before, after))
        keys = [module.translation_key for module in loaded.modules]
        groups += reckon(old, new, readers=readers, keys=keys, among=among)
    return groups


def _with_audience(tailored, audience):
    others = [other for other in tailored.audiences if other.slug != audience.slug]
    return remade(tailored, audiences=[*others, audience])


def remade(tailored, **parts) -> tailoring.Tailoring:
    """``tailored`` with other ``modules``, ``audiences``, ``editions`` or another ``course``."""
    course = parts.pop("course", tailored.course)
    kept = {name: getattr(tailored, name) for name in ("modules", "audiences", "editions", "keys")}
    return tailoring.Tailoring(course, **{**kept, **parts})


def _courses_naming(slug: str) -> list[CoursePage]:
    """Each live course of which something that readers get names the audience."""
    subjects = [use.subject for use in Audience.uses(slug) if not use.is_draft]
    keys = {subject.translation_key for subject in subjects if isinstance(subject, CoursePage)}
    keys |= {subject.course_key for subject in subjects if isinstance(subject, Edition)}
    modules = [subject for subject in subjects if isinstance(subject, ModulePage)]
    paths = {module.path[: -ModulePage.steplen] for module in modules}
    live = languages.sources().live()
    return list((live.filter(translation_key__in=keys) | live.filter(path__in=paths)).order_by("path"))


# --- saying it -----------------------------------------------------------------------------------------


def counted(places: Iterable[Somewhere]) -> dict:
    """How many people that is, without giving away any count of fewer than ten.

    ``people`` at ``places`` buildings that may be named; ``few`` more buildings with one to nine people each;
    ``nobody`` more where nobody is under way.
    """
    counts = [place.people for place in places]
    shown = [count for count in counts if count >= LEAST]
    return {
        "people": sum(shown),
        "places": len(shown),
        "few": sum(0 < count < LEAST for count in counts),
        "nobody": counts.count(0),
    }
