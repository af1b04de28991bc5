"""Parts: what a module asks of its reader, each with what they answered so far."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from cms import captions
from cms.blocks.doing import starters_of
from cms.resolved import ResolvedBlock
from courses import (
    checking,
    committing,
    questions,
    reflecting,
)
from courses.bringing_back import Recalled
from courses.models import (
    CheckAttempt,
    Commitment,
    Enrollment,
    MediaPosition,
    Reflection,
)


@dataclass(frozen=True)
class Part:
    """A block that asks something, in the player: what the templates in ``courses/parts`` draw."""

    enrollment: Enrollment
    module_key: object
    block: ResolvedBlock
    is_done: bool
    name: ClassVar[str] = ""

    @property
    def block_id(self) -> str:
        """The block's identity in its module."""
        return self.block.id

    @property
    def value(self):
        """What the editor wrote."""
        return self.block.value

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"courses/parts/{self.block.type}.html"

    @property
    def url(self) -> str:
        """Where it is saved or answered."""
        return self._url(self.name)

    def _url(self, name: str) -> str:
        return address_at(name, self.enrollment.pk, self.module_key, self.block_id)


@lru_cache(maxsize=4096)
def address_at(name: str, enrollment_pk: int, module_key: UUID, block_id: str) -> str:
    """An address at one block of a module. A page has dozens of them, and its reader comes back to it."""
    return reverse(f"courses:{name}", args=[enrollment_pk, module_key, block_id])


@dataclass(frozen=True)
class ReflectionPart(Part):
    """A prompt and the person's own words."""

    reflection: Reflection | None = None
    recalled: dict[str, Recalled] = field(default_factory=dict)
    name: ClassVar[str] = "reflection"

    @property
    def earlier(self) -> Recalled | None:
        """The same question asked earlier, and what was answered; None where it isn't the later of a pair."""
        return self.recalled.get("before")

    @property
    def quoted(self) -> Recalled | None:
        """An earlier prompt that this one brings back, and what was answered there."""
        return self.recalled.get("quotes")

    @property
    def steps(self) -> list[str]:
        """The steps of its scale, as marks; none where it has no scale."""
        return reflecting.steps_of(self.block)

    @property
    def mark(self) -> str:
        """The step that was chosen."""
        return self.reflection.mark if self.reflection else ""

    @property
    def starters(self) -> list[str]:
        """Ways to begin."""
        return starters_of(self.value)

    @property
    def sharing(self) -> str:
        """Who can read it now."""
        return self.reflection.sharing if self.reflection else Reflection.Sharing.PRIVATE

    @property
    def sharing_label(self) -> str:
        """Who can read it now, in words."""
        return Reflection.Sharing(self.sharing).label

    @cached_property
    def widths(self) -> list[tuple[str, str]]:
        """The ways in which the person may share it, as (value, label), from the fewest readers on."""
        widest = max(reflecting.WIDTHS.index(self.value["share"]), reflecting.WIDTHS.index(self.sharing))
        return [(width.value, width.label) for width in reflecting.WIDTHS[: widest + 1]]

    @property
    def limit(self) -> int:
        """How many characters fit."""
        return reflecting.LIMIT

    @property
    def sharing_url(self) -> str:
        """Where sharing is changed."""
        return self._url("reflection_sharing")

    @property
    def versions_url(self) -> str:
        """Where earlier texts are."""
        return self._url("reflection_versions")

    @property
    def deletion_url(self) -> str:
        """Where it is deleted."""
        return self._url("reflection_deletion")


@dataclass(frozen=True)
class CheckPart(Part):
    """A check, and what the last try brought out."""

    tries: tuple[CheckAttempt, ...] = ()
    name: ClassVar[str] = "check"

    @property
    def attempt(self) -> CheckAttempt | None:
        """The last try."""
        return self.tries[-1] if self.tries else None

    @property
    def number(self) -> int:
        """Which try the form is for."""
        return len(self.tries) + 1

    @cached_property
    def answers(self) -> list[checking.Judged]:
        """The answers in this person's order, with what may be said of each by now."""
        return checking.judged(self.block, enrollment_id=self.enrollment.pk, attempt=self.attempt)

    @property
    def has_one_answer(self) -> bool:
        """Is just one answer chosen, so that what is said of it is said of the whole?"""
        return self.value["kind"] in questions.ONE

    @property
    def tries_left(self) -> int | None:
        """How many tries are left; None where they aren't counted."""
        limit = self.value["attempts"]
        return max(0, limit - len(self.tries)) if limit else None

    @property
    def is_settled(self) -> bool:
        """Passed, or no try left?"""
        return checking.is_settled(self.block, self.attempt)


@dataclass(frozen=True)
class PoolPart(CheckPart):
    """A pool: what the last try brought out and what the next one asks; ``sent`` was just refused."""

    sent: tuple[str, ...] = ()

    @cached_property
    def form(self) -> list[checking.Asked]:
        """The questions of the next try."""
        return checking.form_of(
            self.block, enrollment_id=self.enrollment.pk, number=self.number, choices=self.sent
        )

    @cached_property
    def outcome(self) -> list[checking.Asked]:
        """The questions of the last try, with what may be told of them; none before there was one."""
        if not self.attempt:
            return []
        return checking.outcome_of(self.block, enrollment_id=self.enrollment.pk, attempt=self.attempt)

    @property
    def right_count(self) -> int:
        """How many of the last try's questions were answered rightly."""
        return sum(asked.is_right for asked in self.outcome)

    @property
    def needed(self) -> int:
        """How many of the next try's questions pass it."""
        return questions.needed(self.block, len(self.form))


@dataclass(frozen=True)
class ActionPart(Part):
    """One thing to try, and the day that the person set for it."""

    commitment: Commitment | None = None
    name: ClassVar[str] = "commitment"
    own_words_limit: ClassVar[int] = committing.OWN_WORDS

    @property
    def day(self) -> datetime.date:
        """The day that the form begins with."""
        if self.commitment and self.commitment.due_on >= timezone.localdate():
            return self.commitment.due_on
        return timezone.localdate() + datetime.timedelta(days=self.value["in_days"] or 7)

    @property
    def outcome_url(self) -> str:
        """Where the person says how it went."""
        return self._url("outcome")


@dataclass(frozen=True)
class MediaPart(Part):
    """A film or recording that plays on the page, and where the person is in it."""

    position: MediaPosition | None = None
    name: ClassVar[str] = "viewing"

    @property
    def template(self) -> str:
        """The template that draws it."""
        return "courses/parts/media.html"

    @cached_property
    def cues(self) -> tuple[captions.Cue, ...]:
        """The lines of its captions."""
        return captions.cues_of(self.value["captions"])

    @property
    def seconds(self) -> int:
        """Where it goes on; at the beginning once it was played to its end."""
        return self.position.seconds if self.position else 0

    @property
    def reading_url(self) -> str:
        """Where the person says that they have read the transcript."""
        return self._url("viewing_read")
