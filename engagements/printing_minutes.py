"""Printing minutes: what a team wrote down of a meeting, as tagged PDF."""

from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.printing import render
from engagements.minuting import WorkingMeeting
from engagements.models import Attendance
from engagements.printing import lines_of

_SOURCE = Path(__file__).parent / "print" / "minutes.typ"


def minutes_pdf(work: WorkingMeeting) -> bytes:
    """The minutes as they stand, in the active language."""
    return render(_SOURCE, minutes_words(work), at=timezone.now())


def minutes_words(work: WorkingMeeting) -> dict:
    """All that is printed."""
    meeting, engagement = work.meeting, work.seat.engagement
    return {
        "language": translation.get_language(),
        "title": f"{meeting.title} · {engagement.title}",
        "author": "Puget Sound ESD",
        "overline": f"{engagement.title} · {engagement.place}",
        "heading": meeting.title,
        "about": list(filter(None, [_when(meeting), meeting.place, _state(meeting)])),
        "footer": meeting.title,
        "people_heading": _("Who was there"),
        "people": [_person(row) for row in _attendance(meeting)],
        "agenda_heading": _("Agenda"),
        "points": [
            {"heading": item.title, "lines": lines_of(notes.value.get("text", ""))}
            for item, notes in work.points
        ],
        "minutes_heading": pgettext("what was written of a meeting", "Minutes"),
        "minutes": lines_of(work.minutes.value.get("text", "")),
    }


def _when(meeting) -> str:
    begin, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    words = {"day": date_format(begin, "FULL_DAY_FORMAT")}
    words |= {"begin": time_format(begin), "end": time_format(end)}
    return _("%(day)s, %(begin)s to %(end)s, Pacific time") % words


def _state(meeting) -> str:
    if meeting.called_off_at:
        return _("Called off")
    return "" if meeting.held_at else _("Not noted as held")


def _attendance(meeting) -> list[Attendance]:
    return list(meeting.attendance.filter(was_there=True).select_related("member__person"))


def _person(row: Attendance) -> str:
    minutes = ngettext("%d minute", "%d minutes", row.minutes_there) % row.minutes_there
    return f"{row.member.called}, {row.member.get_role_display()}, {minutes}"
