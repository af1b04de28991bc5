"""Charting: a table of figures put before a team, once it is sure that no student can be read in it."""

import datetime
from dataclasses import dataclass

from engagements import answering, figures
from engagements.answering import Saved
from engagements.models import Answer, Member
from engagements.protocols import Prompt


class NotShowable(Exception):
    """There is no such column of numbers in the table."""


@dataclass(frozen=True)
class Bar:
    """A row in the chart: its ``percent`` of the longest, None where its number is hidden or not there."""

    label: str
    said: str
    percent: int | None


@dataclass(frozen=True)
class Chart:
    """One column of a table as bars."""

    title: str
    bars: list[Bar]


def put(
    *,
    member: Member,
    prompt: Prompt,
    text: str,
    how_many: str = "",
    source: str = "",
    on: datetime.date | None = None,
    based_on: int,
) -> Saved:
    """Put the table of ``text`` in the place of the one that was read at version ``based_on``.

    Raises:
        figures.Refused: it could be about single students, or isn't a table; nothing of it is kept.
        answering.Conflict: somebody put another one there meanwhile.
    """
    floor = max(figures.FLOOR, prompt.own.get("suppress_below") or 0)
    found = figures.read(text, how_many=how_many, floor=floor)
    columns = [{"title": column.title, "kind": column.kind} for column in found.columns]
    value = {"columns": columns, "rows": found.rows, "source": source, "shown": _first_shown(columns)}
    value["on"] = on.isoformat() if on else ""
    return answering.save_value(member=member, prompt=prompt, value=value, based_on=based_on)


def set_out(*, member: Member, answer: Answer, prompt: Prompt, shown: int, source: str, on, based_on: int):
    """Draw another column, or say better where the table comes from.

    Raises:
        NotShowable: the column holds no numbers.
        answering.Conflict: somebody changed it meanwhile.
    """
    if shown not in dict(showable(answer.value)):
        raise NotShowable(shown)
    value = {**answer.value, "shown": shown, "source": source, "on": on.isoformat() if on else ""}
    return answering.save_value(member=member, prompt=prompt, value=value, based_on=based_on)


def showable(value: dict) -> list[tuple[int, str]]:
    """Return the columns that a chart can draw: their places and titles."""
    columns = enumerate(value.get("columns", []))
    return [(place, column["title"]) for place, column in columns if column["kind"] != "label"]


def chart_of(value: dict) -> Chart | None:
    """Return the chart of a stored table; None where it has no numbers."""
    shown = value.get("shown")
    titles = dict(showable(value))
    if shown not in titles:
        return None
    labels = [place for place, column in enumerate(value["columns"]) if column["kind"] == "label"]
    numbers = [figures.number(row[shown]) for row in value["rows"]]
    longest = max((abs(number) for number in numbers if number is not None), default=0) or 1
    bars = [
        Bar(
            " · ".join(row[place] for place in labels if row[place]),
            row[shown] or "",
            None if number is None else round(100 * abs(number) / longest),
        )
        for row, number in zip(value["rows"], numbers, strict=True)
    ]
    return Chart(titles[shown], bars)


def _first_shown(columns: list[dict]) -> int | None:
    """A measure first: a share compares groups of different sizes, a number of students doesn't."""
    for kind in ("measure", "count", "many"):
        for place, column in enumerate(columns):
            if column["kind"] == kind:
                return place
    return None
