"""Writing the past of the demonstration: who was assigned what, what they did, and when.

Rows are written as a person's work would have left them; then the product's own counting says what is
complete, so that the demonstration can't claim what the rules wouldn't grant. Last, the moments are moved
to where the story has them.
"""

import datetime
import random
import uuid
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.models import CoursePage
from courses import certifying, completing, evaluating
from courses.completing import wording
from courses.counting import count_words
from courses.curricula import Curricula, Curriculum
from courses.models import (
    Assignment,
    CheckAttempt,
    Commitment,
    Enrollment,
    EvaluationAnswers,
    EvaluationReceipt,
    ModuleProgress,
    Reach,
    Reflection,
    ReflectionVersion,
)
from courses.questions import Question, asked_at
from courses.reflecting import scale_of, steps_of
from lms.demonstration.stories import COMMITTEE, FOUNDATIONS, INQUIRY, LUCIA, SIONE, STORIES, TOOL, Story
from notices.models import Kind, Notice
from roster.models import Building, District, Position
from roster.scopes import staff_of

SEED = 2026


def write() -> int:
    """Write every story; return the number of enrollments. Meant for a region that has none yet."""
    chance = random.Random(SEED)
    told = sum(_tell(story, chance) for story in STORIES)
    _date_notices()
    return told


@dataclass(frozen=True)
class Fate:
    """How far one person comes: modules done, and whether one more is begun; all of them when ``ends``."""

    modules: int = 0
    begins_next: bool = False
    ends: bool = False

    @property
    def has_begun(self) -> bool:
        """Did the person open the course at all?"""
        return self.ends or self.begins_next or self.modules > 0


@transaction.atomic
def _tell(story: Story, chance: random.Random) -> int:
    course = CoursePage.objects.get(slug=story.course, live=True, locale__language_code="en")
    assignment = _assignment(story, course)
    curricula = Curricula(course)
    people = list(_meant(story, assignment))
    begun = [_enroll(person, assignment, story, chance) for person in people]
    for number, enrollment in enumerate(sorted(begun, key=lambda row: chance.random())):
        curriculum = curricula.of(enrollment)
        fate = _fate(enrollment, story, number / len(begun), len(curriculum.asked), chance)
        if fate.has_begun:
            _Work(enrollment, curriculum, fate, story, chance).write()
    completing.recompute_course(course.translation_key)
    _move_endings(course, assignment, story, chance)
    return len(begun)


def _assignment(story: Story, course: CoursePage) -> Assignment:
    building = Building.objects.filter(slug=story.place).first()
    district = None if building else District.objects.get(slug=story.place)
    leads = Position.Role.PRINCIPAL if building else Position.Role.DISTRICT_ADMIN
    leader = Position.objects.current().filter(role=leads, building=building, district=district).first()
    made_at = _moment(story.began, 16)
    return Assignment.objects.create(
        course_key=course.translation_key,
        course_title=course.title,
        by=leader.person,
        building=building,
        district=district,
        roles=list(story.roles),
        due_on=_day(story.due) if story.due is not None else None,
        message=story.message,
        token=uuid.uuid4(),
        made_at=made_at,
        reached_at=made_at,
    )


def _meant(story: Story, assignment: Assignment):
    people = staff_of(building=assignment.building, district=assignment.district)
    if story.roles:
        held = Position.objects.current().filter(role__in=story.roles)
        people = people.filter(positions__in=held)
    return people.distinct().order_by("email")


def _enroll(person, assignment: Assignment, story: Story, chance: random.Random) -> Enrollment:
    enrollment, is_new = Enrollment.objects.get_or_create(
        person=person,
        course_key=assignment.course_key,
        cycle=1,
        defaults={
            "course_title": assignment.course_title,
            "building": assignment.building or _building_of(person),
            "district": assignment.district or assignment.building.district,
            "due_on": assignment.due_on,
            "enrolled_at": assignment.made_at,
        },
    )
    Reach.objects.create(assignment=assignment, enrollment=enrollment, caused_it=is_new)
    Assignment.objects.filter(pk=assignment.pk).update(meant=assignment.meant + 1)
    assignment.meant += 1
    return enrollment


def _building_of(person) -> Building | None:
    held = Position.objects.current().filter(person=person, building__isnull=False)
    first = held.select_related("building").first()
    return first.building if first else None


def _fate(enrollment, story, rank: float, modules: int, chance: random.Random) -> Fate:
    """By rank among the story's people; a few people whom the demonstration signs in as have their own."""
    own = _own_fates().get((enrollment.person.email, story.course))
    if own is not None:
        return own
    if rank < story.done:
        return Fate(ends=True)
    if rank < story.done + story.going:
        return Fate(modules=chance.randint(0, modules - 1), begins_next=True)
    return Fate()


def _own_fates() -> dict:
    return {
        (LUCIA, FOUNDATIONS): Fate(modules=2, begins_next=True),
        (LUCIA, INQUIRY): Fate(),
        (LUCIA, TOOL): Fate(ends=True),
        (LUCIA, COMMITTEE): Fate(),
        (SIONE, FOUNDATIONS): Fate(),
        (SIONE, INQUIRY): Fate(),
        (SIONE, TOOL): Fate(),
    }


class _Work:
    """What one person did in one course."""

    def __init__(self, enrollment, curriculum: Curriculum, fate: Fate, story: Story, chance):
        self.enrollment = enrollment
        self.curriculum = curriculum
        self.fate = fate
        self.chance = chance
        self.is_lucia = enrollment.person.email == LUCIA
        self.opened_at = _moment(chance.randint(story.began + 1, max(story.began + 2, -9)), 19, chance)
        self.last_at = _moment(-chance.randint(1, 8), 20, chance)

    def write(self) -> None:
        modules = self.curriculum.asked
        whole = len(modules) if self.fate.ends else min(self.fate.modules, len(modules) - 1)
        for number, module in enumerate(modules[: whole + self._begins_next(whole, modules)]):
            self._module(module, whole=number < whole, at=self._at(number, len(modules)))
        if self.fate.ends:
            self._evaluate()
        self._store(modules[min(whole, len(modules) - 1)])

    def _begins_next(self, whole, modules) -> int:
        return int(self.fate.begins_next and whole < len(modules))

    def _at(self, number: int, of: int) -> datetime.datetime:
        return self.opened_at + (self.last_at - self.opened_at) * (number / max(1, of))

    def _module(self, module, *, whole: bool, at) -> None:
        read_at = at + datetime.timedelta(minutes=module.minutes) if whole else None
        ModuleProgress.objects.create(
            enrollment=self.enrollment,
            module_key=module.key,
            title=module.title,
            opened_at=at,
            read_at=read_at,
            required=len(self.curriculum.resolve(module.key).required_items),
        )
        blocks = [b for b in self.curriculum.resolve(module.key).blocks if b.type in _WRITERS]
        # Who is in the middle of a module has done its first half.
        for block in blocks if whole else blocks[: len(blocks) // 2]:
            _WRITERS[block.type](self, module, block, at)

    def _reflect(self, module, block, at) -> None:
        words = self._words(block)
        if words:
            reflection = Reflection.objects.create(
                **self._of(module, block),
                **self._mark(block),
                prompt=wording(block),
                module_title=module.title,
                text=words,
                words=count_words(words),
                version=1,
                sharing=self._sharing(block),
                created_at=at,
                saved_at=at,
                kept_at=at,
            )
            self._keep_earlier(reflection, block, at)

    def _keep_earlier(self, reflection, block, at) -> None:
        """Lucía's first words on a prompt, a quarter of an hour before those that she left there."""
        earlier = _words()["earlier"].get(block.value["anchor"]) if self.is_lucia else None
        if earlier:
            ReflectionVersion.objects.create(
                reflection=reflection,
                number=1,
                text=earlier,
                words=count_words(earlier),
                saved_at=at - datetime.timedelta(minutes=14),
            )

    def _mark(self, block) -> dict:
        """A mark on the prompt's scale; a later one of a pair stands higher, as people's do."""
        if not (steps := steps_of(block)):
            return {}
        low, high = (2, len(steps)) if block.value["before"] else (1, len(steps) - 2)
        return {
            "mark": str(self.chance.randint(low, high)),
            "is_marked": True,
            "scale": scale_of(block),
        }

    def _words(self, block) -> str:
        own = _words()["lucia"].get(block.value["anchor"]) if self.is_lucia else None
        if own:
            return own
        if not block.value["required"] and self.chance.random() < 0.5:
            return ""
        words = self.chance.choice(_words()["others"])
        asked = block.value["minimum_words"] or 0
        return words if len(words.split()) >= asked else f"{words} {self.chance.choice(_words()['others'])}"

    def _sharing(self, block) -> str:
        widest = block.value["share"]
        return widest if widest != "private" and self.chance.random() < 0.3 else "private"

    def _answer(self, module, block, at) -> None:
        misses = int(self.chance.random() < 0.35)
        for number in range(1, misses + 2):
            asked = asked_at(block, enrollment_id=self.enrollment.pk, number=number)
            passed = number > misses
            CheckAttempt.objects.create(
                **self._of(module, block),
                number=number,
                question=wording(block),
                choices=[id_ for one in asked for id_ in (_right(one) if passed else list(one.answers)[-1:])],
                score=100 if passed else 0,
                passed=passed,
                answered_at=at + datetime.timedelta(minutes=7 + number),
            )

    def _act(self, module, block, at) -> None:
        made_on = timezone.localdate(at)
        due_on = made_on + datetime.timedelta(days=block.value["in_days"])
        is_past = due_on < timezone.localdate()
        if self.fate.begins_next:  # who is in the middle has some that wait: one past its day, one to come
            is_past = is_past and due_on < _day(-9)
        Commitment.objects.create(
            **self._of(module, block),
            what=wording(block),
            module_title=module.title,
            due_on=due_on,
            made_at=at,
            outcome=self.chance.choice(["done", "done", "partly"]) if is_past else "",
            settled_at=at + datetime.timedelta(days=block.value["in_days"]) if is_past else None,
        )

    def _of(self, module, block) -> dict:
        return {"enrollment": self.enrollment, "module_key": module.key, "block_id": block.id}

    def _evaluate(self) -> None:
        if not self.curriculum.course.asks_for_evaluation:
            return
        EvaluationReceipt.objects.create(enrollment=self.enrollment, sent_on=timezone.localdate(self.last_at))
        EvaluationAnswers.objects.create(
            id=uuid.uuid4(),
            course_key=self.enrollment.course_key,
            building=self.enrollment.building,
            district=self.enrollment.district,
            month=timezone.localdate(self.last_at).replace(day=1),
            answers=evaluating.example_answers(self.chance),
        )

    def _store(self, module) -> None:
        Enrollment.objects.filter(pk=self.enrollment.pk).update(
            status=Enrollment.Status.UNDER_WAY,
            opened_at=self.opened_at,
            last_seen_at=self.last_at,
            resume_module_key=module.key,
        )


def _right(question: Question) -> list[str]:
    """The answers that are right, or all of them in order."""
    return [id_ for id_, value in question.answers.items() if question.is_ordering or value["correct"]]


@cache
def _words() -> dict:
    return yaml.safe_load((settings.BASE_DIR / "fixtures" / "region" / "words.yaml").read_text())


_WRITERS = {"reflection": _Work._reflect, "check": _Work._answer, "pool": _Work._answer, "action": _Work._act}


def _move_endings(course: CoursePage, assignment: Assignment, story: Story, chance: random.Random) -> None:
    """Give what the counting has just completed the moments of the story, and issue its certificates."""
    rows = Enrollment.objects.filter(reaches__assignment=assignment, status=Enrollment.Status.COMPLETE)
    for enrollment in rows.select_related("person"):
        modules = enrollment.modules.filter(completed_at__isnull=False)
        for progress in modules:
            progress.completed_at = progress.read_at or enrollment.last_seen_at
            progress.save(update_fields=["completed_at"])
        enrollment.completed_at = enrollment.last_seen_at
        enrollment.save(update_fields=["completed_at"])
        certifying.issue(enrollment)


def _date_notices() -> None:
    """Move what people were told of their certificates to the day of it; what is old has been read."""
    for notice in Notice.objects.filter(kind=Kind.CERTIFICATE).select_related("person"):
        finished = Enrollment.objects.filter(person=notice.person, status=Enrollment.Status.COMPLETE)
        told_at = finished.order_by("-completed_at").values_list("completed_at", flat=True).first()
        is_old = told_at < _moment(-3, 0)
        Notice.objects.filter(pk=notice.pk).update(told_at=told_at, read_at=told_at if is_old else None)


def _day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def _moment(offset: int, hour: int, chance: random.Random | None = None) -> datetime.datetime:
    minute = chance.randint(0, 59) if chance else 0
    at = datetime.time(hour, minute)
    return timezone.make_aware(datetime.datetime.combine(_day(offset), at))  # noqa: DTZ001 - made aware here
