"""Meetings of a team: planned and changed by who steers, read by who reads the work."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagements import agenda, presence
from engagements import meeting as meetings
from engagements.meeting_forms import AgendaItemForm, MeetingForm
from engagements.minuting import WorkingMeeting
from engagements.models import Meeting
from engagements.seats import Seat
from engagements.views.hours import reads_hours
from engagements.views.own import for_seat, for_steering, meeting_or_404, only_while_open, step_or_404

LENGTH_WITHOUT_ROUNDS = 60


@for_seat
@require_safe
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show all meetings: those to come, then those that were."""
    if not seat.is_whole:
        raise Http404
    rows = list(seat.engagement.meetings.all())
    to_come = [row for row in rows if row.is_to_come]
    past = [row for row in reversed(rows) if not row.is_to_come]
    context = {"seat": seat, "engagement": seat.engagement, "to_come": to_come, "past": past}
    context["may_add_up"] = reads_hours(request.user, seat)
    return render(request, "engagements/meetings/index.html", context)


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Plan one: from a step, whose rounds become the agenda, or free."""
    only_while_open(seat)
    wanted = request.POST.get("step") or request.GET.get("step", "")
    step = step_or_404(seat, wanted) if wanted else None
    length = (step.minutes_of_rounds or step.minutes) if step else LENGTH_WITHOUT_ROUNDS
    initial = {"title": step.title if step else "", "minutes_long": max(5, length)}
    form = MeetingForm(request.POST or None, initial=initial)
    if not form.is_valid():
        context = {"seat": seat, "engagement": seat.engagement, "form": form, "step": step}
        context["steps"] = [one for one in seat.plan.steps if one.rounds] if step is None else []
        status = 422 if form.is_bound else 200
        return render(request, "engagements/meetings/new.html", context, status=status)
    meeting = meetings.plan(engagement=seat.engagement, by=seat.member, step=step, **form.said)
    if meeting.is_to_come:
        messages.success(request, _("It is planned, and the team is told."))
    return redirect(meetings.url_of(meeting))


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Show a meeting: when and where, agenda, who was there, minutes."""
    return page(request, seat, meeting_or_404(seat, meeting_pk))


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Move it, or say it otherwise."""
    only_while_open(seat)
    meeting = meeting_or_404(seat, meeting_pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.initial_of(meeting))
    if not form.is_valid():
        context = {"seat": seat, "engagement": seat.engagement, "meeting": meeting, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "engagements/meetings/change.html", context, status=status)
    try:
        meetings.change(meeting=meeting, by=seat.member, **form.said)
    except meetings.Settled:
        messages.warning(request, _("It was held or called off already, so it stays as it was."))
    else:
        messages.success(request, _("Saved. When the time or place is another, the team is told."))
    return redirect(meetings.url_of(meeting))


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Ask once, then call it off."""
    only_while_open(seat)
    meeting = meeting_or_404(seat, meeting_pk)
    if request.method != "POST":
        return render(request, "engagements/meetings/call_off.html", {"seat": seat, "meeting": meeting})
    was_over = meeting.is_over
    try:
        meetings.call_off(meeting=meeting, by=seat.member)
        said = _("It is noted as not held.") if was_over else _("It is called off, and the team is told.")
        messages.success(request, said)
    except meetings.Settled:
        messages.warning(request, _("It was held already, so it can't be called off."))
    return redirect(meetings.url_of(meeting))


@for_steering
@require_POST
def hold(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Say that it took place; who was there comes next."""
    only_while_open(seat)
    meeting = meeting_or_404(seat, meeting_pk)
    try:
        meetings.hold(meeting=meeting)
    except meetings.NotYet:
        messages.warning(request, _("Its day hasn't come yet."))
    except meetings.Settled:
        messages.warning(request, _("It was called off."))
    else:
        return redirect("engagements:attendance", seat.engagement.pk, meeting.pk)
    return redirect(meetings.url_of(meeting))


def page(request, seat: Seat, meeting: Meeting, *, status: int = 200, **more) -> HttpResponse:
    """The meeting's page. ``more``: item_form with errors."""
    work = WorkingMeeting(seat, meeting)
    if seat.member is not None:
        presence.note(member=seat.member, step_id=work.place)
    may_steer = seat.steers and seat.engagement.is_open
    is_to_come = not meeting.held_at and not meeting.called_off_at
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "meeting": meeting,
        "work": work,
        "agenda_minutes": agenda.minutes_of(work.items),
        "attendance": list(meeting.attendance.select_related("member__person")) if meeting.held_at else [],
        "may_steer": may_steer,
        "may_plan": may_steer and is_to_come,
        "may_hold": may_steer
        and is_to_come
        and timezone.localdate(meeting.starts_at) <= timezone.localdate(),
        "is_now": is_to_come and timezone.localdate(meeting.starts_at) <= timezone.localdate(),
        "item_form": AgendaItemForm() if may_steer and is_to_come else None,
        **more,
    }
    return render(request, "engagements/meetings/show.html", context, status=status)
