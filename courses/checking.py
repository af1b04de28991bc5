"""Checking: answering a knowledge check, and what is said of the answer.

The key never leaves the server before an answer is given. What is said then is about the answers that were
chosen; the rest is told when the check is settled: passed, or its tries used up.
"""

from dataclasses import dataclass

from django.db import transaction

from cms.resolved import ResolvedBlock
from courses import completing
from courses.completing import plain_words, wording
from courses.curricula import Curriculum, curriculum_of
from courses.models import CheckAttempt, Enrollment
from courses.questions import Question, asked_at, needed, questions_of
from courses.studying import HasLeft

KINDS = ("check", "pool")


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

    ``number`` is the try that the person saw the form for: sending the same form twice is one try. Of a pool,
    ``choices`` answer all the questions that this try asks.

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
    block = next(filter(None, (curriculum.block(module_key, block_id, kind) for kind in KINDS)), None)
    if block is None:
        raise NotACheck(block_id)
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
        _must_answer(asked_at(block, enrollment_id=enrollment.pk, number=len(tries) + 1), choices)
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


@dataclass(frozen=True)
class Asked:
    """One question on the page: its answers in order, and what may be said of it by now."""

    question: Question
    answers: list[Judged]
    is_right: bool | None = None

    @property
    def said_of_chosen(self) -> object:
        """What is said to the one answer that was chosen, where just one is."""
        chosen = [answer.feedback for answer in self.answers if answer.is_chosen and answer.feedback]
        return chosen[0] if self.question.has_one_answer and chosen else ""


def judged(block: ResolvedBlock, *, enrollment_id: int, attempt: CheckAttempt | None) -> list[Judged]:
    """The answers of a check in the order in which this person sees them, with what the last try brought out.

    The order stays from try to try, since what is said of an answer stands beside it.
    """
    (question,) = questions_of(block).values()
    return _judged(question, block, attempt, seed=(enrollment_id,))


def form_of(block: ResolvedBlock, *, enrollment_id: int, number: int, choices=()) -> list[Asked]:
    """What a pool asks at try ``number``; ``choices`` are ticked already. Nothing is told of them."""
    return [
        Asked(
            question,
            [
                Judged(id_, question.answers[id_]["text"], place, id_ in choices)
                for place, id_ in enumerate(_in_order(question, choices, (enrollment_id, number)), start=1)
            ],
        )
        for question in asked_at(block, enrollment_id=enrollment_id, number=number)
    ]


def outcome_of(block: ResolvedBlock, *, enrollment_id: int, attempt: CheckAttempt) -> list[Asked]:
    """What a pool asked at ``attempt``, with what may be told of it.

    Which questions those were is seen by the answers that were given: an editor may have changed the pool.
    """
    answered = [one for one in questions_of(block).values() if one.is_answered_by(attempt.choices)]
    turns = {id_: turn for turn, id_ in enumerate(attempt.choices)}
    answered.sort(key=lambda question: min(turns[id_] for id_ in question.chosen(attempt.choices)))
    seed = (enrollment_id, attempt.number)
    return [
        Asked(question, _judged(question, block, attempt, seed=seed), question.score(attempt.choices) == 100)
        for question in answered
    ]


def is_settled(block: ResolvedBlock, attempt: CheckAttempt | None) -> bool:
    """Passed, or no try left?"""
    limit = block.value["attempts"]
    return attempt is not None and (attempt.passed or bool(limit and attempt.number >= limit))


def _judged(question, block, attempt, *, seed) -> list[Judged]:
    right = {id_: place for place, id_ in enumerate(question.answers, start=1)}
    choices = attempt.choices if attempt else ()
    return [
        _judge(question, id_, place, right[id_], choices, attempt, is_settled(block, attempt))
        for place, id_ in enumerate(_in_order(question, choices, seed), start=1)
    ]


def _in_order(question, choices, seed) -> list[str]:
    """The order of the answers: that which the person gave, or what the lot says."""
    chosen = question.chosen(choices)
    return chosen if question.is_ordering and len(chosen) == len(question.answers) else question.shown(*seed)


def _judge(question, id_, place, right_place, choices, attempt, is_over):
    value, is_chosen = question.answers[id_], id_ in choices
    if attempt is None or not (is_chosen or is_over):
        return Judged(id_, value["text"], place, is_chosen)
    if question.is_ordering:
        verdict = "right" if place == right_place else "wrong"
    elif is_chosen:
        verdict = "right" if value["correct"] else "wrong"
    else:
        # Left alone, rightly: nothing to say. Left alone, wrongly: now it may be told.
        verdict = "right" if value["correct"] else ""
    said = value["feedback"] if verdict else ""
    return Judged(id_, value["text"], place, is_chosen, verdict, said)


def _must_answer(asked: list[Question], choices):
    known = {id_ for question in asked for id_ in question.answers}
    if not set(choices) <= known or not all(question.is_answered_by(choices) for question in asked):
        raise NotAnAnswer(choices)


def _keep(enrollment, module_key, block, choices, number) -> CheckAttempt:
    asked = asked_at(block, enrollment_id=enrollment.pk, number=number)
    scores = [question.score(choices) for question in asked]
    if block.type == "pool":
        hits = scores.count(100)
        score, passed = 100 * hits // len(asked), hits >= needed(block, len(asked))
    else:
        (score,) = scores
        passed = score >= block.value["pass_mark"]
    seed = (enrollment.pk, number) if block.type == "pool" else (enrollment.pk,)
    return CheckAttempt.objects.create(
        enrollment=enrollment,
        module_key=module_key,
        block_id=block.id,
        number=number,
        question=wording(block),
        choices=choices,
        asked=[_as_asked(question, choices, seed) for question in asked],
        score=score,
        passed=passed,
    )


def _as_asked(question, choices, seed) -> dict:
    """A question as it was asked, in plain words, with what was answered: the record outlives the page."""
    return {
        "id": question.id,
        "question": plain_words(question.text),
        "answers": [
            {"id": id_, "text": plain_words(question.answers[id_]["text"])} for id_ in question.shown(*seed)
        ],
        "choices": question.chosen(choices),
        "score": question.score(choices),
    }
