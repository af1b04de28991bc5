"""A coach's desk: all the work that they lead, and what waits for them, the longest first."""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from engagements import awaiting, looking_again
from engagements.models import ActionItem, Engagement, Meeting, Member, ServiceRequest
from engagements.scopes import own_memberships, requests_answered_by


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the coach: ``kind`` is "request", "step", "action", "held", "attendance" or
    "review".

    ``title`` is what it is about, ``of`` the work or place that it belongs to, ``since`` when it began to
    wait; ``due_on`` is set where it has a day.
    """

    kind: str
    title: str
    of: str
    url: str
    since: datetime.datetime
    due_on: datetime.date | None = None

    @property
    def days(self) -> int:
        """For how many whole days it has waited."""
        return (timezone.now() - self.since).days

    @property
    def is_late(self) -> bool:
        """Is its day past?"""
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass
class Desk:
    """What a coach sees first: what waits, what comes, and all engagements under way and ended."""

    waiting: list[Waiting] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    under_way: list[Member] = field(default_factory=list)
    ended: list[Member] = field(default_factory=list)


MEETINGS_SHOWN = 6


def desk_of(coach) -> Desk:
    """Return the desk of ``coach``; the same few queries for any number of engagements."""
    seats = list(
        own_memberships(coach)
        .filter(role=Member.Role.COACH)
        .select_related("engagement__building__district", "engagement__district")
        .order_by("engagement__next_since", "pk")
    )
    under_way = [seat for seat in seats if seat.engagement.is_open]
    waiting = [
        *_requests(coach),
        *_steps(under_way),
        *_actions(under_way),
        *_past_meetings(under_way),
        *_reviews(seats),
    ]
    return Desk(
        waiting=sorted(waiting, key=lambda thing: (not thing.is_late, thing.since)),
        meetings=_meetings(under_way),
        under_way=under_way,
        ended=[seat for seat in seats if not seat.engagement.is_open],
    )


def _requests(coach) -> list[Waiting]:
    rows = requests_answered_by(coach).filter(state__in=ServiceRequest.WAITING, coach=coach)
    return [
        Waiting(
            "request",
            row.get_service_display(),
            str(row.place),
            reverse("engagements:request", args=[row.pk]),
            row.asked_at,
        )
        for row in rows.select_related("building", "district")
    ]


def _steps(seats: list[Member]) -> list[Waiting]:
    return [
        Waiting(
            "step",
            seat.engagement.next_step_title,
            seat.engagement.title,
            reverse("engagements:step", args=[seat.engagement_id, seat.engagement.next_step_id]),
            seat.engagement.next_since,
        )
        for seat in seats
        if seat.engagement.next_is_for == Member.Role.COACH
    ]


def _actions(seats: list[Member]) -> list[Waiting]:
    rows = ActionItem.objects.filter(owner__in=seats, done_at=None, dropped_at=None)
    return [
        Waiting(
            "action",
            row.what,
            row.engagement.title,
            reverse("engagements:action", args=[row.engagement_id, row.pk]),
            row.made_at,
            row.due_on,
        )
        for row in rows.select_related("engagement")
    ]


def _past_meetings(seats: list[Member]) -> list[Waiting]:
    """Those of which nobody has said whether they were held, or who was there."""
    found = awaiting.waiting_in([seat.engagement for seat in seats])
    return [
        Waiting(one.kind, one.meeting.title, one.meeting.engagement.title, one.url, one.since)
        for one in found
    ]


def _reviews(seats: list[Member]) -> list[Waiting]:
    """Decisions whose day to look again has come."""
    rows = looking_again.waiting().filter(pk__in=[seat.engagement_id for seat in seats])
    return [
        Waiting(
            "review",
            row.title,
            row.get_service_display(),
            looking_again.url_of(row),
            timezone.make_aware(datetime.datetime.combine(row.review_on, datetime.time.min)),
        )
        for row in rows
    ]


def _meetings(seats: list[Member]) -> list[Meeting]:
    engagements: list[Engagement] = [seat.engagement for seat in seats]
    rows = Meeting.objects.filter(
        engagement__in=engagements, held_at=None, called_off_at=None, starts_at__gte=timezone.now()
    )
    return list(rows.select_related("engagement__building", "engagement__district")[:MEETINGS_SHOWN])
