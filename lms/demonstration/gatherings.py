"""What teams of the demonstration met for: who was there, what was written; and what they will meet for."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from engagements import answering, attending, meeting, minuting
from engagements.models import Answer, AnswerVersion, Engagement, Meeting, Member
from engagements.protocols import Prompt
from lms.demonstration.who import member

SATURDAY = 5


def write(engagement: Engagement, told: dict) -> None:
    """Plan a meeting as ``told`` has it, and, where its day is past, let it have been held."""
    by = member(engagement, told["by"])
    steps = engagement.protocol_version.plan.steps
    planned = meeting.plan(
        engagement=engagement,
        by=by,
        title=told["title"],
        starts_at=_moment(told["days"], told["at"]),
        minutes_long=told["minutes"],
        place=told["place"],
        step=next(one for one in steps if one.title == told["step"]),
    )
    if told["days"] < 0:
        _hold(planned, by, told)


def _hold(planned: Meeting, by: Member, told: dict) -> None:
    meeting.hold(meeting=planned)
    there = {member(planned.engagement, who): count for who, count in told["there"].items()}
    attending.note(meeting=planned, by=by, minutes=there)
    ended = planned.ends_at
    for asked, words in _written(planned, told):
        saved = answering.save(member=by, prompt=asked, fields={"text": [words]}, based_on=0)
        Answer.objects.filter(pk=saved.answer.pk).update(saved_at=ended)
        AnswerVersion.objects.filter(answer=saved.answer).update(at=ended)
    Meeting.objects.filter(pk=planned.pk).update(held_at=ended, called_at=planned.starts_at - _A_WEEK)
    planned.attendance.update(noted_at=ended)


def _written(planned: Meeting, told: dict) -> Iterator[tuple[Prompt, str]]:
    """The notes at the first points, in their order, and the minutes."""
    for item, words in zip(planned.agenda.all(), told.get("noted", []), strict=False):
        yield minuting.notes_at(item), words
    yield minuting.minutes_of(planned), told["wrote"]


_A_WEEK = datetime.timedelta(days=7)


def _moment(days: int, at: str) -> datetime.datetime:
    """That many days from today at that time; on a weekend, the working day further away."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    while day.weekday() >= SATURDAY:
        day += datetime.timedelta(days=1 if days > 0 else -1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(at)))
