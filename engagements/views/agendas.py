"""The points of a meeting's agenda, changed by who steers; and the rounds one at a time, to facilitate by."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagements import agenda
from engagements import meeting as meetings
from engagements.meeting_forms import AgendaItemForm
from engagements.minuting import WorkingMeeting
from engagements.protocols import NotInProtocol
from engagements.seats import Seat
from engagements.views.meetings import page
from engagements.views.own import for_steering, meeting_or_404, only_while_open


@for_steering
@require_POST
def create(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Add a point at the end."""
    meeting = _to_come(seat, meeting_pk)
    form = AgendaItemForm(request.POST)
    if not form.is_valid():
        return page(request, seat, meeting, item_form=form, status=422)
    item = agenda.add(meeting=meeting, **form.cleaned_data)
    return redirect(f"{meetings.url_of(meeting)}#item-{item.pk}")


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, meeting_pk: int, item_pk: int) -> HttpResponse:
    """Change a point, move it, or take it off."""
    meeting = _to_come(seat, meeting_pk)
    item = get_object_or_404(meeting.agenda, pk=item_pk)
    if "remove" in request.POST:
        try:
            agenda.remove(item)
        except agenda.HasNotes:
            messages.warning(request, _("Something was noted at this point, so it stays on the agenda."))
        return redirect(f"{meetings.url_of(meeting)}#agenda")
    if "move" in request.POST:
        agenda.move(item, earlier=request.POST["move"] == "earlier")
        return redirect(f"{meetings.url_of(meeting)}#item-{item.pk}")
    form = AgendaItemForm(request.POST or None, instance=item)
    if not form.is_valid():
        context = {"seat": seat, "meeting": meeting, "item": item, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "engagements/meetings/item.html", context, status=status)
    agenda.rewrite(item=item, **form.cleaned_data)
    return redirect(f"{meetings.url_of(meeting)}#item-{item.pk}")


@for_steering
@never_cache
@require_safe
def facilitate(request: HttpRequest, seat: Seat, meeting_pk: int, number: int) -> HttpResponse:
    """Show one round: what to say, its minutes, what is noted, and what follows."""
    meeting = meeting_or_404(seat, meeting_pk)
    work = WorkingMeeting(seat, meeting, number=number)
    items = work.items
    if meeting.called_off_at or not 1 <= number <= len(items):
        raise Http404
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "meeting": meeting,
        "items": items,
        "work": work,
        "item": items[number - 1],
        "notes": work.points[number - 1][1],
        "number": number,
        "following": items[number] if number < len(items) else None,
        "facilitation": _facilitation(seat, meeting.step_id),
    }
    return render(request, "engagements/meetings/facilitate.html", context)


def _to_come(seat: Seat, meeting_pk: int):
    only_while_open(seat)
    meeting = meeting_or_404(seat, meeting_pk)
    if meeting.held_at or meeting.called_off_at:
        raise Http404
    return meeting


def _facilitation(seat: Seat, step_id: str) -> str:
    """What the protocol tells the coach alone; a newer version may no longer have the step."""
    if not seat.coaches or not step_id:
        return ""
    try:
        return seat.plan.step(step_id).facilitation
    except NotInProtocol:
        return ""
