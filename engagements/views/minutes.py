"""What a team writes down of a meeting: notes at its points, and its minutes; read by who reads the work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.views.sent import whole_number
from engagements import printing_minutes
from engagements.minuting import MeetingPart, WorkingMeeting
from engagements.seats import Seat
from engagements.views import writing
from engagements.views.own import for_seat, meeting_or_404


@for_seat
@require_POST
def update(request: HttpRequest, seat: Seat, meeting_pk: int, prompt_id: str) -> HttpResponse:
    """Save what was typed (:func:`writing.save`)."""
    return writing.save(request, _part(request, seat, meeting_pk, prompt_id, to_write=True))


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, seat: Seat, meeting_pk: int, prompt_id: str) -> HttpResponse:
    """Show who wrote what when; a POST brings a version back."""
    part = _part(request, seat, meeting_pk, prompt_id, to_write=request.method == "POST")
    return writing.versions(request, part, of=part.work.meeting.title)


@for_seat
@never_cache
@require_safe
def now(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Tell a script what others wrote since it looked, and who is here."""
    return writing.now(request, WorkingMeeting(seat, meeting_or_404(seat, meeting_pk)))


@for_seat
@never_cache
@require_safe
def pdf(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Give the minutes to be printed: who was there, the notes at each point, the minutes."""
    work = WorkingMeeting(seat, meeting_or_404(seat, meeting_pk))
    name = slugify(work.meeting.title) or "minutes"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(printing_minutes.minutes_pdf(work), content_type="application/pdf", headers=headers)


def _part(request, seat: Seat, meeting_pk: int, prompt_id: str, *, to_write: bool) -> MeetingPart:
    """The notes or minutes of that id, where the person may read them, or, ``to_write``, write there."""
    meeting = meeting_or_404(seat, meeting_pk)
    number = whole_number(request.GET.get("round")) if seat.steers else 0
    work = WorkingMeeting(seat, meeting, number=number)
    part = next((part for part in work.parts if part.prompt.id == prompt_id), None)
    if part is None or (to_write and not work.may_write):
        raise Http404
    return part
