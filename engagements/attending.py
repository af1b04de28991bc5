"""Attending: who was at a meeting, and for how long; what it comes to in hours says ``crediting``."""

from django.db import transaction
from django.utils import timezone

from engagements.models import Attendance, Meeting, Member
from roster import audit


class NotHeld(Exception):
    """Nobody attends what hasn't taken place."""


class TooManyMinutes(Exception):
    """Nobody is there for longer than twelve hours, or for fewer than none."""


MOST_MINUTES = 720


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
