"""Figures: tables of numbers about groups of students, from a paste or a file. Never a row about one student.

Two guards, before anything is stored: the *shape* (headings and values that name a person, or rows that
don't say for how many students they stand), and the *cells* (a count from 1 to 9 can be somebody whom the
team knows, so it is hidden, with all from which it could be worked out). What is refused is kept nowhere.
The floor of 10 is that of the whole product (design, section 7); OSPI's report card uses the same.
"""

import csv
import re
from dataclasses import dataclass

FLOOR = 10
ROWS_LIMIT = 200
COLUMNS_LIMIT = 20
CELL_LIMIT = 120

#: A heading that names a person, whatever stands under it. "School name" and "Number of students" don't.
_PERSON = re.compile(
    r"\b(first|last|middle|full|family|given)[ _-]*names?\b"
    r"|\b(student|pupil|child|parent|guardian)'?s?[ _-]*names?\b"
    r"|^names?$|\bsurname\b|\bnombre del (alumno|estudiante)\b|\bapellidos?\b|^nombres?$"
    r"|\b(student|pupil|state|learner|lunch|ss)[ _-]*(id|identifier|number|no)\b|^(ssid|id|sis ?id)$"
    r"|\bbirth|\bdob\b|\be-?mail\b|\bphone\b|\bhome address\b|\bstreet\b",
    re.IGNORECASE,
)
#: A value that is a person's: an address, or "García, Lucía".
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TURNED_NAME = re.compile(r"[^\W\d_][\w'’-]+, ?[^\W\d_][\w'’.-]+( [^\W\d_]\.?)?")
_LONG_NUMBER = re.compile(r"\d{6,12}")

#: A heading of how many a row stands for.
_HOW_MANY = re.compile(
    r"^(n|#|count|total)$|\b(how many|number of|students?|pupils?|children|enrol\w*|headcount|tested|n)\b"
    r"|\b(alumnos|estudiantes|cuántos|número de)\b",
    re.IGNORECASE,
)
#: A heading of a measure: no count, though its values may be whole numbers.
_MEASURE = re.compile(
    r"%|\b(percent\w*|pct|rate|share|ratio|average|avg|mean|median|score|index|per|points?|days?|minutes?|year)\b"
    r"|\b(porcentaje|promedio|media|tasa)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^(all|total|totals|everyone|overall|all students|todos|total general)\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Column:
    """A column: ``kind`` is "label", "many" (for how many a row stands), "count" or "measure"."""

    title: str
    kind: str

    @property
    def counts(self) -> bool:
        """Are its numbers numbers of students?"""
        return self.kind in ("many", "count")


@dataclass(frozen=True)
class Figures:
    """A table that may be kept: its cells as text, ``None`` where a small number is hidden."""

    columns: list[Column]
    rows: list[list[str | None]]

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(cell is None for row in self.rows for cell in row)


@dataclass(frozen=True)
class Reason:
    """Why a table is refused: ``code`` says which rule, ``what`` the heading, value or number it is about.

    Codes: "empty", "too-big", "uneven", "names-a-person", "value-of-a-person", "no-how-many", "not-whole",
    "one-each".
    """

    code: str
    what: str = ""


class Refused(Exception):
    """The table isn't taken, and nothing of it is kept. ``reasons`` are all that were found."""

    def __init__(self, *reasons: Reason):
        super().__init__([reason.code for reason in reasons])
        self.reasons = list(reasons)


def read(text: str, *, how_many: str = "", floor: int = FLOOR) -> Figures:
    """Read a pasted table or a CSV file's text, and hide what is small.

    Args:
        how_many: the heading of the column that says for how many students a row stands; guessed if empty.
        floor: the smallest count that may be seen.

    Raises:
        Refused: it could be about single students, or it isn't a table.
    """
    headings, rows = _cells(text)
    _refuse_persons(headings, rows)
    columns = _columns(headings, rows, how_many)
    many = next(place for place, column in enumerate(columns) if column.kind == "many")
    _refuse_one_each(rows, many)
    return Figures(columns, _without_small(columns, rows, many, floor))


def number(cell: str | None) -> float | None:
    """The number that a cell shows; None where it shows none or is hidden."""
    bare = (cell or "").strip().rstrip("%").strip()
    return float(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def _cells(text: str) -> tuple[list[str], list[list[str]]]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        raise Refused(Reason("empty"))
    found = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=_delimiter(lines[0]))]
    headings, rows = found[0], [row for row in found[1:] if any(row)]
    if len(rows) > ROWS_LIMIT or len(headings) > COLUMNS_LIMIT:
        raise Refused(Reason("too-big", str(len(rows))))
    if len(headings) < 2 or not rows or any(len(row) != len(headings) for row in rows):
        raise Refused(Reason("uneven"))
    return [heading[:CELL_LIMIT] for heading in headings], [
        [cell[:CELL_LIMIT] for cell in row] for row in rows
    ]


def _delimiter(heading: str) -> str:
    """A spreadsheet's paste has tabs; files have commas, or semicolons where commas are decimal."""
    return max("\t;,|", key=heading.count)


def _refuse_persons(headings: list[str], rows: list[list[str]]) -> None:
    reasons = [Reason("names-a-person", heading) for heading in headings if _PERSON.search(heading)]
    for heading, cells in zip(headings, zip(*rows, strict=True), strict=True):
        if any(_ADDRESS.search(cell) for cell in cells) or _are_names(cells) or _are_identifiers(cells):
            reasons.append(Reason("value-of-a-person", heading))
    if reasons:
        raise Refused(*reasons)


def _are_names(cells) -> bool:
    """Do most cells read "García, Lucía"? Two are a coincidence."""
    return sum(bool(_TURNED_NAME.fullmatch(cell)) for cell in cells) > max(2, len(cells) // 2)


def _are_identifiers(cells) -> bool:
    """Long numbers, each its own: nobody counts so many students so differently."""
    return len(cells) >= 3 and len(set(cells)) == len(cells) and all(map(_LONG_NUMBER.fullmatch, cells))


def _columns(headings: list[str], rows: list[list[str]], how_many: str) -> list[Column]:
    by_place = list(zip(*rows, strict=True))
    kinds = [_kind(heading, cells) for heading, cells in zip(headings, by_place, strict=True)]
    counting = [place for place, kind in enumerate(kinds) if kind == "count"]
    wanted = [place for place, heading in enumerate(headings) if how_many and heading == how_many]
    if wanted and wanted[0] not in counting:
        raise Refused(Reason("not-whole", how_many))
    likely = wanted or [place for place in counting if _HOW_MANY.search(headings[place])]
    if not likely:
        raise Refused(Reason("no-how-many"))
    kinds[likely[0]] = "many"
    return [Column(heading, kind) for heading, kind in zip(headings, kinds, strict=True)]


def _kind(heading: str, cells) -> str:
    numbers = [number(cell) for cell in cells if cell]
    if not numbers or any(value is None for value in numbers):
        return "label"
    is_whole = all(value == int(value) and value >= 0 for value in numbers)
    is_percent = any("%" in cell for cell in cells)
    says_how_many = re.match(r"^(n|#|number of|how many)\b", heading, re.IGNORECASE)
    if is_whole and not is_percent and (says_how_many or not _MEASURE.search(heading)):
        return "count"
    return "measure"


def _refuse_one_each(rows: list[list[str]], many: int) -> None:
    """Refuse rows that stand for one student each, whatever their headings say."""
    sizes = [number(row[many]) for row in rows]
    alone = [size for size in sizes if size == 1]
    if len(alone) > max(2, len(rows) // 2):
        raise Refused(Reason("one-each", str(len(alone))))


def _without_small(columns, rows, many: int, floor: int) -> list[list[str | None]]:
    counts = [place for place, column in enumerate(columns) if column.counts]
    hidden = {place: {at for at, row in enumerate(rows) if _is_small(row[place], floor)} for place in counts}
    # A group that is small itself shows no number at all.
    for place in counts:
        hidden[place] |= hidden[many]
    for place in counts:
        hidden[place] |= _next_smallest(rows, place, hidden[place])
    return [
        [_shown(columns, hidden, at, place, cell) for place, cell in enumerate(row)]
        for at, row in enumerate(rows)
    ]


def _next_smallest(rows, place: int, hidden: set[int]) -> set[int]:
    """Return what must be hidden too: a single hidden count is the total less the others."""
    if len(hidden) != 1:
        return set()
    totals = {at for at, row in enumerate(rows) if any(map(_TOTAL.match, row))}
    others = [
        (value, at)
        for at, row in enumerate(rows)
        if at not in hidden | totals and (value := number(row[place])) is not None
    ]
    # Where nothing else is left to hide behind, the total itself would say it.
    return {min(others)[1]} if others else totals


def _shown(columns, hidden: dict[int, set[int]], at: int, place: int, cell: str) -> str | None:
    if columns[place].kind == "label":
        return cell
    if columns[place].counts:
        return None if at in hidden[place] else cell
    # A share of a number that is known gives the number that is hidden.
    return None if any(at in rows for rows in hidden.values()) else cell


def _is_small(cell: str, floor: int) -> bool:
    value = number(cell)
    return value is not None and 0 < value < floor
