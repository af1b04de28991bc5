"""Figures: tables of numbers about groups of students, from a paste or a file. Never a row about one student.

Two guards, before anything is stored: the *shape* (headings and values that name a person, by
``engagements.persons``, or rows that don't say for how many students they stand), and the *cells* (a count
from 1 to 9 can be somebody whom the team knows, so it is hidden, with all from which it could be worked out,
by ``engagements.hiding``). What is refused is kept nowhere. The floor of 10 is that of the whole product
(design, section 7); OSPI's report card uses the same.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from engagements import cells, hiding, persons, times

FLOOR = 10
ROWS_LIMIT = 200
COLUMNS_LIMIT = 20
CELL_LIMIT = 120
#: So many lines may stand above the headings of a document.
TITLES_LIMIT = 10

#: A heading of how many students a row stands for. "Total" alone may be anybody's points.
_HOW_MANY = re.compile(
    r"^(n|#|count)$|^(how many|cuántos)$|\bstudent (count|headcount|total)s?\b"
    r"|\b(how many|number of|count of|total|#|número de|cuántos) (all )?(children|kids|people|niños)\b"
    r"|\b(students|pupils|learners|headcount|tested|enrol(led|l?ment)|alumnos|estudiantes|matriculados)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """A column: ``kind`` is "label", "many" (for how many a row stands), "count" or "measure"."""

    title: str
    kind: str


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
    """Why a table is refused: ``code`` says which rule, ``what`` the heading or number that it is about.

    Codes: "empty", "not-text", "too-big", "uneven", "no-headings", "names-a-person", "value-of-a-person",
    "mixed", "no-how-many", "not-whole", "one-each", "gives-away".
    """

    code: str
    what: str = ""


class Refused(Exception):
    """The table isn't taken, and nothing of it is kept. ``reasons`` are all that were found."""

    def __init__(self, *reasons: Reason):
        super().__init__([reason.code for reason in reasons])
        self.reasons = list(reasons)


@sensitive_variables()
def read(text: str, *, how_many: str = "", floor: int = FLOOR, earlier: Iterable[dict] = ()) -> Figures:
    """Read a pasted table or a CSV file's text, and hide what is small.

    Args:
        how_many: the heading of the column that says for how many students a row stands; guessed if empty.
        floor: the smallest count that may be seen.
        earlier: tables that the same readers have seen (as ``kinds.Data`` stores them).

    Raises:
        Refused: it could be about single students, or it isn't a table.
    """
    headings, rows = _cells(text)
    _refuse_persons(headings, rows)
    columns = _columns(headings, rows, how_many.strip())
    kinds = [column.kind for column in columns]
    _refuse_one_each(rows, kinds.index("many"))
    try:
        hidden = hiding.Hiding(headings, kinds, rows, floor, earlier).cells()
    except hiding.GivesAway:
        raise Refused(Reason("gives-away")) from None
    return Figures(
        columns,
        [
            [None if (at, place) in hidden else cell for place, cell in enumerate(row)]
            for at, row in enumerate(rows)
        ],
    )


@sensitive_variables()
def decoded(content: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8, UTF-16, or what Windows had before.

    Other bytes than a text's stay as such (NUL) and are refused by :func:`read`.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    # UTF-16 without its mark: every second byte of ordinary text is nought.
    for encoding, noughts in (("utf-16-le", content[1:200:2]), ("utf-16-be", content[:200:2])):
        if noughts and 2 * noughts.count(0) > len(noughts):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


@sensitive_variables()
def are_about_persons(text: str) -> bool:
    """Is this text about single persons, however long, uneven or titled? Asked of documents."""
    try:
        rows = _rows(text)
    except Refused:
        return False
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    # Title lines may stand above the headings; headings are the rows without a number.
    tops = rows[:1] + [row for row in rows[1:TITLES_LIMIT] if not any(map(cells.number, row))]
    if any(persons.is_heading(cell) for row in tops for cell in row):
        return True
    return any(persons.are_values(column[0], list(column[1:])) for column in zip(*rows, strict=True))


@sensitive_variables()
def _cells(text: str) -> tuple[list[str], list[list[str]]]:
    found = _rows(text)
    if len(found) < 2:
        raise Refused(Reason("empty"))
    headings, rows = found[0], found[1:]
    if len(rows) > ROWS_LIMIT or len(headings) > COLUMNS_LIMIT:
        raise Refused(Reason("too-big", str(len(rows))))
    if len(headings) < 2 or any(len(row) != len(headings) for row in rows):
        raise Refused(Reason("uneven"))
    if any(cells.number(heading) is not None and len(heading) != 4 for heading in headings):
        raise Refused(Reason("no-headings"))
    return [heading[:CELL_LIMIT] for heading in headings], [
        [cell[:CELL_LIMIT] for cell in row] for row in rows
    ]


@sensitive_variables()
def _rows(text: str) -> list[list[str]]:
    if "\0" in text or "\ufffd" in text:
        raise Refused(Reason("not-text"))
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        read = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
        found = [[" ".join(cell.split()) for cell in row] for row in read]
    except csv.Error:
        raise Refused(Reason("uneven")) from None
    return _without_empty_ends([row for row in found if any(row)])


def _without_empty_ends(rows: list[list[str]]) -> list[list[str]]:
    """Rows as long as the longest has words: spreadsheets write empty cells at their ends."""
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell), default=0)
    return [row[:width] for row in rows]


def _delimiter(text: str) -> str:
    """A spreadsheet's paste has tabs; files have commas, or semicolons where commas are decimal."""
    bare = re.sub(r'"[^"]*"', '""', text).split("\n")
    return max("\t;,|", key=next((line for line in bare if line.strip()), "").count)


@sensitive_variables()
def _refuse_persons(headings: list[str], rows: list[list[str]]) -> None:
    reasons = [Reason("no-headings") for heading in headings if persons.is_value(heading)][:1]
    reasons += [Reason("names-a-person", heading) for heading in headings if persons.is_heading(heading)]
    for heading, column in zip(headings, zip(*rows, strict=True), strict=True):
        if persons.are_values(heading, list(column)):
            place = headings.index(heading) + 1
            reasons.append(
                Reason(
                    "value-of-a-person", str(place) if persons.is_value(heading) else heading or str(place)
                )
            )
    if reasons:
        raise Refused(*reasons)


@sensitive_variables()
def _columns(headings: list[str], rows: list[list[str]], how_many: str) -> list[Column]:
    by_place = [list(column) for column in zip(*rows, strict=True)]
    wanted = next(
        (
            place
            for place, heading in enumerate(headings)
            if how_many and heading.casefold() == how_many.casefold()
        ),
        None,
    )
    kinds = [_kind(heading, column) for heading, column in zip(headings, by_place, strict=True)]
    if mixed := [
        Reason("mixed", heading) for heading, kind in zip(headings, kinds, strict=True) if kind == "mixed"
    ]:
        raise Refused(*mixed)
    if how_many and (wanted is None or kinds[wanted] != "count"):
        raise Refused(Reason("not-whole", how_many))
    counting = [place for place, kind in enumerate(kinds) if kind == "count"]
    likely = (
        [wanted] if wanted is not None else [place for place in counting if _HOW_MANY.search(headings[place])]
    )
    if not likely:
        raise Refused(Reason("no-how-many"))
    kinds[likely[0]] = "many"
    return [Column(heading, kind) for heading, kind in zip(headings, kinds, strict=True)]


def _kind(heading: str, column: list[str]) -> str:
    """ "label", "count" or "measure"; "mixed" where it can't be told which numbers stand there."""
    said = [cell for cell in column if not cells.shows_none(cell) and not cells.is_hidden(cell)]
    if cells.is_named(heading, said):
        return "label"
    are_numbers = [cells.number(cell) is not None for cell in said]
    if not any(are_numbers):
        nearly = sum(map(cells.is_nearly_number, said))
        return "mixed" if nearly and 2 * nearly >= len(said) and not times.are_all(said) else "label"
    if not all(are_numbers):
        return "mixed"
    return "measure" if cells.is_measure(heading, said) else "count"


def _refuse_one_each(rows: list[list[str]], many: int) -> None:
    """Refuse rows that stand for one student each, whatever their headings say."""
    sizes = [cells.number(row[many]) for row in rows]
    alone = [size for size in sizes if size == 1]
    if len(alone) > max(2, len(rows) // 2):
        raise Refused(Reason("one-each", str(len(alone))))
