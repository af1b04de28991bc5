"""Meeting: how a team's meeting is planned, moved, called off and held."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.models import AgendaItem, Engagement, Meeting, Member
from engagements.protocols import Step
from notices.models import Kind
from notices.telling import tell_each
from roster.models import User


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
    """Plan a meeting and tell the team. The rounds of ``step`` become its agenda, to be changed freely.

    One that was, and is written down afterward, is no news: nobody is told.
    """
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
        # In the team's words: who plans it may read the protocol in another language.
        rounds = engagement.protocol_version.plan.step(step.id).rounds if step else ()
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, order=order, title=one.title, minutes_long=max(1, one.minutes), say=one.say
            )
            for order, one in enumerate(rounds, start=1)
        )
        if meeting.is_to_come:
            _tell_others(meeting, by, "planned", _("A meeting is planned: %(when)s"))
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
        was_to_come = meeting.is_to_come
        differs = {name for name, value in new.items() if getattr(meeting, name) != value}
        for name, value in new.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(new))
        if was_to_come or meeting.is_to_come:
            _tell_change(meeting, by, differs)
    return meeting


def call_off(*, meeting: Meeting, by: Member) -> None:
    """Call it off and tell the team; twice is once. One whose time is past was not held, and that is no news.

    Raises:
        Settled: it was held.
    """
    with transaction.atomic():
        open_ones = Meeting.objects.filter(pk=meeting.pk, held_at=None)
        if not open_ones.exists():
            raise Settled(meeting)
        was_to_come = not meeting.is_over
        if open_ones.filter(called_off_at=None).update(called_off_at=timezone.now()) and was_to_come:
            _tell_others(meeting, by, "called-off", _("A meeting is called off: the one of %(when)s"))
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


def url_of(meeting: Meeting) -> str:
    """The meeting's page."""
    return reverse("engagements:meeting", args=[meeting.engagement_id, meeting.pk])


def tell(meeting: Meeting, people: Iterable[User], *, what: str, title, body="%(about)s") -> None:
    """Tell ``people`` of a meeting in their own languages, once for each ``what``.

    ``title`` and ``body`` are lazy sentences, with ``%(when)s`` and ``%(about)s``: of which work it
    is; and its title and place, unless it is confidential, because an email leaves the site (decision 0046).
    """
    about = [meeting.engagement.title]
    if not meeting.engagement.is_confidential:
        about += filter(None, [meeting.title, meeting.place])
    tell_each(
        people=people,
        kind=Kind.ENGAGEMENT,
        key=f"meeting:{meeting.pk}:{what}",
        title=title,
        body=body,
        names={"when": lazy(_when, str)(meeting), "about": "\n".join(about)},
        url=url_of(meeting),
    )


def team_of(engagement: Engagement, roles: Iterable[str] = Member.WORKS) -> list[User]:
    """Return who hears of its meetings. A guest is in it for a step, not for meetings."""
    return engagement.members.present().filter(role__in=roles).people()


def _still_to_come(meeting: Meeting) -> None:
    found = Meeting.objects.select_for_update().filter(pk=meeting.pk, held_at=None, called_off_at=None)
    if not found:
        raise Settled(meeting)


def _tell_change(meeting: Meeting, by: Member, differs: set[str]) -> None:
    moment = timezone.now().isoformat()
    if "starts_at" in differs:
        _tell_others(meeting, by, f"moved:{moment}", _("A meeting is moved: it is now %(when)s"))
    elif differs & {"place", "minutes_long"}:
        title = _("A meeting has another place or length: %(when)s")
        _tell_others(meeting, by, f"moved:{moment}", title)


def _tell_others(meeting: Meeting, by: Member, what: str, title) -> None:
    team = [person for person in team_of(meeting.engagement) if person.pk != by.person_id]
    tell(meeting, team, what=what, title=title)


def _when(meeting: Meeting) -> str:
    return date_format(timezone.localtime(meeting.starts_at), "DATETIME_FORMAT")
