"""Bringing back: what a person wrote at an earlier prompt of the course, brought back at a later one.

A prompt names the earlier one (:mod:`cms.bringing_back`). The person's own words come back whatever has
become of the prompt since: it may be shown to others only, or have moved. Where there are none, they are
told why.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from cms.bringing_back import WAYS
from cms.resolved import ResolvedBlock, ResolvedModule
from courses.completing import wording
from courses.curricula import Curriculum
from courses.models import Enrollment, Reflection


@dataclass(frozen=True)
class Recalled:
    """An earlier prompt as one person finds it.

    ``block`` is None where they don't get it (any more); ``answer``, where they wrote nothing.
    """

    module_key: object
    block_id: str
    block: ResolvedBlock | None
    answer: Reflection | None = None

    @property
    def at(self) -> tuple:
        """The identity of the prompt."""
        return (self.module_key, self.block_id)

    def url_in(self, enrollment_pk: int) -> str:
        """Where the person can still answer it."""
        return f"{reverse('courses:module', args=[enrollment_pk, self.module_key])}#block-{self.block_id}"


#: A prompt that nobody finds: its name is the course's no more.
NOWHERE = Recalled(None, "", None)


@dataclass(frozen=True)
class Pair:
    """The same question early and late in a course, with what one person answered; either may be missing."""

    block: ResolvedBlock
    module_key: object
    earlier: Recalled
    later: Reflection | None

    @property
    def asked(self) -> str:
        """The question as plain words on one line."""
        return wording(self.block)

    @property
    def is_begun(self) -> bool:
        """Is there anything to show side by side?"""
        return has_words(self.earlier.answer) or has_words(self.later)


def recalled_in(curriculum: Curriculum, resolved: ResolvedModule) -> dict[str, dict[str, Recalled]]:
    """What the prompts of a module bring back, by block id and by the way they do; still without answers."""
    return {
        block.id: {way: _found(curriculum, name) for way in WAYS if (name := block.value.get(way))}
        for block in resolved.blocks
        if block.type == "reflection" and any(block.value.get(way) for way in WAYS)
    }


def with_answers(recalled: dict[str, Recalled], answers: dict[tuple, Reflection]) -> dict[str, Recalled]:
    """The same, with the answers that are there, of those given by module key and block id."""
    return {
        way: dataclasses.replace(one, answer=_in_words(answers.get(one.at))) for way, one in recalled.items()
    }


def pairs_of(enrollment: Enrollment, curriculum: Curriculum) -> list[Pair]:
    """The pairs of the course as this person gets it, of which something is answered. One query, if any."""
    late = list(_late_prompts(curriculum))
    if not late:
        return []
    answers = {(row.module_key, row.block_id): row for row in enrollment.reflections.all()}
    pairs = []
    for key, block in late:
        earlier = _found(curriculum, block.value["before"])
        earlier = with_answers({"before": earlier}, answers)["before"]
        pairs.append(Pair(block, key, earlier, _in_words(answers.get((key, block.id)))))
    return [pair for pair in pairs if pair.is_begun]


def has_words(answer: Reflection | None) -> bool:
    """Is there an answer, in words or as a mark?"""
    return bool(answer and (answer.text.strip() or answer.mark))


def _in_words(answer):
    return answer if has_words(answer) else None


def _late_prompts(curriculum) -> Iterator[tuple]:
    for module in curriculum.modules:
        for block in curriculum.resolve(module.key).blocks:
            if block.type == "reflection" and block.value.get("before"):
                yield module.key, block


def _found(curriculum, name: str) -> Recalled:
    at = curriculum.prompt_named(name)
    if at is None:
        return NOWHERE
    return Recalled(*at, curriculum.block(*at, "reflection"))
