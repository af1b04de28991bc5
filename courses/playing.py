"""Playing: what the player shows around a module: outline, where one comes from and goes next, facts."""

from functools import lru_cache

from django.core.cache import cache
from django.db.models import Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import ModulePage
from cms.models.courses import ClockHours
from courses.taking import Lesson

FACTS_LAST = 60 * 60  # seconds


def player_context(lesson: Lesson) -> dict:
    """All that ``courses/module.html`` needs beside the request."""
    enrollment, curriculum = lesson.enrollment, lesson.curriculum
    keys = [module.key for module in curriculum.modules]
    at = keys.index(lesson.key)
    facts = facts_of(lesson)
    return {
        "lesson": lesson,
        "enrollment": enrollment,
        "course": curriculum.course,
        "standpoint": curriculum.standpoint,
        "place": curriculum.standpoint.primary,
        "resume_place": lesson.resume_place,
        "resume_block": lesson.resume_place.partition(":")[0],
        "outline": _outline(lesson),
        "number": at + 1,
        "count": len(keys),
        "previous_url": _url(enrollment, keys[at - 1]) if at else "",
        "next_url": _url(enrollment, keys[at + 1]) if at + 1 < len(keys) else _end_url(enrollment),
        "is_last": at + 1 == len(keys),
        "made_for": _made_for(lesson),
        "hours": facts["hours"],
        "standards": facts["standards"].get(str(lesson.key), []),
        "spoken": getattr(lesson.module.page, "spoken", None),
    }


def facts_of(lesson: Lesson) -> dict:
    """Clock hours of the course and standards of its modules, kept until the course is published anew."""
    course = lesson.curriculum.course
    modules = [module.page for module in lesson.curriculum.modules]
    stamps = [page.last_published_at for page in (course, *modules) if page.last_published_at]
    stamp = max(stamps).timestamp() if stamps else 0
    key = f"course-facts:{course.translation_key}:{course.pk}:{stamp}"
    return cache.get_or_set(key, lambda: _facts(course), FACTS_LAST)


def _facts(course) -> dict:
    """Hours and standards in one query: a row for each module and standard, each with the course's hours."""
    hours = ClockHours.objects.filter(course=course).order_by().values("course")
    modules = ModulePage.objects.child_of(course).order_by("standards__code")
    rows = modules.values_list(
        "translation_key",
        "standards__code",
        "standards__title",
        Subquery(hours.annotate(sum=Sum("hours")).values("sum")),
    )
    facts = {"hours": 0, "standards": {}}
    for key, code, title, total in rows:
        facts["hours"] = total or 0
        if code:
            facts["standards"].setdefault(str(key), []).append({"code": code, "title": title})
    return facts


def _outline(lesson: Lesson) -> list[dict]:
    return [
        {
            "title": module.title,
            "language": getattr(getattr(module.page, "spoken", None), "language", ""),
            "url": _url(lesson.enrollment, module.key),
            "number": number,
            "note": _note(lesson, module),
            "done": _is_done(lesson, module),
            "current": module.key == lesson.key,
        }
        for number, module in enumerate(lesson.curriculum.modules, start=1)
    ]


def _note(lesson, module) -> str:
    if _is_done(lesson, module):
        return _("Done · %(minutes)s min") % {"minutes": module.minutes}
    if module.key == lesson.key:
        return minutes_left(lesson)
    notes = [_("%(minutes)s min") % {"minutes": module.minutes}]
    if not module.is_required:
        notes.append(_("optional"))
    if module.tailored:
        place = lesson.curriculum.standpoint.primary
        notes.append(_("with words for %(place)s") % {"place": place.building_name or place.district_name})
    return " · ".join(notes)


def minutes_left(lesson: Lesson) -> str:
    """How long the rest of the module takes, in words."""
    if not lesson.minutes_left:
        return _("Done")
    return (
        ngettext("About %d minute left", "About %d minutes left", lesson.minutes_left) % lesson.minutes_left
    )


def _is_done(lesson, module) -> bool:
    progress = lesson.written.progress.get(module.key)
    return bool(progress and progress.completed_at)


def _made_for(lesson) -> str:
    """Whose words the module holds, as a name; empty when it is the same for everybody."""
    sources = {block.source for block in lesson.resolved.blocks}
    place = lesson.curriculum.standpoint.primary
    if "building" in sources:
        return place.building_name
    return place.district_name if "district" in sources else ""


def _url(enrollment, key) -> str:
    return _module_address(enrollment.pk, key)


@lru_cache(maxsize=4096)
def _module_address(enrollment_pk: int, key) -> str:
    return reverse("courses:module", args=[enrollment_pk, key])


def _end_url(enrollment) -> str:
    return reverse("courses:end", args=[enrollment.pk])
