"""Meeting: how a team's meeting is planned, moved, called off and held."""

import datetime
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagements.models import AgendaItem, Engagement, Meeting, Member
from engagements.protocols import Step
from notices.models import Kind
from notices.telling import tell


class Settled(Exception):
    """It was held or called off: when and where it is can't change any more."""


class NotYet(Exception):
    """Its day hasn't come."""


def plan(
    *,
    engagement: Engagement,
    by: Member,
    title: str,
    starts_at: datetime.datetime,
    minutes_long: int,
    place: str = "",
    step: Step | None = None,
) -> Meeting:
    """Plan a meeting and tell the team. The rounds of ``step`` become its agenda, to be changed freely."""
    with transaction.atomic():
        meeting = Meeting.objects.create(
            engagement=engagement,
            called_by=by,
            title=title,
            starts_at=starts_at,
            minutes_long=minutes_long,
            place=place,
            step_id=step.id if step else "",
        )
        rounds = step.rounds if step else ()
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, order=order, title=one.title, minutes_long=max(1, one.minutes), say=one.say
            )
            for order, one in enumerate(rounds, start=1)
        )
        _tell(meeting, by, "planned", lambda: _("A meeting is planned: %(when)s"))
    return meeting


def change(
    *,
    meeting: Meeting,
    by: Member,
    title: str,
    starts_at: datetime.datetime,
    minutes_long: int,
    place: str = "",
) -> Meeting:
    """Change what is planned. The team hears of it when it is another time or place, once for each change.

    Raises:
        Settled: it was held or called off.
    """
    with transaction.atomic():
        _still_to_come(meeting)
        new = {"title": title, "starts_at": starts_at, "minutes_long": minutes_long, "place": place}
        differs = {name for name, value in new.items() if getattr(meeting, name) != value}
        for name, value in new.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(new))
        moment = timezone.now().isoformat()
        if "starts_at" in differs:
            _tell(meeting, by, f"moved:{moment}", lambda: _("A meeting is moved: it is now %(when)s"))
        elif differs & {"place", "minutes_long"}:
            said = lambda: _("A meeting has another place or length: %(when)s")  # noqa: E731
            _tell(meeting, by, f"moved:{moment}", said)
    return meeting


def call_off(*, meeting: Meeting, by: Member) -> None:
    """Call it off and tell the team; twice is once.

    Raises:
        Settled: it was held.
    """
    with transaction.atomic():
        open_ones = Meeting.objects.filter(pk=meeting.pk, held_at=None)
        if not open_ones.exists():
            raise Settled(meeting)
        if open_ones.filter(called_off_at=None).update(called_off_at=timezone.now()):
            _tell(meeting, by, "called-off", lambda: _("A meeting is called off: the one of %(when)s"))
    meeting.refresh_from_db()


def hold(*, meeting: Meeting) -> None:
    """Say that it took place; twice is once.

    Raises:
        NotYet: its day hasn't come.
        Settled: it was called off.
    """
    if timezone.localdate(meeting.starts_at) > timezone.localdate():
        raise NotYet(meeting)
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk, held_at=None, called_off_at=None).update(held_at=timezone.now())
        meeting.refresh_from_db()
        if meeting.called_off_at:
            raise Settled(meeting)


def ends_at(meeting: Meeting) -> datetime.datetime:
    """When it is over, as planned."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes_long)


def url_of(meeting: Meeting) -> str:
    """The meeting's page."""
    return reverse("engagements:meeting", args=[meeting.engagement_id, meeting.pk])


def _still_to_come(meeting: Meeting) -> None:
    found = Meeting.objects.select_for_update().filter(pk=meeting.pk, held_at=None, called_off_at=None)
    if not found:
        raise Settled(meeting)


def _tell(meeting: Meeting, by: Member, change: str, title: Callable[[], str]) -> None:
    """Tell the team, but not who did it. A guest is in it for a step, not for meetings."""
    team = meeting.engagement.members.present().filter(role__in=Member.WORKS).exclude(person=None)
    for member in team.exclude(pk=by.pk).select_related("person"):
        with translation.override(member.person.language):
            tell(
                person=member.person,
                kind=Kind.ENGAGEMENT,
                key=f"meeting:{meeting.pk}:{change}",
                title=title() % {"when": _when(meeting)},
                body=_words(meeting),
                url=url_of(meeting),
            )


def _words(meeting: Meeting) -> str:
    """Of which work; what and where, unless it is confidential: an email leaves the site (decision 0046)."""
    if meeting.engagement.is_confidential:
        return meeting.engagement.title
    return "\n".join(filter(None, [meeting.engagement.title, meeting.title, meeting.place]))


def _when(meeting: Meeting) -> str:
    return date_format(timezone.localtime(meeting.starts_at), "DATETIME_FORMAT")
