"""Preparing: what members learn before a step: how far the reader is, and who may assign it to the team."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from courses.assignment_forms import word_of
from courses.enrolling import last_cycles
from courses.joining import state_of
from courses.models import Enrollment, ModuleProgress
from engagements.models import Member
from engagements.protocols import Preparation, Step
from engagements.seats import Seat
from roster.models import User
from roster.scopes import may_lead


@dataclass(frozen=True)
class Prepared:
    """A course or module to take first. ``state`` is the reader's, as the status part knows it."""

    preparation: Preparation
    state: str
    url: str
    assign_url: str


def prepared(*, step: Step, seat: Seat, reader: User, members: list[Member]) -> list[Prepared]:
    """Say for each thing to take first how far ``reader`` is. Two queries, none where there is nothing."""
    if not step.prepares:
        return []
    enrollments = last_cycles(person=reader, course_keys={UUID(one.course_key) for one in step.prepares})
    done = set(
        ModuleProgress.objects.filter(
            enrollment__in=enrollments.values(), completed_at__isnull=False
        ).values_list("module_key", flat=True)
    )
    return [
        Prepared(
            preparation=one,
            state=_state(one, enrollments, done),
            url=_url(one, enrollments),
            assign_url=_assign_url(one, seat, reader, members),
        )
        for one in step.prepares
    ]


def _state(one: Preparation, enrollments: dict[UUID, Enrollment], done: set[UUID]) -> str:
    enrollment = enrollments.get(UUID(one.course_key))
    if enrollment is None or enrollment.status == Enrollment.Status.WITHDRAWN:
        return "none"
    if one.module_key is None or enrollment.is_complete:
        return state_of(enrollment)
    return "done" if UUID(one.module_key) in done else "none"


def _url(one: Preparation, enrollments: dict[UUID, Enrollment]) -> str:
    enrollment = enrollments.get(UUID(one.course_key))
    if enrollment is None or enrollment.status == Enrollment.Status.WITHDRAWN or one.module_key is None:
        return reverse("courses:enroll", args=[one.course_key])
    return reverse("courses:module", args=[enrollment.pk, one.module_key])


def _assign_url(one: Preparation, seat: Seat, reader: User, members: list[Member]) -> str:
    """Where to assign it to the team, for who leads the place: the same people assign as everywhere.

    Never out of confidential work: others read assignments, and would learn who is in it.
    """
    engagement = seat.engagement
    if engagement.is_confidential or not engagement.is_open or not may_lead(reader, engagement.place):
        return ""
    team = [member.person_id for member in members if member.person_id and member.role != Member.Role.COACH]
    asked = {"place": word_of(engagement.place), "course": one.course_key, "people": team}
    return f"{reverse('courses:assignment_new')}?{urlencode(asked, doseq=True)}"
