"""Joining: what a person's record adds to public pages of courses, and what changes there set off here."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms import joining, tailoring
from cms.models import CoursePage, ModulePage
from cms.signals import course_changed
from cms.standpoints import Standpoint
from courses import dating, enrolling, noting, sweeping, tasks
from courses.enrolling import last_cycles
from courses.models import Enrollment
from courses.signals import completed
from notices import calendars
from roster.signals import places_changed, positions_changed
from roster.standing import standing_of


def join() -> None:
    """Register with the apps below; called once, when the app is ready."""
    joining.register_course_context(course_context)
    joining.register_card_context(card_context)
    joining.register_module_door(module_door)
    joining.register_people_under_way(people_under_way)
    calendars.register_dates("courses", dating.dates_of)
    sweeping.every_night(noting.clear_removed)
    completed.connect(_follow_completion, dispatch_uid="courses.joining.completed")
    course_changed.connect(_recompute, dispatch_uid="courses.joining.course")
    positions_changed.connect(_recount_people, dispatch_uid="courses.joining.positions")
    places_changed.connect(_recount_places, dispatch_uid="courses.joining.places")


def course_context(request: HttpRequest, course: CoursePage, standpoint: Standpoint) -> dict:
    """What a course page says to the reader of their own record.

    ``enrollment`` (or None), ``resume_url``, ``enroll_url`` (empty where the reader can't or needn't),
    ``module_states``: {module key: ModuleProgress}; ``assign_url`` for who leads a place.
    """
    key = course.translation_key
    own = _own_context(request, key)
    may = tailoring.is_open if own["enrollment"] else enrolling.may_begin
    if not may(course, standpoint):
        own["enroll_url"] = ""
    return {**own, "assign_url": "" if course.is_facilitated else _assign_url(request, key)}


def _assign_url(request: HttpRequest, key) -> str:
    user = getattr(request, "user", None)
    if user is None or not standing_of(user).leads:
        return ""
    return f"{reverse('courses:assignment_new')}?course={key}"


def _own_context(request: HttpRequest, key) -> dict:
    enroll_url = reverse("courses:enroll", args=[key])
    enrollment = _own(request, [key]).get(key)
    if enrollment is None:
        may = not request.user.is_authenticated or bool(standing_of(request.user).positions)
        return {"enrollment": None, "enroll_url": enroll_url if may else "", "module_states": {}}
    return {
        "enrollment": enrollment,
        "enroll_url": "" if _is_in(enrollment) else enroll_url,
        "resume_url": reverse("courses:course", args=[enrollment.pk]),
        "module_states": {row.module_key: row for row in enrollment.modules.all()},
    }


def card_context(request: HttpRequest, keys: list) -> dict:
    """What a course card says to the reader of their own record: ``percent``, ``state``, ``resume_url``."""
    return {
        key: {
            "percent": enrollment.progress,
            "state": state_of(enrollment),
            "resume_url": reverse("courses:course", args=[enrollment.pk]),
        }
        for key, enrollment in _own(request, keys).items()
        if _is_in(enrollment)
    }


def module_door(request: HttpRequest, course: CoursePage, module: ModulePage) -> HttpResponse | None:
    """Lead who is in the course to the module in the player, and everybody else to the course's page."""
    enrollment = _own(request, [course.translation_key]).get(course.translation_key)
    if enrollment is None or not _is_in(enrollment):
        return None
    return redirect("courses:module", pk=enrollment.pk, module_key=module.translation_key)


def people_under_way(course_key) -> dict:
    """Count who has begun a course and isn't done, by the building where they take it."""
    rows = Enrollment.objects.filter(course_key=course_key, status=Enrollment.Status.UNDER_WAY)
    return dict(rows.order_by().values_list("building").annotate(people=Count("pk")))


def state_of(enrollment: Enrollment) -> str:
    """Its state as the status part knows it: ``done``, ``late``, ``going`` or ``none``."""
    if enrollment.is_complete:
        return "done"
    if enrollment.is_overdue:
        return "late"
    return "going" if enrollment.status == Enrollment.Status.UNDER_WAY else "none"


def _own(request, keys) -> dict:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return last_cycles(person=user, course_keys=keys)


def _is_in(enrollment) -> bool:
    return enrollment.status != Enrollment.Status.WITHDRAWN


def _follow_completion(*, enrollment, **_kwargs):
    tasks.follow_completion.delay_on_commit(enrollment.pk)


def _recompute(*, course_key, **_kwargs):
    tasks.recompute_course.delay_on_commit(str(course_key) if course_key else None)


def _recount_people(*, person_ids, **_kwargs):
    tasks.recount_people.delay_on_commit(sorted(person_ids))
    tasks.reach_newcomers.delay_on_commit(sorted(person_ids))


def _recount_places(*, building_ids=(), district_ids=(), **_kwargs):
    tasks.recount_places.delay_on_commit(sorted(building_ids), sorted(district_ids))
