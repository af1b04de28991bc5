"""Finding an engagement within what a person may see, and their seat in it; anything else is a 404."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from engagements.models import Engagement, Meeting
from engagements.protocols import NotInProtocol, Prompt, Step
from engagements.scopes import engagements_visible_to
from engagements.seats import Seat, seat_of
from notices.telling import unread_beside


def for_seat(view: Callable) -> Callable:
    """Give ``view`` the signed-in person's :class:`Seat` instead of an engagement's ``pk``."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        visible = engagements_visible_to(request.user).select_related(
            "protocol_version", "building__district", "district", "offering"
        )
        try:
            engagement = unread_beside(visible.filter(pk=pk), request.user)
        except Engagement.DoesNotExist:
            raise Http404 from None
        return view(request, seat_of(user=request.user, engagement=engagement), **kwargs)

    return answer


def for_steering(view: Callable) -> Callable:
    """As :func:`for_seat`, but only for who says who is in it and when it ends."""

    @for_seat
    @wraps(view)
    def answer(request: HttpRequest, seat: Seat, **kwargs) -> HttpResponse:
        if not seat.steers:
            raise Http404
        return view(request, seat, **kwargs)

    return answer


def meeting_or_404(seat: Seat, meeting_pk: int) -> Meeting:
    """The meeting, where the person reads all of the work: a guest is there for a step."""
    if not seat.is_whole:
        raise Http404
    meeting = get_object_or_404(seat.engagement.meetings, pk=meeting_pk)
    meeting.engagement = seat.engagement
    return meeting


def only_while_open(seat: Seat) -> None:
    """Once the work has ended, its meetings are a part of the record."""
    if not seat.engagement.is_open:
        raise Http404


def step_or_404(seat: Seat, step_id: str, *, to_write: bool = False) -> Step:
    """The step, where the person may read it, or, ``to_write``, write in it."""
    try:
        step = seat.plan.step(step_id)
    except NotInProtocol:
        raise Http404 from None
    if not (seat.writes(step) if to_write else seat.sees(step)):
        raise Http404
    return step


def prompt_or_404(seat: Seat, prompt_id: str, *, to_write: bool = False) -> tuple[Step, Prompt]:
    """The prompt with its step, under the same condition."""
    try:
        step = seat.plan.step_of(prompt_id)
    except NotInProtocol:
        raise Http404 from None
    return step_or_404(seat, step.id, to_write=to_write), seat.plan.prompt(prompt_id)
