"""Coverage: what each building gets of a course, what differs where, and what nobody ever sees.

Everything is asked of :mod:`cms.tailoring`; this only counts. Five queries, whatever the region's size.
"""

from dataclasses import dataclass

from cms import tailoring
from cms.blocks.walking import every_block
from cms.comparing import ADDED, REMOVED, REPLACED, compare
from cms.reckoning import Readers
from cms.resolved import HIDDEN
from cms.standpoints import MASTER
from roster.models import Building, Position


@dataclass(frozen=True)
class Cell:
    """One module at one building, as its teachers get it, against the master.

    ``added`` blocks are more than the master's, ``replaced`` ones stand in place of one of the master's, and
    ``hidden`` ones of the master are left out here. ``asks`` is the standing where it isn't the master's.
    """

    standing: str
    asks: str
    added: int
    replaced: int
    hidden: int

    @property
    def is_plain(self) -> bool:
        """The master, as it was written."""
        return not (self.asks or self.added or self.replaced or self.hidden)


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
    tailored, readers = tailoring.load(course), Readers()
    standpoints = readers.standpoints
    cells = _Cells(tailored)
    rows = [
        Row(building, cells.of(standpoints[building.pk, Position.Role.TEACHER]))
        for building in readers.buildings
    ]
    unseen = _unseen(tailored, standpoints.values())
    return Coverage(course, tuple(tailored.modules), tuple(rows), tuple(unseen))


class _Cells:
    """The cells of one course; readers who get the same of a module share its cell."""

    def __init__(self, tailored):
        self._tailored, self._known = tailored, {}
        self._masters = {module: tailored.resolve(module, MASTER) for module in tailored.modules}

    def of(self, standpoint) -> tuple[Cell, ...]:
        return tuple(self._cell(module, standpoint) for module in self._tailored.modules)

    def _cell(self, module, standpoint):
        likeness = module, self._tailored.likeness(standpoint, module)
        if likeness not in self._known:
            self._known[likeness] = _cell(self._masters[module], self._tailored.resolve(module, standpoint))
        return self._known[likeness]


def _cell(master, here) -> Cell:
    asks = here.standing if here.standing != master.standing else ""
    if here.standing == HIDDEN:
        return Cell(here.standing, asks, 0, 0, 0)
    lines = compare(master.blocks, here.blocks, left_words=_identity, right_words=_identity)
    kinds = [line.kind for line in lines]
    return Cell(here.standing, asks, kinds.count(ADDED), kinds.count(REPLACED), kinds.count(REMOVED))


def _identity(block):
    return block.id


def _unseen(tailored, standpoints):
    """Readers who match the same audiences and have the same editions get the same: one of them is asked."""
    kinds = {tailored.likeness(standpoint): standpoint for standpoint in [MASTER, *standpoints]}
    for module in tailored.modules:
        seen = set()
        alike = {tailored.likeness(standpoint, module): standpoint for standpoint in kinds.values()}
        for standpoint in alike.values():
            seen |= _ids(tailored.resolve(module, standpoint))
        for block in every_block(module.body):
            if block.block_type not in ("variants", "local") and str(block.id) not in seen:
                yield Unseen(module, block)


def _ids(resolved):
    if resolved.standing == HIDDEN:
        return set()
    return {block.id for block in resolved.blocks}
