"""Who was at the meetings: noted by who steers, added up for who reads the work."""

import csv

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.transcripts import safe_cell
from engagements import attending
from engagements import meeting as meetings
from engagements.models import Member
from engagements.seats import Seat
from engagements.views.own import for_seat, for_steering, meeting_or_404, only_while_open
from roster.standing import standing_of


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, meeting_pk: int) -> HttpResponse:
    """Note for each of the team how long they were there."""
    only_while_open(seat)
    meeting = meeting_or_404(seat, meeting_pk)
    if not meeting.held_at:
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


@for_seat
@require_safe
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Add up who attended how much: for who steers it and PSESD's administrators."""
    if not adds_up(request.user, seat):
        raise Http404
    context = {"seat": seat, "engagement": seat.engagement, "attended": attending.attended(seat.engagement)}
    return render(request, "engagements/meetings/attended.html", context)


@for_seat
@require_safe
def export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a file, for the records of an approved clock-hour offering."""
    if not adds_up(request.user, seat):
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="attendance-{seat.engagement.pk}.csv"'
    response.write("\ufeff")
    file = csv.writer(response)
    file.writerow([_("Name"), _("Email"), _("Role"), _("Meetings"), _("Days"), _("Minutes"), _("Hours")])
    for one in attending.attended(seat.engagement):
        email = one.member.person.email if one.member.person_id else ""
        days = " ".join(day.isoformat() for day in one.days)
        row = [one.member.called, email, one.member.get_role_display(), one.meetings, days]
        file.writerow([*map(safe_cell, row), one.minutes, one.hours])
    return response


def adds_up(user, seat: Seat) -> bool:
    """May they see who came how often? Who steers may; administrators, unless it is confidential."""
    return seat.steers or (seat.reads and standing_of(user).is_admin)


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
