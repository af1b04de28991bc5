"""Evaluating: what participants say of a course. Their answers are stored without them.

A receipt says who has sent one; a sheet of answers says what was said; nothing joins the two. Totals are
shown only where they rest on ten sheets or more (design, section 7).
"""

import functools
import random
import uuid
from dataclasses import dataclass

import yaml
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from cms.models import CoursePage
from courses import completing
from courses.curricula import Curriculum, curriculum_of
from courses.models import Enrollment, EvaluationAnswers, EvaluationReceipt, Participation

SCALE = range(1, 6)
TEXT_LENGTH = 2000
#: Fewer sheets than this say too much about who gave them.
FEWEST = 10

_SOURCE = settings.BASE_DIR / "fixtures" / "evaluation.yaml"
_SENTENCES = {
    "keep": (
        "The part about asking families changed my Monday.",
        "The examples from real classrooms. I saw my own room in them.",
        "The checks were short and made me think.",
        "That it asked what I will do, not what I believe.",
        "My reflections staying mine. I wrote things I would not have said in a meeting.",
        "The pace. I did one module after school each week and it held together.",
        "Our building's own goal was in it, which made it ours.",
        "The action steps. Small enough to try, real enough to matter.",
    ),
    "improve": (
        "More time for the last module, please.",
        "I would like a version to do together as a grade-level team.",
        "One more example from a high school would help.",
        "The reading in module two is long on a phone.",
        "Follow up with us in spring: did the change last?",
        "Examples for specialists who see every class once a week.",
        "A page to print for our committee's meeting.",
    ),
}


class NotDue(Exception):
    """The course asks for no evaluation, or there is still something to do before it."""


class NotAnAnswer(ValueError):
    """An answer is missing, off the scale, too long, or to no question."""


@dataclass(frozen=True)
class Question:
    """One question: ``kind`` is ``scale`` (1 to 5, ``low`` and ``high`` name its ends) or ``text``."""

    name: str
    kind: str
    wordings: dict
    ends: tuple[dict, dict] = ({}, {})
    required: bool = True

    @property
    def asked(self) -> str:
        """The question, in the active language."""
        return _in_words(self.wordings)

    @property
    def low(self) -> str:
        """What a one means."""
        return _in_words(self.ends[0])

    @property
    def high(self) -> str:
        """What a five means."""
        return _in_words(self.ends[1])


@dataclass(frozen=True)
class ScaleTotal:
    """How often each mark was given to a question; ``counts`` goes from one to five."""

    question: Question
    counts: list[int]

    @property
    def answered(self) -> int:
        """How many answered it."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """The mean mark; 0 where nobody answered."""
        marks = sum(mark * count for mark, count in zip(SCALE, self.counts, strict=True))
        return marks / self.answered if self.answered else 0

    @property
    def percent(self) -> int:
        """The mean as a share of the best mark, for a bar."""
        return round(100 * self.mean / SCALE[-1])


@dataclass(frozen=True)
class Totals:
    """What ten sheets or more say together. ``texts`` are pairs of a question and what was written to it."""

    sheets: int
    scales: list[ScaleTotal]
    texts: list[tuple[Question, list[str]]]

    @property
    def mean(self) -> float:
        """The mean of all questions' means."""
        return sum(scale.mean for scale in self.scales) / len(self.scales)

    @property
    def weakest(self) -> ScaleTotal:
        """The question with the lowest mean: where to begin."""
        return min(self.scales, key=lambda scale: scale.mean)


@dataclass(frozen=True)
class Summary:
    """What the evaluations of one course say; ``totals`` is None where they are too few."""

    course_key: uuid.UUID
    title: str
    totals: Totals | None


@functools.lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All that a participant is asked, in order, from ``fixtures/evaluation.yaml``."""
    return tuple(
        Question(
            name=row["name"],
            kind=row["kind"],
            wordings=row["asked"],
            ends=(row.get("low", {}), row.get("high", {})),
            required=row.get("required", True),
        )
        for row in yaml.safe_load(_SOURCE.read_text(encoding="utf-8"))
    )


def is_due(enrollment: Enrollment, *, curriculum: Curriculum | None = None) -> bool:
    """May the person send an evaluation now: is it asked for, not yet sent, and all else done?

    Raises:
        CourseAway: the course is not published.
    """
    curriculum = curriculum or curriculum_of(enrollment)
    if not curriculum.course.asks_for_evaluation or is_sent(enrollment):
        return False
    if enrollment.is_complete:
        return True
    done = set(enrollment.modules.exclude(completed_at=None).values_list("module_key", flat=True))
    asked = {module.key for module in curriculum.asked}
    is_with_coach = curriculum.course.is_facilitated
    has_taken_part = Participation.objects.filter(enrollment=enrollment).exists() if is_with_coach else asked
    return enrollment.is_open and bool(has_taken_part) and asked <= done


def is_sent(enrollment: Enrollment) -> bool:
    """Has the person sent theirs?"""
    return EvaluationReceipt.objects.filter(enrollment=enrollment).exists()


def send(enrollment: Enrollment, answers: dict) -> bool:
    """Store the answers without the person and note that they were sent; this may complete the course.

    Written once: sending again stores nothing. Return whether this one was stored.

    Args:
        answers: question's name → a whole number on the scale, or text. A question that need not be
            answered may be left out.

    Raises:
        NotDue: none is asked for, or something else is still to do.
        NotAnAnswer: an answer that no form of ours sends.
    """
    sheet = _checked(answers)
    with transaction.atomic():
        # The lock lets two presses of a button wait for each other.
        row = (
            Enrollment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrollment.pk)
        )
        if is_sent(row):
            return False
        curriculum = curriculum_of(row)
        if not is_due(row, curriculum=curriculum):
            raise NotDue(row)
        EvaluationReceipt.objects.create(enrollment=row)
        EvaluationAnswers.objects.create(
            id=uuid.uuid4(),
            course_key=row.course_key,
            building_id=row.building_id,
            district_id=row.district_id,
            month=timezone.localdate().replace(day=1),
            answers=sheet,
        )
        completing.recount(row, curriculum=curriculum)
    enrollment.refresh_from_db()
    return True


def title_of(course_key) -> str:
    """The title of a course that has evaluations or may get some, published or not; empty for none."""
    page = CoursePage.objects.filter(translation_key=course_key).order_by("-live", "pk").first()
    if page:
        return page.title
    taken = Enrollment.objects.filter(course_key=course_key).order_by("-pk").first()
    return taken.course_title if taken else ""


def totals(sheets: QuerySet[EvaluationAnswers]) -> "Totals | None":
    """What ``sheets`` say together; None where there are too few to say it without saying who.

    Answers to questions that are asked no more are left out.
    """
    answers = list(sheets.values_list("answers", flat=True))
    if len(answers) < FEWEST:
        return None
    asked = questions()
    return Totals(
        sheets=len(answers),
        scales=[_scale_of(question, answers) for question in asked if question.kind == "scale"],
        texts=[_texts_of(question, answers) for question in asked if question.kind == "text"],
    )


def summaries() -> "list[Summary]":
    """Each course that has evaluations, by title, with its totals."""
    keys = EvaluationAnswers.objects.order_by().values_list("course_key", flat=True).distinct()
    found = [
        Summary(key, title_of(key), totals(EvaluationAnswers.objects.filter(course_key=key))) for key in keys
    ]
    return sorted(found, key=lambda summary: summary.title)


def example_answers(chance: random.Random) -> dict:
    """Plausible answers to everything, for demonstrations: mostly content, sometimes with a sentence."""
    sheet: dict = {}
    for question in questions():
        if question.kind == "scale":
            sheet[question.name] = chance.choices(SCALE, weights=(1, 2, 6, 16, 18))[0]
        elif chance.random() < 0.35:
            sheet[question.name] = chance.choice(_SENTENCES.get(question.name) or _SENTENCES["keep"])
    return sheet


def _checked(answers: dict) -> dict:
    known = {question.name: question for question in questions()}
    if answers.keys() - known.keys():
        raise NotAnAnswer("There is no such question.")
    sheet = {}
    for name, question in known.items():
        answer = answers.get(name)
        if answer in (None, ""):
            if question.required:
                raise NotAnAnswer(f"{name} is not answered.")
            continue
        sheet[name] = _answer(question, answer)
    return sheet


def _answer(question, answer):
    if question.kind == "scale":
        if type(answer) is not int or answer not in SCALE:
            raise NotAnAnswer(f"{question.name} is off the scale.")
        return answer
    if not isinstance(answer, str) or len(answer) > TEXT_LENGTH:
        raise NotAnAnswer(f"{question.name} is too long.")
    return answer.strip()


def _scale_of(question, answers) -> ScaleTotal:
    given = [sheet.get(question.name) for sheet in answers]
    return ScaleTotal(question, [given.count(mark) for mark in SCALE])


def _texts_of(question, answers) -> tuple[Question, list[str]]:
    # Sorted by their words: an order in which they came would say something of who wrote them.
    return question, sorted({sheet[question.name] for sheet in answers if sheet.get(question.name)})


def _in_words(wordings: dict) -> str:
    language = (get_language() or "en").split("-")[0]
    return wordings.get(language) or wordings.get("en", "")
