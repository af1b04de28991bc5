"""Who was at a meeting: noted, and corrected, by who steers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from engagements import attending
from engagements import meeting as meetings
from engagements.models import Member
from engagements.seats import Seat
from engagements.views.own import for_steering, meeting_or_404


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Note for each of the team how long they were there.

    Once the work has ended that can be corrected where clock hours rest on it: such a record has to be right.
    """
    meeting = meeting_or_404(seat, meeting_pk)
    if not (meeting.held_at and (seat.engagement.is_open or hasattr(seat.engagement, "offering"))):
        raise Http404
    team = list(_team(seat, meeting))
    noted = {row.member_id: row.minutes_there for row in meeting.attendance.all()}
    if request.method != "POST":
        rows = [(member, noted.get(member.pk, 0 if noted else meeting.minutes_long)) for member in team]
        return _page(request, seat, meeting, rows)
    said = {member: request.POST.get(f"minutes-{member.pk}", "").strip() for member in team}
    wrong = [member for member, text in said.items() if not _is_minutes(text)]
    if wrong:
        return _page(request, seat, meeting, list(said.items()), wrong=wrong, status=422)
    attending.note(
        meeting=meeting, by=seat.member, minutes={member: int(text or 0) for member, text in said.items()}
    )
    there = sum(1 for text in said.values() if int(text or 0))
    words = ngettext("Noted: %d person was there.", "Noted: %d people were there.", there) % there
    messages.success(request, words)
    return redirect(meetings.url_of(meeting))


def _team(seat: Seat, meeting):
    """The team today, and whoever was noted before they left."""
    present = seat.engagement.members.present().exclude(role=Member.Role.GUEST)
    noted = seat.engagement.members.filter(attendance__meeting=meeting)
    return (present | noted).distinct().select_related("person").order_by("joined_at", "pk")


def _is_minutes(text: str) -> bool:
    return not text or (
        len(text) <= 4 and text.isascii() and text.isdecimal() and int(text) <= attending.MOST_MINUTES
    )


def _page(request, seat: Seat, meeting, rows, *, wrong=(), status: int = 200) -> HttpResponse:
    context = {"seat": seat, "engagement": seat.engagement, "meeting": meeting, "rows": rows, "wrong": wrong}
    context["most"] = attending.MOST_MINUTES
    return render(request, "engagements/meetings/attendance.html", context, status=status)
