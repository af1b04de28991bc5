"""Awaiting: meetings of tomorrow, and those past that wait for a word: was it held, and who was there?

A meeting says nothing by itself of having taken place. Until somebody does, it waits on the coach's
desk and on the page of the work, and who steers hears of it once.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements import meeting as meetings
from engagements.models import Engagement, Meeting, Member

#: How long after a meeting is still told of it, when the night's task was down.
LOOK_BACK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A meeting of work under way that waits since ``since`` for a word of who steers."""

    meeting: Meeting
    since: datetime.datetime

    @property
    def kind(self) -> str:
        """What it waits for: "held", whether it was; "attendance", who was there."""
        return "attendance" if self.meeting.held_at else "held"

    @property
    def url(self) -> str:
        """Where the word is said."""
        args = [self.meeting.engagement_id, self.meeting.pk]
        return reverse("engagements:attendance" if self.meeting.held_at else "engagements:meeting", args=args)


def waiting_in(engagements: Iterable[Engagement]) -> list[Waiting]:
    """Return what waits in those of ``engagements`` that are under way, the longest first. One query."""
    now = timezone.now()
    rows = Meeting.objects.filter(
        engagement__in=engagements,
        engagement__state=Engagement.State.UNDER_WAY,
        called_off_at=None,
        attendance=None,  # of what wasn't held there is none either
        starts_at__lt=now,
    ).select_related("engagement")
    found = [Waiting(row, row.held_at or row.ends_at) for row in rows]
    return sorted((one for one in found if one.since < now), key=lambda one: one.since)


def remind() -> None:
    """Tell teams of the meetings of tomorrow. Safe to run twice; moved to another day, it is told again."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    rows = Meeting.objects.filter(
        starts_at__date=tomorrow,
        held_at=None,
        called_off_at=None,
        engagement__state=Engagement.State.UNDER_WAY,
    )
    for meeting in rows.select_related("engagement").iterator(chunk_size=500):
        meetings.tell(
            meeting,
            meetings.team_of(meeting.engagement),
            what=f"tomorrow:{tomorrow}",
            title=_("A meeting tomorrow: %(when)s"),
        )


def ask() -> None:
    """Ask who steers about meetings that wait, each once. Safe to run twice."""
    recent = timezone.now() - LOOK_BACK
    under_way = Engagement.objects.filter(meetings__starts_at__gt=recent - LOOK_BACK)
    for one in waiting_in(under_way):
        if one.since > recent:
            _ask(one)


def _ask(one: Waiting) -> None:
    day = timezone.localdate(one.meeting.starts_at)
    if one.kind == "held":
        title = _("Was the meeting held? The one of %(when)s")
        body = _("Say that it was and who was there, or call it off.\n%(about)s")
    else:
        title = _("Who was at the meeting of %(when)s?")
        body = _("Note who was there and for how long: what clock hours can be given by.\n%(about)s")
    team = meetings.team_of(one.meeting.engagement, Member.STEERS)
    meetings.tell(one.meeting, team, what=f"{one.kind}:{day}", title=title, body=body)
