"""Attending: who was at a meeting, and for how long: what an administrator gives clock hours by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from engagements.models import Attendance, Engagement, Meeting, Member
from roster import audit

#: Clock hours come in half-hour steps of 60-minute hours (WAC 181-85-030).
STEP_MINUTES = 30


class NotHeld(Exception):
    """Nobody attends what hasn't taken place."""


class TooManyMinutes(Exception):
    """Nobody is there for longer than twelve hours, or for fewer than none."""


MOST_MINUTES = 720


@dataclass
class Attended:
    """What one member attended of an engagement: meetings and whole minutes."""

    member: Member
    meetings: int = 0
    minutes: int = 0
    days: list = field(default_factory=list)

    @property
    def hours(self) -> Decimal:
        """The same in hours, in whole half-hour steps: what is over is not counted, never rounded up."""
        return Decimal(self.minutes // STEP_MINUTES) / 2


def note(*, meeting: Meeting, by: Member, minutes: dict[Member, int]) -> None:
    """Note how many minutes each member was there (0: not at all). Noting again corrects what was there.

    Raises:
        NotHeld: the meeting hasn't taken place.
        TooManyMinutes: more than a day's work, or fewer than none.
    """
    if meeting.held_at is None:
        raise NotHeld(meeting)
    if any(not 0 <= count <= MOST_MINUTES for count in minutes.values()):
        raise TooManyMinutes(meeting)
    before = {row.member_id: row.minutes_there for row in meeting.attendance.all()}
    changed = {member: count for member, count in minutes.items() if before.get(member.pk) != count}
    if not changed:
        return
    with transaction.atomic():
        for member, count in changed.items():
            Attendance.objects.update_or_create(
                meeting=meeting,
                member=member,
                defaults={
                    "was_there": count > 0,
                    "minutes_there": count,
                    "noted_by": by,
                    "noted_at": timezone.now(),
                },
            )
        details = {
            "meeting": meeting.pk,
            "minutes": [
                {"member": member.pk, "before": before.get(member.pk), "now": count}
                for member, count in changed.items()
            ],
        }
        audit.record(actor=by.person, action="noted attendance", subject=meeting.engagement, details=details)


def attended(engagement: Engagement) -> list[Attended]:
    """What each member attended, by name; also those who have left, who were there. One query."""
    rows: Iterable[Attendance] = (
        Attendance.objects.filter(meeting__engagement=engagement, was_there=True)
        .select_related("member__person", "meeting")
        .order_by("meeting__starts_at", "pk")
    )
    found: dict[int, Attended] = {}
    for row in rows:
        one = found.setdefault(row.member_id, Attended(row.member))
        one.meetings += 1
        one.minutes += row.minutes_there
        one.days.append(timezone.localdate(row.meeting.starts_at))
    return sorted(found.values(), key=lambda one: one.member.called)
