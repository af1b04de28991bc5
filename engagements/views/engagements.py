"""Engagements as a whole: those that a person is in, and one of them."""

from itertools import count

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagements import (
    acting,
    answering,
    awaiting,
    crediting,
    joining,
    looking_again,
    progressing,
    renewing,
)
from engagements.models import ActionItem, Engagement, Member
from engagements.scopes import engagements_visible_to, own_memberships
from engagements.seats import Seat
from engagements.views.hours import reads_hours
from engagements.views.own import for_seat
from engagements.working import step_url
from roster.standing import standing_of


@login_required
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    """Show what the person works on with others, what is under way first."""
    seats = own_memberships(request.user).select_related(
        "engagement__building__district", "engagement__district"
    )
    seats = sorted(seats, key=lambda member: member.engagement.opened_at, reverse=True)
    context = {
        "under_way": [member for member in seats if member.engagement.is_open],
        "ended": [member for member in seats if not member.engagement.is_open],
        "may_ask": standing_of(request.user).leads,
    }
    return render(request, "engagements/index.html", context)


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the whole: what is next and whose turn it is, the phases, the team."""
    engagement = seat.engagement
    done = progressing.done_steps(engagement)
    members = list(engagement.members.present().select_related("person"))
    context = {
        "seat": seat,
        "engagement": engagement,
        "phases": _phases(seat, done) if seat.reads else [],
        **_next_step(seat),
        "is_mine": seat.member is not None and engagement.next_is_for in ("", seat.member.role),
        "turn": dict(Member.Role.choices).get(engagement.next_is_for, ""),
        "waits_days": (timezone.now() - engagement.next_since).days,
        "members": members,
        "missing": joining.missing_constituencies(engagement) if seat.plan.settings.has_terms else [],
        "newer": renewing.newer_version(engagement) if seat.steers and engagement.is_open else None,
        "earlier": answering.asked_earlier(engagement, seat.plan) if seat.reads and seat.is_whole else [],
        "open_items": _open_items(seat),
        "meetings": _meetings(seat),
        "waiting": awaiting.waiting_in([engagement]) if seat.steers and engagement.is_open else [],
        "hours": crediting.own_line(engagement, request.user) if seat.member else None,
        "reads_hours": reads_hours(request.user, seat),
        "following": _following(request.user, engagement),
        "review_url": _review_url(seat),
    }
    return render(request, "engagements/show.html", context)


def _phases(seat: Seat, done: frozenset[str]) -> list[dict]:
    """The phases with their steps, numbered through as the steps' own pages say it."""
    numbers = count(1)
    return [
        {
            "phase": phase,
            "percent": 100 * sum(step.id in done for step in steps) // len(steps),
            "outline": [
                {
                    "title": step.title,
                    "url": step_url(seat, step),
                    "number": next(numbers),
                    "minutes": step.minutes,
                    "done": step.id in done,
                    "next": step.id == seat.engagement.next_step_id,
                }
                for step in steps
            ],
        }
        for phase, steps in seat.phases
    ]


def _open_items(seat: Seat) -> list[ActionItem]:
    """What is still to do, where the person reads the whole."""
    return [item for item in acting.items_of(seat.engagement) if item.is_open] if seat.is_whole else []


def _meetings(seat: Seat) -> list:
    """The next meetings, or, where none is planned, the last one."""
    if not seat.is_whole:
        return []
    rows = list(seat.engagement.meetings.filter(called_off_at=None))
    return [row for row in rows if row.is_to_come][:3] or rows[-1:]


def _following(user, engagement: Engagement) -> Engagement | None:
    """The next cycle, where the person may know of it."""
    if engagement.is_open:
        return None
    return engagements_visible_to(user).filter(previous=engagement).first()


def _review_url(seat: Seat) -> str:
    """Where to write what became of a decision, once its day has come: for who worked in it."""
    engagement, member = seat.engagement, seat.member
    if member is None or not member.works or not engagement.review_on:
        return ""
    is_due = looking_again.waiting().filter(pk=engagement.pk).exists()
    return looking_again.url_of(engagement) if is_due else ""


def _next_step(seat: Seat) -> dict[str, str]:
    """The next step's page and title, where this person reads it."""
    following = seat.engagement.next_step_id
    for _, steps in seat.phases:
        for step in steps:
            if step.id == following:
                return {"next_url": step_url(seat, step), "next_title": step.title}
    return {"next_url": "", "next_title": ""}
