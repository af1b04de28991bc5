"""Intended: whom an assignment means, and by which of their positions each of them may take the course.

The same rules as enrolling one person, worked out for a whole district in a handful of queries: openness
depends on role and place alone, so it is asked once for each pair that occurs and not once a person.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, QuerySet

from cms.audiences import means
from cms.models import Audience, CoursePage
from cms.standpoints import places_of
from cms.tailoring import live_courses
from courses.models import Assignment
from roster.models import Building, District, Position, User
from roster.scopes import staff_of


@dataclass(frozen=True)
class Wish:
    """What a leader wants to assign, and to whom; nothing of it is stored yet.

    Named ``people_ids`` win over ``roles``; with neither, all staff of the place are meant.
    """

    course: CoursePage
    place: Building | District
    roles: frozenset[str] = frozenset()
    people_ids: frozenset[int] = frozenset()
    due_on: datetime.date | None = None
    message: str = ""
    includes_future_staff: bool = False

    @property
    def is_to_a_district(self) -> bool:
        """Is the place a whole district?"""
        return isinstance(self.place, District)


class Taken(NamedTuple):
    """Where a person takes the course: what their enrollment will remember."""

    building_id: int | None
    district_id: int | None


def people_meant(assignment: Assignment) -> QuerySet[User]:
    """Return the people whom an assignment means today: named, by role, or all staff; whether open or not."""
    staff = _staff(assignment.place)
    if assignment.people.exists():
        return staff.filter(pk__in=assignment.people.values("pk"))
    return with_roles(staff, assignment.place, assignment.roles)


def people_wished(wish: Wish) -> QuerySet[User]:
    """Return the people whom ``wish`` means today. Whoever isn't staff of the place isn't among them."""
    staff = _staff(wish.place)
    if wish.people_ids:
        return staff.filter(pk__in=wish.people_ids)
    return with_roles(staff, wish.place, wish.roles)


def with_roles(staff: QuerySet[User], place: Building | District, roles) -> QuerySet[User]:
    """Narrow ``staff`` to those who hold one of ``roles`` at ``place``; no roles: everybody."""
    if not roles:
        return staff
    held = Position.objects.current().filter(positions_at(place), role__in=list(roles))
    return staff.filter(pk__in=held.order_by().values("person"))


def positions_at(place: Building | District) -> Q:
    """The condition on positions to be at ``place``; for a district at one of its buildings or its office."""
    if isinstance(place, District):
        return Q(district=place) | Q(building__district=place)
    return Q(building=place)


def open_to(*, people: QuerySet[User], course: CoursePage, place: Building | District) -> dict[int, Taken]:
    """Say for each of ``people`` that ``course`` is open to where they take it; who isn't there can't.

    To nobody, where it is taken with a coach: no leader assigns that, PSESD brings a team into it.
    Of several positions by which it is open, one at ``place`` goes first, then the primary one, then the
    oldest: as in ``enrolling.enroll``. At most five queries, however many people.
    """
    if course.is_facilitated:
        return {}
    rows = Position.objects.current().filter(person__in=people).order_by("person", "starts_on", "pk")
    held = defaultdict(list)
    for person_id, *position in rows.values_list("person", "role", "building", "district"):
        held[person_id].append(tuple(position))
    openings = _openings(course, {position for positions in held.values() for position in positions})
    is_there = _is_at(place)
    found = {}
    for person_id, positions in held.items():
        ways = [openings[position] for position in _primary_first(positions)]
        ways = [way.taken for way in ways if way.is_open]
        if ways:
            found[person_id] = next(filter(is_there, ways), ways[0])
    return found


def is_open_to_some(*, people: QuerySet[User], course: CoursePage) -> bool:
    """Is ``course`` open to at least one of ``people``? Quick, however many they are."""
    if course.is_facilitated:
        return False
    if not course.audiences:
        return people.exists()
    held = Position.objects.current().filter(person__in=people).order_by()
    kinds = held.values_list("role", "building", "district").distinct()
    return any(opening.is_open for opening in _openings(course, kinds).values())


def courses_for(place: Building | District) -> list[CoursePage]:
    """The live courses that are open to at least one person of ``place``, by title.

    Not those that are taken with a coach: into them PSESD brings a team.
    """
    positions = Position.objects.current().filter(positions_at(place), person__is_active=True)
    kinds = positions.exclude(role__in=Position.OF_PSESD).order_by()
    openings = _positions(kinds.values_list("role", "building", "district").distinct())
    places = places_of(list(openings.values()))
    reached = {
        audience.slug for audience in Audience.objects.all() if any(means(audience, one) for one in places)
    }
    return [
        course
        for course in live_courses().filter(is_facilitated=False).order_by("title")
        if places and (not course.audiences or not reached.isdisjoint(course.audiences))
    ]


def _staff(place):
    if isinstance(place, District):
        return staff_of(district=place)
    return staff_of(building=place)


@dataclass(frozen=True)
class _Opening:
    is_open: bool
    taken: Taken = field(default=Taken(None, None))


def _openings(course, kinds) -> dict[tuple, _Opening]:
    """For each (role, building id, district id): is the course open by it, and where is it taken?"""
    positions = _positions(kinds)
    places = dict(zip(positions, places_of(list(positions.values())), strict=True))
    asked = list(Audience.objects.filter(slug__in=course.audiences)) if course.audiences else []
    return {
        kind: _Opening(
            not course.audiences or any(means(audience, place) for audience in asked),
            Taken(place.building_id, place.district_id),
        )
        for kind, place in places.items()
    }


def _positions(kinds) -> dict[tuple, Position]:
    """An unsaved position for each kind, with its place loaded. Two queries."""
    kinds = set(kinds)
    buildings = Building.objects.select_related("district").in_bulk({kind[1] for kind in kinds} - {None})
    districts = District.objects.in_bulk({kind[2] for kind in kinds} - {None})
    return {
        kind: Position(role=kind[0], building=buildings.get(kind[1]), district=districts.get(kind[2]))
        for kind in kinds
    }


def _primary_first(positions):
    """The first position at a building before the others, which stay in order."""
    primary = next((position for position in positions if position[1]), positions[0])
    return sorted(positions, key=lambda position: position is not primary)


def _is_at(place):
    if isinstance(place, District):
        return lambda taken: taken.district_id == place.pk
    return lambda taken: taken.building_id == place.pk
