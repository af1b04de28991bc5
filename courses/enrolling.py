"""Enrolling: how a person comes to be in a course, leaves it, comes back, and takes it again."""

from django.db import transaction

from cms import tailoring
from cms.models import CoursePage
from cms.standpoints import MASTER, Place, Standpoint, standpoint_of
from courses import completing
from courses.models import Assignment, Enrollment, Reach, Withdrawal
from courses.signals import enrolled
from roster import audit
from roster.models import User


class NotOpenTo(Exception):
    """The course's audience leaves this person out."""


class AlreadyComplete(Exception):
    """A completed course can't be left: the record of having done it stands."""


class NotYetComplete(Exception):
    """Only a completed course can be taken again; an open one is gone on with."""


def enroll(*, person: User, course: CoursePage, because: Assignment | None = None) -> Enrollment:
    """Enroll ``person`` in ``course``; asking twice gives the same row, whoever left comes back.

    The row remembers the building of the position by which the course is open: it is where the course
    was taken, wherever the person works later. An assignment brings its due date and is linked.

    Raises:
        NotOpenTo: the course's audience leaves this person out, or it is taken with a coach.
    """
    with transaction.atomic():
        enrollment, is_new = _find_or_make(person, course, because)
        if enrollment.status == Enrollment.Status.WITHDRAWN:
            come_back(enrollment=enrollment, by=because.by if because else person)
        if because:
            _link(enrollment, because, caused_it=is_new)
    return enrollment


def register(*, person: User, course: CoursePage, by: User, at: Place, again: bool = False) -> Enrollment:
    """Enroll ``person`` in a course that they take with a coach; who is in it already stays as they are.

    ``at`` is where their team works: the row remembers the position there, where they hold one. ``again``
    begins a new cycle where the last is complete. Whoever left it is not brought back by anybody else.

    Raises:
        NotOpenTo: the course's audience leaves this person out.
    """
    with transaction.atomic():
        last = _last_cycle(person, course.translation_key)
        if last and not (again and last.is_complete):
            return last
        cycle = last.cycle + 1 if last else 1
        enrollment, _is_new = _make(person, course, cycle=cycle, by=by, near=at)
        return completing.recount(enrollment)


def may_begin(course: CoursePage, standpoint: Standpoint) -> bool:
    """May somebody who reads from there enroll by themselves? Never in what is taken with a coach."""
    return not course.is_facilitated and tailoring.is_open(course, standpoint)


def withdraw(*, enrollment: Enrollment, by: User, reason: str = "") -> Withdrawal:
    """Take the person out of the course. What they did and wrote stays; they may come back.

    Raises:
        AlreadyComplete: it is done, and stands.
    """
    with transaction.atomic():
        left = Enrollment.objects.filter(pk=enrollment.pk).exclude(status=Enrollment.Status.COMPLETE)
        if not left.update(status=Enrollment.Status.WITHDRAWN):
            raise AlreadyComplete(enrollment)
        withdrawal, is_new = Withdrawal.objects.get_or_create(
            enrollment=enrollment, defaults={"by": by, "reason": reason[:300]}
        )
        if is_new:
            audit.record(actor=by, action="withdrawn", subject=enrollment, details={"reason": reason[:300]})
    enrollment.status = Enrollment.Status.WITHDRAWN
    return withdrawal


def come_back(*, enrollment: Enrollment, by: User) -> Enrollment:
    """Undo a withdrawal: the person goes on where they were. Without one nothing happens."""
    with transaction.atomic():
        Withdrawal.objects.filter(enrollment=enrollment).delete()
        status = Enrollment.Status.UNDER_WAY if enrollment.opened_at else Enrollment.Status.NOT_STARTED
        withdrawn = Enrollment.objects.filter(pk=enrollment.pk, status=Enrollment.Status.WITHDRAWN)
        if withdrawn.update(status=status):
            enrollment.status = status
            audit.record(actor=by, action="came back", subject=enrollment)
            enrolled.send(Enrollment, enrollment=enrollment)
            completing.recount(enrollment)
    return enrollment


def retake(*, enrollment: Enrollment, course: CoursePage) -> Enrollment:
    """Begin a new cycle of a completed course; asking twice gives the same new row.

    Raises:
        NotYetComplete: the last cycle is still open, or was left.
        NotOpenTo: the course's audience leaves this person out by now, or it is taken with a coach.
    """
    if course.is_facilitated:
        raise NotOpenTo(course, enrollment.person)
    with transaction.atomic():
        last = _last_cycle(enrollment.person, enrollment.course_key)
        if last.cycle > enrollment.cycle and last.is_open:
            return last
        if not last.is_complete:
            raise NotYetComplete(last)
        return _make(enrollment.person, course, cycle=last.cycle + 1)[0]


def last_cycles(*, person: User, course_keys) -> dict:
    """The person's newest enrollment in each of those courses, by course key. One query."""
    rows = Enrollment.objects.filter(person=person, course_key__in=course_keys).order_by("cycle")
    return {row.course_key: row for row in rows}


def _find_or_make(person, course, because):
    last = _last_cycle(person, course.translation_key)
    if last:
        return last, False
    if course.is_facilitated:
        raise NotOpenTo(course, person)
    return _make(person, course, cycle=1, because=because)


def _last_cycle(person, course_key) -> Enrollment | None:
    rows = Enrollment.objects.filter(person=person, course_key=course_key)
    return rows.order_by("-cycle").first()


def _make(person, course, *, cycle, because=None, by=None, near: Place | None = None):
    place = _place_of_taking(person, course, near or because)
    enrollment, is_new = Enrollment.objects.get_or_create(
        person=person,
        course_key=course.translation_key,
        cycle=cycle,
        defaults={
            "course_title": course.title,
            "building_id": place.building_id,
            "district_id": place.district_id,
        },
    )
    if is_new:
        details = {"cycle": cycle, "assignment": because.pk if because else None}
        audit.record(
            actor=by or (because.by if because else person),
            action="enrolled",
            subject=enrollment,
            details=details,
        )
        enrolled.send(Enrollment, enrollment=enrollment)
    return enrollment, is_new


def _place_of_taking(person, course, near: Place | Assignment | None) -> Place:
    """The first of the person's positions by which the course is open; those ``near`` first."""
    standpoint = standpoint_of(person)
    if not standpoint.places:
        if tailoring.is_open(course, MASTER):
            return Place()
        raise NotOpenTo(course, person)
    for place in sorted(standpoint.places, key=lambda place: not _is_at(place, near)):
        if tailoring.is_open(course, Standpoint((place,))):
            return place
    raise NotOpenTo(course, person)


def _is_at(place: Place, near: Place | Assignment | None) -> bool:
    if near is None:
        return False
    if near.building_id:
        return place.building_id == near.building_id
    return place.district_id == near.district_id


def _link(enrollment, assignment, *, caused_it):
    Reach.objects.get_or_create(
        assignment=assignment, enrollment=enrollment, defaults={"caused_it": caused_it}
    )
    due_on = assignment.due_on
    if due_on and enrollment.is_open and (enrollment.due_on is None or due_on < enrollment.due_on):
        Enrollment.objects.filter(pk=enrollment.pk).update(due_on=due_on)
        enrollment.due_on = due_on
