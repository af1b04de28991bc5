"""Participating: somebody vouches for how long a person took part in a course with a coach.

It is what such a course is completed by, beside its modules and its evaluation, and what its clock hours are
given by. Who vouches, and from which records, is for an app above to know; it also says what is attended
before anybody vouched (:func:`register_attended`).
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.models import CoursePage
from courses import certifying, clock_hours, completing
from courses.models import Enrollment, Participation
from roster import audit
from roster.models import User


class HasLeft(Exception):
    """The person left the course: nothing is given to who isn't in it."""


class NothingAttended(Exception):
    """Less than half an hour is no attendance to vouch for."""


@dataclass(frozen=True)
class Day:
    """So many minutes on a day."""

    on: datetime.date
    minutes: int


@dataclass(frozen=True)
class Attended:
    """What somebody attended of a course with a coach (hours in whole half hours), and where that is."""

    hours: Decimal
    title: str = ""
    url: str = ""


_attended: list[Callable] = []


def register_attended(function: Callable) -> None:
    """Let ``function(enrollments, courses) -> {enrollment's pk: Attended}`` say what was attended of some.

    ``courses`` are their pages by key.
    """
    if function not in _attended:
        _attended.append(function)


def attended(enrollments: Iterable[Enrollment], courses: Mapping[UUID, CoursePage]) -> dict[int, Attended]:
    """What was attended of each of ``enrollments`` in ``courses`` with a coach, vouched for or not yet."""
    enrollments = list(enrollments)
    found: dict[int, Attended] = {}
    for function in _attended if enrollments else ():
        found |= function(enrollments, courses)
    return found


def vouch(*, enrollment: Enrollment, days: Iterable[Day], by: User, reason: str) -> Participation:
    """State that the person was there on ``days``; saying the same again changes nothing.

    Days of no minutes don't count, several of one date are added up. The first time this may complete the
    course; of one that is complete the certificate is superseded, for ``reason``, where its hours change.

    Raises:
        HasLeft: the person withdrew from the course.
        NothingAttended: less than half an hour, and nothing was vouched for before.
    """
    kept = by_date(days)
    minutes = sum(day["minutes"] for day in kept)
    with transaction.atomic():
        row = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if row.status == Enrollment.Status.WITHDRAWN:
            raise HasLeft(row)
        before = clock_hours.participation_in(row)
        if before is None and minutes < clock_hours.STEP_MINUTES:
            raise NothingAttended(row)
        if before and before.days == kept:
            return before
        participation = _keep(row, before, kept, minutes, by)
        if row.is_complete:
            certifying.follow_attendance(enrollment=row, by=by, reason=reason)
        else:
            completing.recount(row)
    return participation


def _keep(row, before, days, minutes, by) -> Participation:
    details = {"minutes": minutes, "days": days, "before": before.days if before else None}
    participation, _is_new = Participation.objects.update_or_create(
        enrollment=row, defaults={"minutes": minutes, "days": days, "by": by, "at": timezone.now()}
    )
    audit.record(actor=by, action="vouched for attendance", subject=row, details=details)
    return participation


def by_date(days: Iterable[Day]) -> list[dict]:
    """``days`` as a :class:`Participation` keeps them: each date once, in order, none without minutes."""
    sums: dict[datetime.date, int] = {}
    for day in days:
        if day.minutes > 0:
            sums[day.on] = sums.get(day.on, 0) + day.minutes
    return [{"on": on.isoformat(), "minutes": minutes} for on, minutes in sorted(sums.items())]
