"""Parts: a prompt of a step as a person has it before them, with what the team wrote; a class a kind."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from engagements import drawing
from engagements.action_forms import ActionForm
from engagements.file_forms import FileForm
from engagements.kinds import KINDS, LIMIT
from engagements.models import ActionItem, Agreement, Answer, EngagementFile, Member, Voice
from engagements.protocols import Column, Prompt

if TYPE_CHECKING:
    from engagements.working import WorkingStep


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
    def may_add(self) -> bool:
        """May this person add what has an owner: something taken on, a file? Guests may not."""
        return self.may_write and self.work.seat.works

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
    def back_url(self) -> str:
        """Where it stands."""
        return f"{self.work.url}#prompt-{self.prompt.id}"

    @property
    def url(self) -> str:
        """Where it is saved."""
        return reverse("engagements:answer", args=[self.work.seat.engagement.pk, self.prompt.id])

    @property
    def versions_url(self) -> str:
        """Where its versions are."""
        return reverse("engagements:versions", args=[self.work.seat.engagement.pk, self.prompt.id])


class TablePart(Part):
    """A table, row by row."""

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


class ScalePart(Part):
    """A mark between two ends, and the early one beside a late one."""

    @cached_property
    def early(self) -> int | None:
        """The mark at the beginning, beside a scale that asks again late."""
        if self.prompt.own.get("moment") != "late":
            return None
        early = self.work.answers.get(self.prompt.own.get("pair"))
        return early.value.get("mark") if early else None


class FiguresPart(Part):
    """A table of figures with its drawing."""

    @property
    def chart(self) -> drawing.Chart | None:
        """A table of figures as the chart that its prompt wants."""
        return drawing.chart_of(self.value, self.prompt.own.get("chart", "bar"))


class DecisionPart(Part):
    """What was decided, and the words that its prompt asks for."""

    @property
    def words(self) -> list[tuple[str, str]]:
        """What a decision asks for in words, each with what stands there."""
        names = [name for name in ("reasons", "conditions") if self.prompt.own.get(name)]
        return [(name, self.value.get(name, "")) for name in names]


class VoicesPart(Part):
    """What stakeholders said."""

    @property
    def voices(self) -> list[Voice]:
        """What stakeholders said."""
        return [voice for voice in self.work.voices if voice.prompt_id == self.prompt.id]

    @property
    def asks_guests(self) -> bool:
        """Can this person ask somebody by a link to answer here?"""
        return self.work.seat.steers and self.work.step.is_for(Member.Role.GUEST)


class AgreementPart(Part):
    """Who agreed."""

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


class ActionsPart(Part):
    """What was taken on here."""

    @property
    def actions(self) -> list[ActionItem]:
        """What was taken on here."""
        return [item for item in self.work.action_items if item.prompt_id == self.prompt.id]

    @property
    def action_form(self) -> ActionForm:
        """A form for one more, with ids of its own: a step may ask twice."""
        seat = self.work.seat
        auto_id = f"id_{self.prompt.id}_%s"
        return ActionForm(engagement=seat.engagement, member=seat.member, auto_id=auto_id)


class FilesPart(Part):
    """The documents that were put here."""

    @property
    def files(self) -> list[EngagementFile]:
        """The documents that were put here, for who reads the whole."""
        return [file for file in self.work.files if file.prompt_id == self.prompt.id]

    @property
    def file_form(self) -> FileForm:
        """A form for one more."""
        return FileForm(auto_id=f"id_{self.prompt.id}_%s")


#: The parts of kinds that have more to show than an answer.
PARTS: dict[str, type[Part]] = {
    "table": TablePart,
    "scale": ScalePart,
    "data": FiguresPart,
    "decision": DecisionPart,
    "voices": VoicesPart,
    "agreement": AgreementPart,
    "actions": ActionsPart,
    "file": FilesPart,
}


def part_of(work: "WorkingStep", prompt: Prompt) -> Part:
    """``prompt`` in ``work``, as its kind has it."""
    return PARTS.get(prompt.kind, Part)(work, prompt)


def said_saved(answer: Answer, reader: Member | None) -> str:
    """When and by whom ``answer`` was saved last, for its reader."""
    at = timezone.localtime(answer.saved_at)
    when = time_format(at) if at.date() == timezone.localdate() else date_format(at, "SHORT_DATETIME_FORMAT")
    if reader is not None and answer.saved_by_id == reader.pk:
        return _("Saved %(when)s by you") % {"when": when}
    return _("Saved %(when)s by %(name)s") % {"when": when, "name": answer.saved_by.called}
