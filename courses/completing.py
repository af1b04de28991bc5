"""Completing: how much of a course a person has done, and when it is done for good.

A module is complete when all required items that *this person* gets are done, and stays complete whatever
editors change. A course is complete when every module it asks of this person is, and its evaluation is
sent where it asks for one (design, section 6); one that is taken with a coach only once somebody vouched
for the person's attendance. The percentage is stored when it changes.
"""

import html
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from cms import tailoring
from cms.resolved import RequiredItem, ResolvedModule
from courses import timing
from courses.curricula import CourseAway, Curricula, Curriculum, curriculum_of
from courses.models import (
    CheckAttempt,
    Commitment,
    Enrollment,
    EvaluationReceipt,
    MediaPosition,
    ModuleProgress,
    Participation,
    Reflection,
)
from courses.signals import completed
from roster import audit

BATCH = 200
#: All is done but the evaluation, or a change made room: only what is complete shows a hundred.
NEARLY_ALL = 99


def recount(enrollment: Enrollment, *, curriculum: Curriculum | None = None) -> Enrollment:
    """Count afresh what the person has done, and complete modules and course where that is all.

    Never touches what is complete or withdrawn; while the course is unpublished, nothing changes.
    ``enrollment`` is brought up to date in place.
    """
    try:
        curriculum = curriculum or curriculum_of(enrollment)
    except CourseAway:
        return enrollment
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if locked.is_open:
            _Count(locked, curriculum, _done_by([locked.pk], curriculum.course)[locked.pk]).write()
    for name in ("status", "progress", "completed_at", "course_title"):
        setattr(enrollment, name, getattr(locked, name))
    return enrollment


def recompute_course(course_key) -> int:
    """Recount everybody who is in the course and not done, in batches; return how many that were."""
    course = tailoring.course_of(course_key)
    if course is None:
        return 0
    curricula, last, counted = Curricula(course), 0, 0
    while True:
        with transaction.atomic():
            rows = Enrollment.objects.filter(
                course_key=course_key, status__in=Enrollment.OPEN, pk__gt=last
            ).order_by("pk")
            batch = list(rows.select_for_update(of=("self",)).select_related("person")[:BATCH])
            if not batch:
                return counted
            curricula.meet([enrollment.person for enrollment in batch])
            done = _done_by([enrollment.pk for enrollment in batch], course)
            for enrollment in batch:
                _Count(enrollment, curricula.of(enrollment), done[enrollment.pk]).write()
        last, counted = batch[-1].pk, counted + len(batch)


def is_done(item: RequiredItem, resolved: ResolvedModule, done: "Done") -> bool:
    """Is that required item of a module done?

    A reflection is, when it is answered in full (:func:`is_answered`); a check, when it is passed or its
    tries are used up (a person must not be shut in by it: the score stands in the record); an action, when
    it is taken on; a film, when it was watched or its transcript read; the end of the text, when it was
    reached.
    """
    at = (resolved.key, item.block_id)
    match item.kind:
        case "reflection":
            words, is_marked = done.words.get(at, (0, False))
            return is_answered(resolved.block(item.block_id), words=words, is_marked=is_marked)
        case "check" | "pool":
            passed, tries = done.tries.get(at, (False, 0))
            limit = resolved.block(item.block_id).value["attempts"] or 0
            return passed or bool(limit and tries >= limit)
        case "action":
            return at in done.actions
        case "video" | "audio":
            return at in done.viewed
        case _:
            return resolved.key in done.read


def is_answered(block, *, words: int, is_marked: bool) -> bool:
    """Is a prompt answered in full: the words that it asks for, and on a scale the mark?

    A scale that asks for no words is answered by its mark alone.
    """
    asked = block.value["minimum_words"] or 0
    if block.value["kind"] == "scale":
        return is_marked and words >= asked
    return words >= max(1, asked)


@dataclass
class Done:
    """What one person has done in one enrollment. Keys are (module key, block id).

    ``words`` holds how many words each reflection has, and whether it has a mark.
    """

    modules: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    tries: dict = field(default_factory=dict)
    actions: set = field(default_factory=set)
    viewed: set = field(default_factory=set)
    attended: bool = False
    evaluation: bool = False

    @property
    def read(self) -> set:
        """The modules whose text was read to its end."""
        return {key for key, progress in self.modules.items() if progress.read_at}


def _done_by(enrollment_ids, course) -> dict[int, Done]:
    """What was done in each of those enrollments. Six queries, however many; one more with a coach."""
    done = defaultdict(Done)
    of = {"enrollment__in": enrollment_ids}
    for row in ModuleProgress.objects.filter(**of):
        done[row.enrollment_id].modules[row.module_key] = row
    at = ("enrollment_id", "module_key", "block_id")
    written = Reflection.objects.filter(**of).values_list(*at, "words", "is_marked")
    for pk, module, block, words, is_marked in written:
        done[pk].words[module, block] = (words, is_marked)
    for pk, module, block, passed in CheckAttempt.objects.filter(**of).values_list(*at, "passed"):
        was_passed, tries = done[pk].tries.get((module, block), (False, 0))
        done[pk].tries[module, block] = (was_passed or passed, tries + 1)
    for pk, module, block in Commitment.objects.filter(**of).values_list(*at):
        done[pk].actions.add((module, block))
    viewed = MediaPosition.objects.filter(**of, done_at__isnull=False)
    for pk, module, block in viewed.values_list(*at):
        done[pk].viewed.add((module, block))
    for pk in EvaluationReceipt.objects.filter(**of).values_list("enrollment_id", flat=True):
        done[pk].evaluation = True
    if course.is_facilitated:
        for pk in Participation.objects.filter(**of).values_list("enrollment_id", flat=True):
            done[pk].attended = True
    return done


class _Count:
    """One enrollment being counted; writes only the rows that change."""

    def __init__(self, enrollment: Enrollment, curriculum: Curriculum, done: Done):
        self.enrollment = enrollment
        self.curriculum = curriculum
        self.done = done
        self.now = timezone.now()

    def write(self) -> None:
        for module in self.curriculum.modules:
            self._count_module(module)
        if self._is_all_done():
            self._complete()
        else:
            self._store(progress=self._percent(), minutes_left=self._minutes_left())

    def _count_module(self, module):
        progress = self.done.modules.get(module.key)
        if progress and progress.completed_at:
            return
        resolved = self.curriculum.resolve(module.key)
        items = resolved.required_items
        counts = {"done": sum(is_done(item, resolved, self.done) for item in items), "required": len(items)}
        if progress is None:
            if not counts["done"]:
                return
            progress = ModuleProgress(enrollment=self.enrollment, module_key=module.key)
        if counts["done"] == counts["required"]:
            counts |= {"completed_at": self.now, "snapshot": _snapshot(resolved)}
        self._keep(progress, {"title": module.title, **counts})

    def _keep(self, progress, fields):
        changed = {name: value for name, value in fields.items() if getattr(progress, name) != value}
        if progress.pk and not changed:
            return
        for name, value in fields.items():
            setattr(progress, name, value)
        progress.save(update_fields=list(changed) if progress.pk else None)
        self.done.modules[progress.module_key] = progress

    def _is_all_done(self) -> bool:
        asked, course = self.curriculum.asked, self.curriculum.course
        # Without modules, without attendance: there is nothing that could have been done.
        if not (self.done.attended if course.is_facilitated else asked):
            return False
        if course.asks_for_evaluation and not self.done.evaluation:
            return False
        rows = (self.done.modules.get(module.key) for module in asked)
        return all(row is not None and row.completed_at for row in rows)

    def _percent(self) -> int:
        done, required = int(self.done.attended), int(self.curriculum.course.is_facilitated)
        for module in self.curriculum.asked:
            progress = self.done.modules.get(module.key)
            done += progress.done if progress else 0
            required += progress.required if progress else self._asked_in(module)
        return min(NEARLY_ALL, 100 * done // required) if required else 0

    def _minutes_left(self) -> int:
        return sum(self._minutes_of(module) for module in self.curriculum.asked)

    def _minutes_of(self, module) -> int:
        progress = self.done.modules.get(module.key)
        if progress is None or progress.completed_at:
            return 0 if progress else module.minutes
        resolved = self.curriculum.resolve(module.key)

        def is_behind(block) -> bool:
            item = RequiredItem(block.type, block.id)
            return is_done(item, resolved, self.done) if block.is_required else progress.read_at is not None

        share = timing.share_left(resolved, self.curriculum.language, is_behind)
        return timing.minutes_left(module.minutes, share)

    def _asked_in(self, module) -> int:
        return len(self.curriculum.resolve(module.key).required_items)

    def _complete(self):
        self._store(progress=100, minutes_left=0, status=Enrollment.Status.COMPLETE, completed_at=self.now)
        audit.record(actor=None, action="completed", subject=self.enrollment)
        completed.send(Enrollment, enrollment=self.enrollment)

    def _store(self, **fields):
        fields["course_title"] = self.curriculum.course.title
        has_begun = self.done.modules or self.curriculum.course.is_facilitated
        if has_begun and self.enrollment.status == Enrollment.Status.NOT_STARTED:
            fields = {"status": Enrollment.Status.UNDER_WAY, **fields}
        changed = [name for name, value in fields.items() if getattr(self.enrollment, name) != value]
        for name in changed:
            setattr(self.enrollment, name, fields[name])
        if changed:
            self.enrollment.save(update_fields=changed)


def _snapshot(resolved: ResolvedModule) -> dict:
    """What the module was when it was done: the record no longer needs the page."""
    asking = [block for block in resolved.blocks if block.is_required]
    return {
        "title": resolved.module.title,
        "revision": resolved.module.live_revision_id,
        "minutes": resolved.module.minutes,
        "items": [
            {"kind": block.type, "id": block.id, "asked": wording(block), "source": block.source}
            for block in asking
        ],
    }


def wording(block) -> str:
    """What a prompt, check or action step asks, as plain words on one line."""
    return plain_words(block.value.get("question") or block.value.get("what") or block.value.get("title"))


def plain_words(text) -> str:
    """Rich text as plain words on one line."""
    return _plain_words(getattr(text, "source", str(text)))


@lru_cache(maxsize=4096)
def _plain_words(source: str) -> str:
    # A space where a paragraph ends, or its last word and the next paragraph's first become one.
    return html.unescape(" ".join(strip_tags(source.replace("</p>", "</p> ")).split()))
