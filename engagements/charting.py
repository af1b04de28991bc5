"""Charting: a table of figures put before a team, once it is sure that no student can be read in it."""

import datetime

from django.views.decorators.debug import sensitive_variables

from engagements import answering, drawing, figures
from engagements.answering import Saved
from engagements.models import Answer, AnswerVersion, Engagement, Member
from engagements.protocols import Prompt


class NotShowable(Exception):
    """There is no such column of numbers in the table."""


@sensitive_variables()
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
    found = figures.read(text, how_many=how_many, floor=floor, earlier=_seen(member.engagement))
    columns = [{"title": column.title, "kind": column.kind} for column in found.columns]
    value = {"columns": columns, "rows": found.rows, "source": source, "shown": drawing.first_shown(columns)}
    value["on"] = on.isoformat() if on else ""
    return answering.save_value(member=member, prompt=prompt, value=value, based_on=based_on)


def set_out(*, member: Member, answer: Answer, prompt: Prompt, shown: int, source: str, on, based_on: int):
    """Draw another column, or say better where the table comes from.

    Raises:
        NotShowable: the column holds no numbers.
        answering.Conflict: somebody changed it meanwhile.
    """
    if shown not in dict(drawing.showable(answer.value)):
        raise NotShowable(shown)
    value = {**answer.value, "shown": shown, "source": source, "on": on.isoformat() if on else ""}
    return answering.save_value(member=member, prompt=prompt, value=value, based_on=based_on)


def _seen(engagement: Engagement) -> list[dict]:
    """Return all tables of figures that the team has seen: what stands, and what stood before."""
    kept = AnswerVersion.objects.filter(answer__engagement=engagement, answer__kind="data")
    return list(kept.values_list("value", flat=True))
