"""Cells: what a cell of a table of figures says, a number or none, and what its heading says about it."""

import re

from engagements import times

_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?")
#: A number with something about it that no rule of ours can weigh: "7 students", "3 of 12", "<10 *", "10,5".
_NEARLY = re.compile(
    r"[<>≤≥=~≈(]*\s*\d[\d.,\s]*\)?\s*"
    r"(%|\(.*\)|/ ?\d+|of \d+|de \d+|students?|pupils?|kids|children|alumnos|estudiantes)?\s*[*†‡]?",
    re.IGNORECASE,
)
#: What stands where a number isn't shown or isn't there.
_NO_NUMBER = re.compile(r"|[–—-]+|\.+|n/?a\.?|none|null|nan|no data|sin datos", re.IGNORECASE)
#: What stands where whoever made the table has hidden one.
_HIDDEN = re.compile(
    r"[*†‡]+|n/?d|ds|suppressed|hidden|oculto|(n ?)?[<≤] ?\d+ ?%?|[>≥] ?\d+ ?%", re.IGNORECASE
)

_MEASURE = re.compile(
    r"%|\b(percent\w*|pct|rate|share|ratio|average|avg|mean|median|score|index|per|points?|days?|minutes?)\b"
    r"|\b(porcentaje|promedio|media|tasa)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|\b(percent(age)?s?|pct|rate|share|proportion|porcentaje|tasa|proporción)\b", re.IGNORECASE
)
_HOW_MANY = re.compile(r"^(n|#|number of|how many|número de|cuántos)\b", re.IGNORECASE)
#: A heading whose numbers are names: of a grade, a room, a week.
_NAMES = re.compile(
    r"(grades?|grade level|level|tier|period|room|class|section|cohort|band|building|school"
    r"|question|item|ages?|grado|nivel|escuela|edad|pregunta)( (code|no|number|#))?",
    re.IGNORECASE,
)
_NAMES_LIMIT = 4  # digits: a year; a longer number is an identifier or a count
_TOTAL = re.compile(
    r"(((grand|sub|district|school|building|state|overall|class)[ -]?)?totals?|all|everyone|everybody|overall"
    r"|combined|sum|todos|todas|suma)"
    r"( (students|pupils|children|groups|grades|learners|alumnos|estudiantes|general))?",
    re.IGNORECASE,
)


def number(cell: str | None) -> float | None:
    """The number that a cell shows; None where it shows none or is hidden."""
    bare = (cell or "").strip().rstrip("%").strip()
    return float(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def shows_none(cell: str) -> bool:
    """Does the cell say that no number is shown?"""
    return bool(_NO_NUMBER.fullmatch(cell.strip()))


def is_hidden(cell: str) -> bool:
    """Has whoever made the table hidden a number here?"""
    return bool(_HIDDEN.fullmatch(cell.strip()))


def is_nearly_number(cell: str) -> bool:
    """Is it a number with something about it?"""
    return bool(_NEARLY.fullmatch(cell.strip()))


def is_total(row: list[str | None]) -> bool:
    """Is the row about all groups together?"""
    return any(_TOTAL.fullmatch((cell or "").strip()) for cell in row)


def is_share(heading: str, column: list[str]) -> bool:
    """Are these parts of a whole, as percents or as fractions of one?"""
    return bool(_SHARE.search(heading)) or any("%" in cell for cell in column)


def whole_of_share(column: list[str]) -> float:
    """Return what stands for the whole in a column of shares: 100, or 1 where none is above it."""
    numbers = [found for cell in column if (found := number(cell)) is not None]
    is_fraction = numbers and max(numbers) <= 1 and any(found != int(found) for found in numbers)
    return 1 if is_fraction else 100


def is_named(heading: str, column: list[str]) -> bool:
    """Do its numbers name groups or times, as "Grade" and "Year" do?"""
    is_short = all(
        len(re.sub(r"\D", "", cell)) <= _NAMES_LIMIT for cell in column if number(cell) is not None
    )
    heading = heading.strip()
    return is_short and bool(_NAMES.fullmatch(heading) or times.HEADING.fullmatch(heading))


def is_measure(heading: str, column: list[str]) -> bool:
    """Are these numbers no counts, though they may be whole?"""
    numbers = [found for cell in column if (found := number(cell)) is not None]
    if any(found != int(found) or found < 0 for found in numbers) or any("%" in cell for cell in column):
        return True
    return bool(_MEASURE.search(heading)) and not _HOW_MANY.match(heading)
