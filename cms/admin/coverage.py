"""Coverage: what each building gets of a course, what differs where, and what nobody ever sees.

Everything is asked of :mod:`cms.tailoring`; this only counts. Five queries, whatever the region's size.
"""

from dataclasses import dataclass

from cms import tailoring
from cms.blocks.walking import every_block
from cms.standpoints import MASTER, Standpoint, places_of
from roster.models import Building, Position

ROLES = [role for role in Position.Role.values if role not in Position.OF_PSESD]


@dataclass(frozen=True)
class Cell:
    """One module at one building, as its teachers get it.

    ``added`` blocks come from an edition, ``varied`` ones stand in place of or beside the master's, or are
    among the master's and left out here.
    """

    standing: str
    added: int
    varied: int

    @property
    def is_plain(self) -> bool:
        """The master, as it was written."""
        return not self.added and not self.varied and self.standing != tailoring.HIDDEN


@dataclass(frozen=True)
class Row:
    """A building with a cell for each module."""

    building: Building
    cells: tuple[Cell, ...]

    @property
    def is_plain(self) -> bool:
        """Nothing is tailored for this building."""
        return all(cell.is_plain for cell in self.cells)


@dataclass(frozen=True)
class Unseen:
    """A block of the master that no role at any building gets."""

    module: object
    block: object

    @property
    def label(self) -> str:
        """What kind of block it is, and how it begins."""
        words = " ".join(self.block.block.get_searchable_content(self.block.value))
        return f"{self.block.block.label}: {words[:80]}".rstrip(": ")


@dataclass(frozen=True)
class Coverage:
    """The whole matrix of a course: ``rows`` ordered by district and building."""

    course: object
    modules: tuple
    rows: tuple[Row, ...]
    unseen: tuple[Unseen, ...]

    @property
    def plain(self) -> list[Building]:
        """Buildings for which nothing is tailored."""
        return [row.building for row in self.rows if row.is_plain]


def coverage_of(course) -> Coverage:
    """What every building gets of ``course``, live."""
    tailored = tailoring.load(course)
    buildings = list(Building.objects.select_related("district").order_by("district__name", "name"))
    standpoints = _standpoints(buildings)
    masters = [_ids(tailored.resolve(module, MASTER)) for module in tailored.modules]
    rows = [
        Row(
            building,
            tuple(
                _cell(tailored, module, standpoints[building.pk, Position.Role.TEACHER], master)
                for module, master in zip(tailored.modules, masters, strict=True)
            ),
        )
        for building in buildings
    ]
    unseen = _unseen(tailored, standpoints.values())
    return Coverage(course, tuple(tailored.modules), tuple(rows), tuple(unseen))


def _standpoints(buildings):
    keys = [(building, role) for building in buildings for role in ROLES]
    places = places_of([Position(role=role, building=building) for building, role in keys])
    return {
        (building.pk, role): Standpoint((place,))
        for (building, role), place in zip(keys, places, strict=True)
    }


def _cell(tailored, module, standpoint, master):
    resolved = tailored.resolve(module, standpoint)
    if resolved.standing == tailoring.HIDDEN:
        return Cell(tailoring.HIDDEN, 0, 0)
    added = sum(block.source != "master" for block in resolved.blocks)
    here = {block.id for block in resolved.blocks if block.source == "master"}
    return Cell(resolved.standing, added, max(len(here - master), len(master - here)))


def _unseen(tailored, standpoints):
    """Readers who match the same audiences and have the same editions get the same: one of them is asked."""
    kinds = {tailored.likeness(standpoint): standpoint for standpoint in [MASTER, *standpoints]}
    for module in tailored.modules:
        seen = set()
        for standpoint in kinds.values():
            seen |= _ids(tailored.resolve(module, standpoint))
        for block in every_block(module.body):
            if block.block_type not in ("variants", "local") and str(block.id) not in seen:
                yield Unseen(module, block)


def _ids(resolved):
    if resolved.standing == tailoring.HIDDEN:
        return set()
    return {block.id for block in resolved.blocks}
