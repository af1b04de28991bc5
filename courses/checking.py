"""Checking: answering a knowledge check, and what is said of the answer.

The key never leaves the server before an answer is given. What is said then is about the answers that were
chosen; the rest is told when the check is settled: passed, or its tries used up.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from cms.tailoring import ResolvedBlock
from courses import completing
from courses.completing import wording
from courses.curricula import Curriculum, curriculum_of
from courses.models import CheckAttempt, Enrollment
from courses.studying import HasLeft

ONE = ("single", "truefalse")


class NotACheck(Exception):
    """This person's module has no such check."""


class NotAnAnswer(Exception):
    """What was sent doesn't answer it: nothing chosen, too much, or answers that it doesn't have."""


class NoTriesLeft(Exception):
    """The tries that the check allows are used up."""


def answer(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    choices: list[str],
    number: int | None = None,
    curriculum: Curriculum | None = None,
) -> CheckAttempt:
    """Judge ``choices`` (ids of answers; for *ordering* all of them in the order given) and keep the try.

    ``number`` is the try that the person saw the form for: sending the same form twice is one try.

    Raises:
        NotACheck: no such check, or none that this person gets.
        NotAnAnswer: the choices don't fit the check.
        NoTriesLeft: all tries are used up.
        HasLeft: the person withdrew.
        CourseAway: the course is not published.
    """
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        raise HasLeft(enrollment)
    curriculum = curriculum or curriculum_of(enrollment)
    block = curriculum.block(module_key, block_id, "check")
    if block is None:
        raise NotACheck(block_id)
    _must_answer(block, choices)
    with transaction.atomic():
        # Two tries at one moment queue up here, so that neither gets the number of the other.
        Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        tries = list(
            CheckAttempt.objects.filter(enrollment=enrollment, module_key=module_key, block_id=block_id)
        )
        if number is not None and number <= len(tries):
            return tries[number - 1]
        if block.value["attempts"] and len(tries) >= block.value["attempts"]:
            raise NoTriesLeft(block_id)
        attempt = _keep(enrollment, module_key, block, choices, len(tries) + 1)
        completing.recount(enrollment, curriculum=curriculum)
    return attempt


@dataclass(frozen=True)
class Judged:
    """One answer of a check as it is shown: where it stands, whether it was chosen, what is said of it.

    ``verdict`` is ``right``, ``wrong`` or empty for "nothing is told of it (yet)".
    """

    id: str
    text: object
    place: int
    is_chosen: bool = False
    verdict: str = ""
    feedback: object = ""


def judged(block: ResolvedBlock, *, enrollment_id: int, attempt: CheckAttempt | None) -> list[Judged]:
    """The answers in the order in which this person sees them, with what the last try brought out."""
    answers = _answers(block)
    right = {id_: place for place, id_ in enumerate(answers, start=1)}
    chosen = [id_ for id_ in attempt.choices if id_ in answers] if attempt else []
    shown = chosen if _is_ordering(block) and len(chosen) == len(answers) else _shown(block, enrollment_id)
    return [
        _judge(block, answers[id_], id_, place, chosen, right[id_], attempt)
        for place, id_ in enumerate(shown, start=1)
    ]


def is_settled(block: ResolvedBlock, attempt: CheckAttempt | None) -> bool:
    """Passed, or no try left?"""
    limit = block.value["attempts"]
    return attempt is not None and (attempt.passed or bool(limit and attempt.number >= limit))


def _judge(block, value, id_, place, chosen, right_place, attempt):
    is_chosen = id_ in chosen
    if attempt is None or not (is_chosen or is_settled(block, attempt)):
        return Judged(id_, value["text"], place, is_chosen)
    if _is_ordering(block):
        verdict = "right" if place == right_place else "wrong"
    elif is_chosen:
        verdict = "right" if value["correct"] else "wrong"
    else:
        # Left alone, rightly: nothing to say. Left alone, wrongly: now it may be told.
        verdict = "right" if value["correct"] else ""
    said = value["feedback"] if verdict else ""
    return Judged(id_, value["text"], place, is_chosen, verdict, said)


def _must_answer(block, choices):
    known = _answers(block)
    is_fitting = bool(choices) and len(set(choices)) == len(choices) and set(choices) <= set(known)
    if block.value["kind"] in ONE:
        is_fitting = is_fitting and len(choices) == 1
    if _is_ordering(block):
        is_fitting = is_fitting and len(choices) == len(known)
    if not is_fitting:
        raise NotAnAnswer(choices)


def _keep(enrollment, module_key, block, choices, number) -> CheckAttempt:
    score = _score(block, choices)
    return CheckAttempt.objects.create(
        enrollment=enrollment,
        module_key=module_key,
        block_id=block.id,
        number=number,
        question=wording(block),
        choices=choices,
        score=score,
        passed=score >= block.value["pass_mark"],
    )


def _score(block, choices) -> int:
    """The percentage of answers that were judged rightly: chosen or left alone, or put in their place."""
    answers = _answers(block)
    if _is_ordering(block):
        hits = sum(given == right for given, right in zip(choices, answers, strict=True))
    elif block.value["kind"] in ONE:
        return 100 if answers[choices[0]]["correct"] else 0
    else:
        hits = sum((id_ in choices) == bool(value["correct"]) for id_, value in answers.items())
    return 100 * hits // len(answers)


def _answers(block) -> dict[str, dict]:
    """The answers by their ids, in the order in which they were written (for *ordering*, the right one)."""
    return {str(child.id): child.value for child in block.value["answers"].bound_blocks}


def _is_ordering(block) -> bool:
    return block.value["kind"] == "ordering"


def _shown(block, enrollment_id) -> list[str]:
    """The order on the page: as written; for *ordering* shuffled, for one person always the same way."""
    written = list(_answers(block))
    if not _is_ordering(block):
        return written
    shuffled = sorted(written, key=lambda id_: hashlib.sha256(f"{enrollment_id}:{id_}".encode()).digest())
    return shuffled if shuffled != written else [*shuffled[1:], shuffled[0]]
