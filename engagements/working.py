"""Working: one step as a person has it before them: its prompts, each with what the team wrote."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from engagements import acting, answering, drawing, hearing, presence, progressing, talking
from engagements.action_forms import ActionForm
from engagements.file_forms import FileForm
from engagements.kinds import KINDS, LIMIT
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
from engagements.protocols import Column, Prompt, Step
from engagements.seats import Seat
from engagements.talk_forms import CommentForm


@dataclass(frozen=True)
class Part:
    """A prompt with its answer, or with its rows where its kind keeps rows of its own."""

    work: "WorkingStep"
    prompt: Prompt

    @property
    def templates(self) -> list[str]:
        """The template of its kind; one that shows the question alone where a kind has none."""
        return [f"engagements/prompts/{self.prompt.kind}.html", "engagements/prompts/other.html"]

    @property
    def may_write(self) -> bool:
        """May this person write here?"""
        return self.work.may_write

    @property
    def limit(self) -> int:
        """How many characters fit."""
        return LIMIT

    @cached_property
    def answer(self) -> Answer | None:
        """What stands now."""
        return self.work.answers.get(self.prompt.id)

    @cached_property
    def value(self) -> dict:
        """What stands now, as it is stored; empty where nothing is."""
        return self.answer.value if self.answer else {}

    @property
    def lines(self) -> list[str]:
        """The answer in words, for who only reads."""
        return KINDS[self.prompt.kind].lines(self.prompt, self.value)

    @property
    def saved(self) -> str:
        """When and by whom it was saved last, in a sentence."""
        return said_saved(self.answer, self.work.seat.member) if self.answer else ""

    @property
    def chosen(self) -> list[str]:
        """The options that are chosen."""
        return self.value.get("chosen") or [self.value.get("choice")]

    @property
    def words(self) -> list[tuple[str, str]]:
        """What a decision asks for in words, each with what stands there."""
        names = [name for name in ("reasons", "conditions") if self.prompt.own.get(name)]
        return [(name, self.value.get(name, "")) for name in names]

    @cached_property
    def rows(self) -> list[dict]:
        """A table's rows with their cells; an empty one at the end for who writes."""
        rows = list(self.value.get("rows", []))
        if self.may_write:
            rows.append({"id": str(uuid.uuid4()), "cells": {}})
        return [
            {
                "id": row["id"],
                "cells": [
                    (column, self._cell(column, row["cells"].get(column.id, "")))
                    for column in self.prompt.columns
                ],
            }
            for row in rows
        ]

    def _cell(self, column: Column, stored: str) -> str:
        """A form sends what is stored; who only reads reads it in their language."""
        return stored if self.may_write else column.shown(stored)

    @property
    def blank_row(self) -> dict:
        """The row that a script copies; it puts an id of its own in the place of ``__row__``."""
        return {"id": "__row__", "cells": [(column, "") for column in self.prompt.columns]}

    @cached_property
    def early(self) -> int | None:
        """The mark at the beginning, beside a scale that asks again late."""
        if self.prompt.own.get("moment") != "late":
            return None
        early = self.work.answers.get(self.prompt.own.get("pair"))
        return early.value.get("mark") if early else None

    @property
    def chart(self) -> drawing.Chart | None:
        """A table of figures as the chart that its prompt wants."""
        return drawing.chart_of(self.value, self.prompt.own.get("chart", "bar"))

    @property
    def voices(self) -> list[Voice]:
        """What stakeholders said."""
        return [voice for voice in self.work.voices if voice.prompt_id == self.prompt.id]

    @property
    def asks_guests(self) -> bool:
        """Can this person ask somebody by a link to answer here?"""
        return self.work.seat.steers and self.work.step.is_for(Member.Role.GUEST)

    @property
    def agreements(self) -> list[Agreement]:
        """Who agreed, and when."""
        return [row for row in self.work.agreements if row.prompt_id == self.prompt.id]

    @property
    def to_agree(self) -> list[Member]:
        """Who hasn't yet, of those who work in it and have an account."""
        agreed = {row.member_id for row in self.agreements}
        return [
            member
            for member in self.work.members
            if member.works and member.person_id and member.pk not in agreed
        ]

    @property
    def own_agreement(self) -> bool:
        """Has this person agreed?"""
        member = self.work.seat.member
        return member is not None and any(row.member_id == member.pk for row in self.agreements)

    @property
    def actions(self) -> list[ActionItem]:
        """What was taken on here."""
        return [item for item in self.work.action_items if item.prompt_id == self.prompt.id]

    @property
    def files(self) -> list[EngagementFile]:
        """The documents that were put here, for who reads the whole."""
        return [file for file in self.work.files if file.prompt_id == self.prompt.id]

    @property
    def file_form(self) -> FileForm:
        """A form for one more."""
        return FileForm(auto_id=f"id_{self.prompt.id}_%s")

    @property
    def may_add(self) -> bool:
        """May this person add what has an owner: something taken on, a file? Guests may not."""
        return self.may_write and self.work.seat.works

    @property
    def action_form(self) -> ActionForm:
        """A form for one more, with ids of its own: a step may ask twice."""
        seat = self.work.seat
        auto_id = f"id_{self.prompt.id}_%s"
        return ActionForm(engagement=seat.engagement, member=seat.member, auto_id=auto_id)

    @property
    def back_url(self) -> str:
        """Where it stands."""
        return f"{step_url(self.work.seat, self.work.step)}#prompt-{self.prompt.id}"

    @property
    def url(self) -> str:
        """Where it is saved."""
        return reverse("engagements:answer", args=[self.work.seat.engagement.pk, self.prompt.id])

    @property
    def versions_url(self) -> str:
        """Where its versions are."""
        return reverse("engagements:versions", args=[self.work.seat.engagement.pk, self.prompt.id])


class WorkingStep:
    """One step before one person. Asks for what the step's prompts need, and for nothing else."""

    def __init__(self, seat: Seat, step: Step) -> None:
        self.seat = seat
        self.step = step
        self.may_write = seat.writes(step)
        self.place = step.id

    @property
    def here(self) -> list[tuple[Member, str]]:
        """Who else has it open, each with the prompt that they write in."""
        return presence.others(members=self.members, step_id=self.place, but=self.seat.member)

    @cached_property
    def parts(self) -> list[Part]:
        """The prompts, in order."""
        return [Part(self, prompt) for prompt in self.step.prompts]

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


def said_saved(answer: Answer, reader: Member | None) -> str:
    """When and by whom ``answer`` was saved last, for its reader."""
    at = timezone.localtime(answer.saved_at)
    when = time_format(at) if at.date() == timezone.localdate() else date_format(at, "SHORT_DATETIME_FORMAT")
    if reader is not None and answer.saved_by_id == reader.pk:
        return _("Saved %(when)s by you") % {"when": when}
    return _("Saved %(when)s by %(name)s") % {"when": when, "name": answer.saved_by.called}
