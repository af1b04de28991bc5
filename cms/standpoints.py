"""Standpoints: from where somebody reads. All that tailoring knows of a reader, and nothing more.

A standpoint holds a place for each position of the reader, never the person: two people of one building
and role have equal standpoints, and a preview needs nobody at all.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from roster.models import Building, District, Position, TaggedFocusArea
from roster.standing import Standing, standing_of


@dataclass(frozen=True)
class Place:
    """One position, as audiences and placeholders see it: a role somewhere.

    ``languages`` are those spoken in the building; ``goal`` is the building's, else its district's.
    """

    role: str = ""
    building_id: int | None = None
    building_slug: str = ""
    building_name: str = ""
    level: str = ""
    district_id: int | None = None
    district_slug: str = ""
    district_name: str = ""
    focus_areas: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    goal: str = ""

    @cached_property
    def principal(self) -> str:
        """The name of the building's principal today; empty when there is none. One query, when asked."""
        held = Position.objects.current().filter(building=self.building_id, role=Position.Role.PRINCIPAL)
        first = held.select_related("person").order_by("starts_on").first() if self.building_id else None
        return first.person.full_name if first else ""


@dataclass(frozen=True)
class Standpoint:
    """The places that somebody reads from, the primary one first. No place: the master, as written."""

    places: tuple[Place, ...] = ()

    @property
    def primary(self) -> Place:
        """The place whose words fill the placeholders; an empty one for a reader without any."""
        return self.places[0] if self.places else Place()


MASTER = Standpoint()


def standpoint_of(user) -> Standpoint:
    """Where ``user`` reads from: their current positions. At most two queries, kept on the user."""
    if not getattr(user, "is_authenticated", False):
        return MASTER
    known = user.__dict__.get("_standpoint")
    standing = standing_of(user)
    if known is None or known[0] is not standing:
        ordered = _primary_first(standing)
        known = (standing, Standpoint(tuple(places_of(ordered))))
        user.__dict__["_standpoint"] = known
    return known[1]


def standpoint_from(standing, focus_areas) -> Standpoint:
    """Where who has that standing reads from, when the focus areas of their places are known. No query.

    ``focus_areas`` maps (model, primary key) to slugs; a place that isn't in it has none.
    """
    return Standpoint(tuple(_place(position, focus_areas) for position in _primary_first(standing)))


def standpoints_of(people) -> dict[int, Standpoint]:
    """Where each of ``people`` reads from, by primary key. Two queries, however many they are."""
    held = Position.objects.current().filter(person__in=people).order_by("starts_on", "pk")
    positions = list(held.select_related("building__district", "district"))
    places = dict(zip(positions, places_of(positions), strict=True))
    by_person = {person.pk: [] for person in people}
    for position in positions:
        by_person[position.person_id].append(position)
    return {
        pk: Standpoint(tuple(places[position] for position in _primary_first(Standing(tuple(own)))))
        for pk, own in by_person.items()
    }


def standpoint_of_building(building: Building, role: str = Position.Role.TEACHER) -> Standpoint:
    """Where somebody with ``role`` at ``building`` reads from."""
    return standpoints_of_buildings([building], role=role)[0]


def standpoints_of_buildings(buildings, role: str = Position.Role.TEACHER) -> list[Standpoint]:
    """A standpoint for each of ``buildings`` (their districts loaded), in order. One query in all."""
    positions = [Position(role=role, building=building) for building in buildings]
    return [Standpoint((place,)) for place in places_of(positions)]


def _primary_first(standing) -> list[Position]:
    return sorted(standing.positions, key=lambda position: position is not standing.primary)


def places_of(positions) -> list[Place]:
    """A place for each of ``positions`` (building and district loaded), in order. One query in all."""
    tags = _focus_areas(positions)
    return [_place(position, tags) for position in positions]


def _place(position: Position, tags) -> Place:
    building = position.building
    district = building.district if building else position.district
    if district is None:
        return Place(role=position.role)
    at_district = {
        "role": position.role,
        "district_id": district.pk,
        "district_slug": district.slug,
        "district_name": district.name,
    }
    if building is None:
        focus_areas = tags.get((District, district.pk), frozenset())
        return Place(**at_district, goal=district.goal, focus_areas=focus_areas)
    return Place(
        **at_district,
        building_id=building.pk,
        building_slug=building.slug,
        building_name=building.name,
        level=building.level,
        focus_areas=tags.get((Building, building.pk), frozenset()),
        languages=frozenset(building.languages),
        goal=building.goal or district.goal,
    )


def _focus_areas(positions) -> dict:
    """The focus areas of each building and district, by model and primary key. One query."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in (Building, District)}
    wanted = {position.building_id for position in positions} | {
        position.district_id or (position.building and position.building.district_id)
        for position in positions
    }
    found = defaultdict(frozenset)
    rows = TaggedFocusArea.objects.filter(content_type__in=kinds, object_id__in=wanted - {None})
    for kind, pk, slug in rows.values_list("content_type", "object_id", "tag__slug"):
        found[kinds[kind], pk] |= {slug}
    return found
