"""Whom an audience's rule covers today: buildings, and staff by name of their building."""

from collections import defaultdict
from dataclasses import dataclass

from cms.audiences import means
from cms.models import Audience
from cms.standpoints import places_of
from roster.models import Building, District, Position

LEARNERS = [role for role in Position.Role.values if role not in Position.OF_PSESD]


@dataclass(frozen=True)
class Covered:
    """A building, or a district's own office, and how many of its staff a rule covers."""

    name: str
    district: str
    staff: int


@dataclass(frozen=True)
class Reach:
    """What a rule covers. ``buildings`` counts those with at least one covered role, staffed or not."""

    buildings: int
    staff: int
    places: tuple[Covered, ...]

    @property
    def districts(self) -> list[tuple[str, list[Covered], int]]:
        """The places by district: its name, its places in order, and how many posts are held there."""
        groups = defaultdict(list)
        for place in self.places:
            groups[place.district].append(place)
        return [(name, places, sum(one.staff for one in places)) for name, places in groups.items()]


def reach_of(include: dict, exclude: dict) -> Reach:
    """The buildings and staff that a rule covers today. Four queries, whatever the region's size."""
    rule = Audience(include=include, exclude=exclude)
    # Coaches serve many buildings: they only count where the rule means them by name.
    roles = [*LEARNERS, Position.Role.COACH] if "coach" in include.get("roles", ()) else LEARNERS
    kinds = _kinds_of_position(roles)
    covered = {key for key, place in kinds.items() if means(rule, place)}
    people, by_place = set(), defaultdict(set)
    for person, building, district, role in _held():
        if (building, district, role) in covered:
            people.add(person)
            by_place[building, district].add(person)
    names = {_of_place(key): place for key, place in kinds.items() if key in covered}
    places = [
        Covered(place.building_name or place.district_name, place.district_name, len(by_place[key]))
        for key, place in names.items()
    ]
    buildings = {building for building, _district, _role in covered if building}
    places.sort(key=lambda covered: (covered.district, covered.name))
    return Reach(len(buildings), len(people), tuple(places))


def _of_place(key):
    building, district, _role = key
    return building, district


def _kinds_of_position(roles):
    """A place for each role at each building and district office, by building, district and role."""
    buildings = Building.objects.select_related("district")
    positions = [Position(role=role, building=building) for building in buildings for role in roles]
    positions += [
        Position(role=role, district=district) for district in District.objects.all() for role in roles
    ]
    keys = [(position.building_id, position.district_id, position.role) for position in positions]
    return dict(zip(keys, places_of(positions), strict=True))


def _held():
    return Position.objects.current().values_list("person", "building", "district", "role")
