"""Working: one step as a person has it before them: its prompts, each with what the team wrote."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements import acting, answering, hearing, presence, progressing, talking
from engagements.models import (
    ActionItem,
    Agreement,
    Answer,
    Comment,
    EngagementFile,
    Member,
    PrivateNote,
    Voice,
)
from engagements.parts import Part, part_of
from engagements.protocols import Step
from engagements.seats import Seat
from engagements.talk_forms import CommentForm


class WorkingStep:
    """One step before one person. Asks for what the step's prompts need, and for nothing else."""

    def __init__(self, seat: Seat, step: Step) -> None:
        self.seat = seat
        self.step = step
        self.may_write = seat.writes(step)
        self.place = step.id

    @property
    def url(self) -> str:
        """Its page."""
        return step_url(self.seat, self.step)

    @property
    def here(self) -> list[tuple[Member, str]]:
        """Who else has it open, each with the prompt that they write in."""
        return presence.others(members=self.members, step_id=self.place, but=self.seat.member)

    @cached_property
    def parts(self) -> list[Part]:
        """The prompts, in order."""
        return [part_of(self, prompt) for prompt in self.step.prompts]

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What stands at the prompts, and at the early scales that late ones look back to."""
        pairs = [prompt.own.get("pair") for prompt in self.step.prompts if prompt.own.get("pair")]
        asked = [prompt for prompt in self.seat.plan.prompts if prompt.id in pairs]
        return answering.answers_by_prompt(self.seat.engagement, [*self.step.prompts, *asked])

    @cached_property
    def members(self) -> list[Member]:
        """Who is in it now."""
        return list(self.seat.engagement.members.present().select_related("person"))

    @cached_property
    def voices(self) -> list[Voice]:
        """All voices of the step."""
        found = hearing.voices_read_by(engagement=self.seat.engagement, member=self.seat.member)
        of_step = found.filter(prompt_id__in=self._ids("voices"))
        return list(of_step.select_related("written_by__person"))

    @cached_property
    def agreements(self) -> list[Agreement]:
        """All agreements of the step."""
        found = self.seat.engagement.agreements.filter(prompt_id__in=self._ids("agreement"))
        return list(found.select_related("member__person"))

    @cached_property
    def action_items(self) -> list[ActionItem]:
        """All that was taken on at the step's prompts."""
        return [item for item in acting.items_of(self.seat.engagement) if item.prompt_id]

    @cached_property
    def files(self) -> list[EngagementFile]:
        """All documents at the step's prompts; a guest reads none of them."""
        if not self.seat.is_whole:
            return []
        return list(
            self.seat.engagement.files.filter(prompt_id__in=self._ids("file")).select_related("by__person")
        )

    @cached_property
    def comments(self) -> list[Comment]:
        """What was said here, each with what it is ``about``; a guest reads none of it."""
        if not self.seat.is_whole:
            return []
        labels = {prompt.id: prompt.label for prompt in self.step.prompts}
        found = talking.comments_at(self.seat.engagement, self.step)
        for comment in found:
            comment.about = labels.get(comment.prompt_id, "")
        return found

    @property
    def open_comments(self) -> list[Comment]:
        """Those about which there is something left to do."""
        return [comment for comment in self.comments if comment.settled_at is None]

    @property
    def settled_comments(self) -> list[Comment]:
        """The others."""
        return [comment for comment in self.comments if comment.settled_at is not None]

    @property
    def comment_form(self) -> CommentForm:
        """A form for one more."""
        called = talking.can_be_called(self.seat.member, self.members)
        return CommentForm(step=self.step, called=called, auto_id="id_comment_%s")

    @cached_property
    def note(self) -> PrivateNote | None:
        """This person's own note here."""
        member = self.seat.member
        if member is None or not self.has_notes:
            return None
        notes = self.seat.engagement.private_notes
        return notes.filter(person_id=member.person_id, step_id=self.step.id).first()

    @property
    def has_notes(self) -> bool:
        """Does the protocol give each member notes of their own?"""
        return self.seat.member is not None and self.seat.plan.settings.private_notes

    @cached_property
    def done(self) -> frozenset[str]:
        """The steps that are done."""
        return progressing.done_steps(self.seat.engagement)

    @property
    def is_done(self) -> bool:
        """Is this one done?"""
        return self.step.id in self.done

    @cached_property
    def outline(self) -> list[dict]:
        """All steps that this person reads, as ``components/outline.html`` draws them."""
        return outline_of(self.seat, self.done, current=self.step.id)

    @property
    def neighbours(self) -> tuple[str, str]:
        """The addresses before and after this one ("" where there is none)."""
        urls = [entry["url"] for entry in self.outline]
        at = next(place for place, entry in enumerate(self.outline) if entry["current"])
        return (urls[at - 1] if at else ""), (urls[at + 1] if at + 1 < len(urls) else "")

    def _ids(self, kind: str) -> list[str]:
        return [prompt.id for prompt in self.step.prompts if prompt.kind == kind]


def outline_of(seat: Seat, done: frozenset[str], current: str = "") -> list[dict]:
    """The steps that a person reads, each with its phase and length."""
    steps = [(phase, step) for phase, steps in seat.phases for step in steps]
    return [
        {
            "title": step.title,
            "url": step_url(seat, step),
            "number": number,
            "note": _("%(phase)s · %(minutes)s min") % {"phase": phase.title, "minutes": step.minutes},
            "done": step.id in done,
            "current": step.id == current,
        }
        for number, (phase, step) in enumerate(steps, start=1)
    ]


def step_url(seat: Seat, step: Step) -> str:
    """A step's page."""
    return reverse("engagements:step", args=[seat.engagement.pk, step.id])
