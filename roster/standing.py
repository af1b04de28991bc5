"""Standing: where a person stands today, which is what everything that asks "may they" begins with."""

import itertools
from dataclasses import dataclass

from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from roster.models import Position
from roster.signals import positions_changed


@dataclass(frozen=True)
class Standing:
    """A person's current positions, and what follows from them.

    The ids are those that the positions name: whoever leads a district also leads its buildings, but only
    ``leads_districts`` says so. Ask ``roster.scopes`` for the rows.
    """

    positions: tuple[Position, ...] = ()
    leads_buildings: frozenset[int] = frozenset()
    leads_districts: frozenset[int] = frozenset()
    coaches_buildings: frozenset[int] = frozenset()
    coaches_districts: frozenset[int] = frozenset()
    is_editor: bool = False
    is_admin: bool = False

    @property
    def learns(self) -> bool:
        """Say whether the person works in a building or district, so that courses are for them."""
        return any(position.role not in Position.OF_PSESD for position in self.positions)

    @property
    def leads(self) -> bool:
        """Say whether the person leads a building or a district."""
        return bool(self.leads_buildings or self.leads_districts)

    @property
    def coaches(self) -> bool:
        """Say whether the person is a coach, of whatever place."""
        return any(position.role == Position.Role.COACH for position in self.positions)

    @property
    def primary(self) -> Position | None:
        """Return the position that speaks for the person: the first at a building, else the first."""
        at_a_building = (position for position in self.positions if position.building_id)
        return next(at_a_building, self.positions[0] if self.positions else None)


NOBODY = Standing()

_generations = itertools.count(1)
#: Rises with every change of a position in this process; what was kept on a user before that is stale.
_generation = 0


def standing_of(user) -> Standing:
    """Return where ``user`` stands today: one query, then kept on the instance until positions change."""
    if not user.is_authenticated:
        return NOBODY
    stamp = (_generation, timezone.localdate())
    kept = getattr(user, "_standing", None)
    if kept is None or kept[0] != stamp:
        kept = (stamp, _look_up(user))
        user._standing = kept
    return kept[1]


def _look_up(user) -> Standing:
    positions = tuple(
        Position.objects.current()
        .filter(person_id=user.pk)
        .select_related("building__district", "district")
        .order_by("starts_on", "pk")
    )
    for position in positions:
        position.person = user
    roles = {position.role for position in positions}
    return Standing(
        positions=positions,
        leads_buildings=_ids(positions, Position.LEADS_A_BUILDING, "building_id"),
        leads_districts=_ids(positions, Position.LEADS_A_DISTRICT, "district_id"),
        coaches_buildings=_ids(positions, [Position.Role.COACH], "building_id"),
        coaches_districts=_ids(positions, [Position.Role.COACH], "district_id"),
        is_editor=user.is_superuser or Position.Role.EDITOR in roles,
        is_admin=user.is_superuser or Position.Role.PSESD_ADMIN in roles,
    )


def _ids(positions, roles, of) -> frozenset[int]:
    return frozenset(
        getattr(position, of) for position in positions if position.role in roles and getattr(position, of)
    )


def _forget(**_kwargs) -> None:
    global _generation
    _generation = next(_generations)


# The verbs send ``positions_changed``; the other two catch a row that is written without them.
positions_changed.connect(_forget, dispatch_uid="roster.standing")
post_save.connect(_forget, sender=Position, dispatch_uid="roster.standing.saved")
post_delete.connect(_forget, sender=Position, dispatch_uid="roster.standing.deleted")
