"""Studying: opening a module, reading it to the end, and finding the place again."""

import datetime

from django.db import transaction
from django.utils import timezone

from courses import completing
from courses.curricula import Curriculum, curriculum_of
from courses.models import Enrollment, ModuleProgress

#: How exact "last seen" is. A page that is only looked at again costs no write within this time.
SEEN_WITHIN = datetime.timedelta(minutes=10)


class HasLeft(Exception):
    """The person withdrew from the course; they must come back before they go on."""


def open_module(
    *,
    enrollment: Enrollment,
    module_key,
    curriculum: Curriculum | None = None,
    is_known: bool = False,
) -> None:
    """Note that the person has opened a module: the course is under way, and resumes here.

    ``is_known`` says that the caller has seen the module's row: nothing needs to be made then.

    Raises:
        NotAModule: this person doesn't get the module.
        CourseAway: the course is not published.
        HasLeft: the person withdrew.
    """
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        raise HasLeft(enrollment)
    curriculum = curriculum or curriculum_of(enrollment)
    module = curriculum.module(module_key)
    if not is_known:
        required = len(curriculum.resolve(module_key).required_items)
        row = ModuleProgress(
            enrollment=enrollment, module_key=module_key, title=module.title, required=required
        )
        # Two tabs at once make one row, and a row that is there stays as it is.
        ModuleProgress.objects.bulk_create([row], ignore_conflicts=True)
    _note_visit(enrollment, module_key)


def mark_read(*, enrollment: Enrollment, module_key, curriculum: Curriculum | None = None) -> ModuleProgress:
    """Note that the text of a module was read to its end; reading it again changes nothing.

    Raises:
        NotAModule, CourseAway, HasLeft: as in :func:`open_module`.
    """
    curriculum = curriculum or curriculum_of(enrollment)
    with transaction.atomic():
        open_module(enrollment=enrollment, module_key=module_key, curriculum=curriculum)
        unread = enrollment.modules.filter(module_key=module_key, read_at=None)
        if unread.update(read_at=timezone.now()):
            completing.recount(enrollment, curriculum=curriculum)
    return enrollment.modules.get(module_key=module_key)


def remember_place(*, enrollment: Enrollment, module_key, place: str) -> None:
    """Remember where the person was, so that they come back to it. One write.

    ``place`` is the block's id and, behind colons, which passage of it, how far down that in percent, and a
    digest of its words (``static/js/courses/place.js``): in a text that was edited, the words find it.

    Nobody is harmed by a place that isn't there any more: the page then begins at its head.
    """
    Enrollment.objects.filter(pk=enrollment.pk).update(
        resume_module_key=module_key, resume_place=place[:60], last_seen_at=timezone.now()
    )


def _note_visit(enrollment, module_key):
    now = timezone.now()
    fields = {}
    if enrollment.resume_module_key != module_key:
        fields |= {"resume_module_key": module_key, "resume_place": ""}
    if enrollment.opened_at is None:
        fields["opened_at"] = now
    if enrollment.status == Enrollment.Status.NOT_STARTED:
        fields["status"] = Enrollment.Status.UNDER_WAY
    if not fields and enrollment.last_seen_at and now - enrollment.last_seen_at < SEEN_WITHIN:
        return
    fields["last_seen_at"] = now
    Enrollment.objects.filter(pk=enrollment.pk).update(**fields)
    for name, value in fields.items():
        setattr(enrollment, name, value)
