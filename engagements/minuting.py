"""Minuting: what a team writes down of a meeting: notes at each point of its agenda, minutes of the whole.

A meeting asks for them as a step asks its prompts, so they are answers like any other: saved as they are
typed by several at once, merged, kept in versions, sealed (decision 0052).
"""

from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from engagements import answering, filing, presence
from engagements.file_forms import FileForm
from engagements.kinds import MINUTES
from engagements.models import AgendaItem, Answer, EngagementFile, Meeting, Member
from engagements.parts import Part
from engagements.protocols import Prompt
from engagements.seats import Seat


def minutes_of(meeting: Meeting) -> Prompt:
    """What a meeting asks of its team: the minutes."""
    return _asked(f"minutes-{meeting.pk}", pgettext_lazy("what was written of a meeting", "Minutes"))


def notes_at(item: AgendaItem) -> Prompt:
    """What a point of the agenda asks: notes."""
    return _asked(f"point-{item.pk}", item.title)


def has_notes(item: AgendaItem) -> bool:
    """Was anything noted at this point, even if it was taken out again?"""
    engagement_id = item.meeting.engagement_id
    return Answer.objects.filter(engagement=engagement_id, prompt_id=notes_at(item).id).exists()


class WorkingMeeting:
    """One meeting before one person: its points, each with what was noted, and its minutes.

    ``number`` is the round that is being facilitated; 0 on the meeting's own page.
    """

    def __init__(self, seat: Seat, meeting: Meeting, *, number: int = 0) -> None:
        self.seat = seat
        self.meeting = meeting
        self.number = number
        self.may_write = seat.works and not meeting.called_off_at
        self.place = f"meeting-{meeting.pk}"

    @cached_property
    def items(self) -> list[AgendaItem]:
        """The points of the agenda, in order."""
        return list(self.meeting.agenda.all())

    @cached_property
    def points(self) -> list[tuple[AgendaItem, "MeetingPart"]]:
        """Each point with its notes."""
        return [(item, MeetingPart(self, notes_at(item))) for item in self.items]

    @cached_property
    def minutes(self) -> "MeetingPart":
        """The minutes of the whole."""
        return MeetingPart(self, minutes_of(self.meeting))

    @property
    def parts(self) -> list["MeetingPart"]:
        """All that can be written in: the notes in their order, then the minutes."""
        return [*(part for _item, part in self.points), self.minutes]

    @property
    def is_written(self) -> bool:
        """Does a word stand anywhere?"""
        return any(part.value for part in self.parts)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What stands, by the prompt's id: one query."""
        return answering.answers_by_prompt(self.seat.engagement, [part.prompt for part in self.parts])

    @cached_property
    def files(self) -> list[tuple[EngagementFile, bool]]:
        """The papers of the meeting, each with whether this person may take it away."""
        rows = self.meeting.files.select_related("by__person")
        may_write, member = self.seat.works, self.seat.member
        return [(file, may_write and filing.may_take_away(file, member)) for file in rows]

    @property
    def file_form(self) -> FileForm:
        """A form for one more."""
        return FileForm(auto_id="id_paper_%s")

    @cached_property
    def members(self) -> list[Member]:
        """Who is in the team now."""
        return list(self.seat.engagement.members.present().select_related("person"))

    @property
    def here(self) -> list[tuple[Member, str]]:
        """Who else has the meeting open, each with where they write."""
        return presence.others(members=self.members, step_id=self.place, but=self.seat.member)


class MeetingPart(Part):
    """As a prompt of a step, with addresses of its own."""

    work: WorkingMeeting

    @property
    def url(self) -> str:
        """Where it is saved; without script one comes back to the round that one was in."""
        return self._url("minutes") + (f"?round={self.work.number}" if self.work.number else "")

    @property
    def versions_url(self) -> str:
        """Where its versions are."""
        return self._url("minutes_versions")

    @property
    def back_url(self) -> str:
        """Where it stands: in the round that is being facilitated, or on the meeting's page."""
        meeting = self.work.meeting
        args = [meeting.engagement_id, meeting.pk]
        if self.work.number:
            return reverse("engagements:facilitate", args=[*args, self.work.number])
        return f"{reverse('engagements:meeting', args=args)}#{self.prompt.id}"

    def _url(self, name: str) -> str:
        meeting = self.work.meeting
        return reverse(f"engagements:{name}", args=[meeting.engagement_id, meeting.pk, self.prompt.id])


def _asked(id_: str, label: str | Promise) -> Prompt:
    return Prompt(
        id=id_, kind=MINUTES, label=str(label), help="", required=False, in_report=False, report_heading=""
    )
