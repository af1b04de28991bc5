"""Drawing: a stored table of figures as a chart, bars by group or lines over time; the table says the same.

A line is drawn only where the rows are times, and only from a number to the next one: what is hidden, or was
never there, is a gap in it and is said in words. Places are percents of the drawing, so that a page, a phone
and a sheet of paper draw the same chart in their own sizes.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from engagements import cells, times

#: More lines than this can't be told apart, whatever their marks.
LINES_LIMIT = 5
#: So many times are named below the lines.
NAMED_LIMIT = 6
#: Where the first and the last time lie, in percent of the width; before them stand the numbers of the scale.
_START, _END = 12, 96
_TOP, _BOTTOM = 6, 96


@dataclass(frozen=True)
class Bar:
    """A row in the chart: its ``percent`` of the longest, None where its number is hidden or not there."""

    label: str
    said: str
    percent: int | None


@dataclass(frozen=True)
class Bars:
    """One column of a table as bars."""

    title: str
    bars: list[Bar]
    kind = "bars"


@dataclass(frozen=True)
class Point:
    """A number at a time; ``x`` and ``y`` in percent from the start and from the top."""

    x: float
    y: float
    when: str
    said: str


@dataclass(frozen=True)
class Line:
    """A group over time: ``stretches`` of points that are joined, and the times at which it has a gap.

    ``place`` (from 1) says which colour, mark and dashes it has.
    """

    place: int
    title: str
    stretches: list[list[Point]]
    hidden_at: list[str]

    @property
    def points(self) -> list[Point]:
        """All its numbers, in their order."""
        return [point for stretch in self.stretches for point in stretch]

    @property
    def joints(self) -> list[tuple[Point, Point]]:
        """What is joined by a stroke."""
        return [pair for stretch in self.stretches for pair in pairwise(stretch)]

    @property
    def first(self) -> Point | None:
        """Where it begins."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """Where it ends; None for one point alone."""
        return self.points[-1] if len(self.points) > 1 else None


@dataclass(frozen=True)
class Mark:
    """A word at the edge of the drawing, at ``at`` percent of it."""

    at: float
    words: str
    is_end: bool = True


@dataclass(frozen=True)
class Lines:
    """Numbers over time. ``title`` is empty where each line has a column's own."""

    title: str
    lines: list[Line]
    times: list[Mark]
    scale: list[Mark]
    kind = "lines"


Chart = Bars | Lines


def chart_of(value: dict, wanted: str = "bar") -> Chart | None:
    """Return the chart of a stored table, as ``wanted``: "bar", "line", "none". None if it has no numbers.

    A table whose rows are no times has bars, though a line is wanted: between two groups there is nothing to
    draw a line through.
    """
    shown = value.get("shown")
    if wanted == "none" or shown not in dict(showable(value)):
        return None
    if wanted == "line" and (found := _lines(value, shown)):
        return found
    return _bars(value, shown)


def chart_of_item(item: dict) -> Chart | None:
    """Return the chart of a table as a report holds it; None in reports from before they said which."""
    return chart_of(item, item.get("chart", "none"))


def showable(value: dict) -> list[tuple[int, str]]:
    """Return the columns that a chart can draw: their places and titles."""
    columns = enumerate(value.get("columns", []))
    return [(place, column["title"]) for place, column in columns if column["kind"] != "label"]


def first_shown(columns: list[dict]) -> int | None:
    """A measure first: a share compares groups of different sizes, a number of students doesn't."""
    for kind in ("measure", "count", "many"):
        for place, column in enumerate(columns):
            if column["kind"] == kind:
                return place
    return None


def _bars(value: dict, shown: int) -> Bars:
    numbers = [cells.number(row[shown]) for row in value["rows"]]
    longest = max((abs(number) for number in numbers if number is not None), default=0) or 1
    bars = [
        Bar(
            _label(value, row),
            row[shown] or "",
            None if number is None else round(100 * abs(number) / longest),
        )
        for row, number in zip(value["rows"], numbers, strict=True)
    ]
    return Bars(value["columns"][shown]["title"], bars)


def _label(value: dict, row: list) -> str:
    labels = (row[place] for place, column in enumerate(value["columns"]) if column["kind"] == "label")
    return " · ".join(label for label in labels if label)


def _lines(value: dict, shown: int) -> Lines | None:
    when = times.column_of(value)
    if when is None:
        return None
    rows = [row for row in value["rows"] if not cells.is_total(row)]
    moments = times.in_order([row[when] for row in rows])
    series = _by_group(value, rows, when, shown) or _by_column(value, rows, when, shown)
    numbers = [
        found
        for line in series.values()
        for cell in line.values()
        if (found := cells.number(cell)) is not None
    ]
    if len(moments) < 2 or not numbers or len(series) > LINES_LIMIT:
        return None
    scale = _scale(min(numbers), max(numbers))
    lines = [
        _line(place, title, shows, moments, scale)
        for place, (title, shows) in enumerate(series.items(), start=1)
    ]
    title = value["columns"][shown]["title"]
    marks = [Mark(_y(at, scale), f"{at:,.10g}") for at in scale]
    return Lines("" if title in series and len(series) > 1 else title, lines, _named(moments), marks)


def _by_group(value: dict, rows: list, when: int, shown: int) -> dict[str, dict[str, str | None]]:
    """Return what each group shows at each time, where times come several times; nothing where they don't."""
    if len({row[when] for row in rows}) == len(rows):
        return {}
    groups = [
        place for place, column in enumerate(value["columns"]) if column["kind"] == "label" and place != when
    ]
    found: dict[str, dict] = {}
    for row in rows:
        found.setdefault(" · ".join(row[place] for place in groups), {})[row[when]] = row[shown]
    return found


def _by_column(value: dict, rows: list, when: int, shown: int) -> dict[str, dict[str, str | None]]:
    """Return what each column of the shown one's kind shows: percents and points are never on one scale."""
    wanted = _scale_of(value, shown)
    alike = [place for place in dict(showable(value)) if _scale_of(value, place) == wanted]
    places = alike if len(alike) <= LINES_LIMIT else [shown]
    return {value["columns"][place]["title"]: {row[when]: row[place] for row in rows} for place in places}


def _scale_of(value: dict, place: int) -> tuple[str, bool]:
    column = value["columns"][place]
    return column["kind"], cells.is_share(column["title"], [row[place] or "" for row in value["rows"]])


def _line(place: int, title: str, shows: dict, moments: dict[str, float], scale: list[float]) -> Line:
    stretches, hidden_at, is_open = [], [], False
    for when, along in moments.items():
        number = cells.number(shows.get(when))
        if number is None:
            is_open = False
            if when in shows and shows[when] is None:
                hidden_at.append(when)
            continue
        if not is_open:
            stretches.append([])
        is_open = True
        stretches[-1].append(Point(_x(along), _y(number, scale), when, shows[when]))
    return Line(place, title, stretches, hidden_at)


def _named(moments: dict[str, float]) -> list[Mark]:
    """Return the times that are named: the first, the last, and a few between, evenly."""
    words = list(moments)
    step = max(1, math.ceil((len(words) - 1) / (NAMED_LIMIT - 1)))
    last = len(words) - 1
    chosen = {at for at in range(0, len(words), step) if at + step <= last} | {last}
    return [Mark(_x(moments[words[at]]), words[at], at in (0, last)) for at in sorted(chosen)]


def _scale(lowest: float, highest: float) -> list[float]:
    """Return round numbers from nought, or from below it, to above the highest."""
    low, high = min(0, lowest), max(0, highest)
    rough = (high - low or 1) / 4
    tens = 10 ** math.floor(math.log10(rough))
    step = next(tens * times for times in (1, 2, 2.5, 5, 10) if tens * times >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * at for at in range(first, max(last, first + 1) + 1)]


def _x(along: float) -> float:
    return round(_START + along * (_END - _START), 2)


def _y(number: float, scale: list[float]) -> float:
    return round(_BOTTOM - (number - scale[0]) / (scale[-1] - scale[0]) * (_BOTTOM - _TOP), 2)
