"""Hiding: which cells of a table aren't shown, so that no small number can be read or worked out.

A *cell* is a pair of a row and a column. Small are: a count from 1 to 9; what a whole less a count leaves (11
of 12); and a share that gives such a count. Then what would give a hidden cell away is hidden with it. What
adds up is found as people write it: rows to a total or to the row beside them, the rows of one category to
the same whole, columns to how many there are. A set that adds up must keep two cells hidden, and they must
stand for as many as the floor asks for: two hidden cells that are two students together are one each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from engagements import cells

Cell = tuple[int, int]


class GivesAway(Exception):
    """With what was shown in an earlier table, this one would tell a hidden number."""


@dataclass(frozen=True)
class _Sum:
    """Cells that add up to ``totals`` (all the same figure); where there are none, to what anybody knows."""

    parts: tuple[Cell, ...]
    totals: tuple[Cell, ...] = ()


@dataclass
class Hiding:
    """What is hidden of a table.

    ``kinds`` are those of its columns, "label", "many", "count" and "measure"; ``earlier`` are stored tables
    of the same work, in which a number of this one may have been shown, or hidden.
    """

    headings: Sequence[str]
    kinds: Sequence[str]
    rows: Sequence[Sequence[str]]
    floor: int
    earlier: Iterable[dict] = ()
    hidden: set[Cell] = field(default_factory=set)
    _known: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._many = self.kinds.index("many")
        self._counts = [place for place, kind in enumerate(self.kinds) if kind in ("many", "count")]
        self._shares = [
            place
            for place, kind in enumerate(self.kinds)
            if kind == "measure" and cells.is_share(self.headings[place], self._column(place))
        ]
        self._worth = self._worths()
        self._is_total = [cells.is_total(row) for row in self.rows]

    def cells(self) -> set[Cell]:
        """Return all that must be hidden.

        Raises:
            GivesAway: nothing that could be hidden now would help.
        """
        self.hidden = {cell for cell in self._worth if self._is_small(cell)} | self._hidden_by_source()
        self._compare()
        self._spread()
        sums = list(self._sums())
        while sum(self._cover(one) for one in sums):
            self._spread()
        return self.hidden

    def _column(self, place: int) -> list[str]:
        return [row[place] for row in self.rows]

    def _worths(self) -> dict[Cell, float]:
        """For how many students each cell stands, where it says that or lets it be worked out."""
        worth = {}
        for at, row in enumerate(self.rows):
            for place in self._counts:
                if (found := cells.number(row[place])) is not None:
                    worth[at, place] = found
        wholes = {place: cells.whole_of_share(self._column(place)) for place in self._shares}
        for at, row in enumerate(self.rows):
            for place, whole in wholes.items():
                share, many = cells.number(row[place]), worth.get((at, self._many))
                if share is not None and many is not None:
                    worth[at, place] = round(many * share / whole)
        return worth

    def _is_small(self, cell: Cell) -> bool:
        at, place = cell
        rest = self._worth.get((at, self._many), 0) - self._worth[cell]
        return 0 < self._worth[cell] < self.floor or (place != self._many and 0 < rest < self.floor)

    def _hidden_by_source(self) -> set[Cell]:
        """What whoever made the table has hidden: "*", "<10"."""
        numbers = [*self._counts, *self._shares]
        return {
            (at, place)
            for at, row in enumerate(self.rows)
            for place in numbers
            if cells.is_hidden(row[place])
        }

    def _spread(self) -> None:
        """A group that is small shows no number, and a share of a known number gives the hidden one."""
        for at in range(len(self.rows)):
            many = (at, self._many)
            if many in self.hidden and (many not in self._worth or self._is_small(many)):
                self.hidden |= {(at, place) for place in self._counts}
            if any((at, place) in self.hidden for place in self._counts):
                self.hidden |= {(at, place) for place, kind in enumerate(self.kinds) if kind == "measure"}

    # --- what adds up ------------------------------------------------------------------------------------

    def _sums(self) -> Iterable[_Sum]:
        blocks = self._to_totals(self._many) | self._categories()
        for place in (*self._counts, *self._shares):
            own = self._to_totals(place) if place in self._counts else set()
            for block, total in sorted(blocks | own, key=lambda found: (len(found[0]), found[0])):
                yield _Sum(tuple((at, place) for at in block), ((total, place),) if total is not None else ())
        yield from self._across()
        # The narrower first: what hides a number among a few often hides it in the whole too. What shares
        # come to in the whole is known only where the table itself says it.
        wholes = self._counts if True not in self._is_total else (*self._counts, *self._shares)
        yield from (self._whole(place) for place in wholes)

    def _whole(self, place: int) -> _Sum:
        parts = [(at, place) for at in range(len(self.rows)) if not self._is_total[at]]
        return _Sum(
            tuple(parts), tuple((at, place) for at, is_total in enumerate(self._is_total) if is_total)
        )

    def _to_totals(self, place: int) -> set[tuple[tuple[int, ...], int | None]]:
        """Return runs of rows and the row that they add up to: a total, or the one before or after them."""
        numbers = [self._worth.get((at, place), 0) for at in range(len(self.rows))]
        found = set()
        for total, wanted in enumerate(numbers):
            if wanted:
                after = range(total + 1, len(numbers)), range(total - 1, -1, -1)
                found |= {(run, total) for way in after if (run := _run(numbers, way, wanted))}
                if self._is_total[total]:
                    found |= {(run, total) for run in _runs_anywhere(numbers, self._is_total, wanted)}
        return found

    def _categories(self) -> set[tuple[tuple[int, ...], None]]:
        """Return the rows of each category ("Gender", "Race"): each adds up to the same whole."""
        found = set()
        for place, kind in enumerate(self.kinds):
            by_word: dict[str, list[int]] = {}
            for at, row in enumerate(self.rows):
                if kind == "label" and not self._is_total[at]:
                    by_word.setdefault(row[place], []).append(at)
            found |= {(tuple(block), None) for block in by_word.values() if len(block) > 1}
        return found

    def _across(self) -> Iterable[_Sum]:
        """Columns that add up in every row: to how many there are, to a column of theirs, or to the whole."""
        for run in _runs_of(self._counts):
            for target in self._counts:
                if target not in run and self._adds_up(run, target):
                    yield from (
                        _Sum(tuple((at, place) for place in run), ((at, target),))
                        for at in range(len(self.rows))
                    )
        for run in _runs_of(self._shares):
            if self._is_whole(run):
                yield from (_Sum(tuple((at, place) for place in run)) for at in range(len(self.rows)))

    def _adds_up(self, run, target: int) -> bool:
        asked = [
            at for at in range(len(self.rows)) if all((at, place) in self._worth for place in (*run, target))
        ]
        return bool(asked) and all(
            sum(self._worth[at, place] for place in run) == self._worth[at, target] for at in asked
        )

    def _is_whole(self, run) -> bool:
        whole = cells.whole_of_share(self._column(run[0]))
        sums = [
            sum(numbers)
            for row in self.rows
            if None not in (numbers := [cells.number(row[place]) for place in run])
        ]
        return bool(sums) and all(abs(one / whole - 1) < 0.02 for one in sums)

    # --- what hides it -----------------------------------------------------------------------------------

    def _cover(self, one: _Sum) -> bool:
        """Hide one cell more where the hidden ones of a sum could be worked out; was there one to hide?"""
        parts = [cell for cell in one.parts if cell in self.hidden]
        totals_hidden = bool(one.totals) and all(cell in self.hidden for cell in one.totals)
        if not parts and not totals_hidden:
            return False
        stands_for = sum(self._worth.get(cell, 1) for cell in parts)
        is_safe = bool(parts) if totals_hidden else len(parts) > 1 and stands_for >= self.floor
        return not is_safe and self._hide_one(one, totals_hidden)

    def _hide_one(self, one: _Sum, totals_hidden: bool) -> bool:
        open_parts = [cell for cell in one.parts if cell not in self.hidden and self._worth.get(cell, 0) > 0]
        free = [cell for cell in open_parts if cell not in self._known]
        if free:
            self.hidden.add(min(free, key=lambda cell: (self._worth[cell], cell)))
            return True
        if not totals_hidden and one.totals and not self._known & set(one.totals):
            self.hidden |= set(one.totals)
            return True
        if self._known & {*open_parts, *one.totals}:
            raise GivesAway
        return False

    def _compare(self) -> None:
        """Take over what an earlier table of the same numbers hid, and remember what it has shown."""
        for table in self.earlier:
            titles = [column["title"] for column in table.get("columns", ())]
            before = {
                _name(row, [column["kind"] for column in table["columns"]]): row
                for row in table.get("rows", ())
            }
            for place, title in enumerate(self.headings):
                if self.kinds[place] != "label" and title in titles:
                    self._compare_column(
                        place, {name: row[titles.index(title)] for name, row in before.items()}
                    )

    def _compare_column(self, place: int, before: dict[tuple, str | None]) -> None:
        now = {_name(row, self.kinds): (at, row[place]) for at, row in enumerate(self.rows)}
        pairs = [(at, cell, before[name]) for name, (at, cell) in now.items() if name in before]
        same = {
            (at, place)
            for at, cell, old in pairs
            if old and cells.number(cell) not in (None, 0) and cell == old
        }
        if same:
            self._known |= same - self.hidden
            self.hidden |= {(at, place) for at, _cell, old in pairs if old is None}


def _name(row: Sequence[str | None], kinds: Sequence[str]) -> tuple:
    return tuple((cell or "").casefold() for cell, kind in zip(row, kinds, strict=True) if kind == "label")


def _run(numbers: list[float], way: Iterable[int], wanted: float) -> tuple[int, ...] | None:
    """Return the rows from the first on that come to ``wanted``, two or more; None where they miss it."""
    found, come_to = [], 0.0
    for at in way:
        found.append(at)
        come_to += numbers[at]
        if come_to >= wanted:
            break
    return tuple(sorted(found)) if come_to == wanted and len(found) > 1 else None


def _runs_anywhere(numbers: list[float], is_total: list[bool], wanted: float) -> Iterable[tuple[int, ...]]:
    """All runs of rows without a total that come to ``wanted``."""
    for start in range(len(numbers)):
        come_to = 0.0
        for at in range(start, len(numbers)):
            if is_total[at]:
                break
            come_to += numbers[at]
            if come_to == wanted and at > start:
                yield tuple(range(start, at + 1))
            if come_to > wanted:
                break


def _runs_of(places: list[int]) -> list[tuple[int, ...]]:
    """Two or more columns of a kind that stand beside one another."""
    return [
        tuple(places[start:end]) for start, end in combinations(range(len(places) + 1), 2) if end - start > 1
    ]
