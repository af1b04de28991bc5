"""Assigning: how a leader gives a course to staff, takes it back, and thinks better of that.

The act itself is one row and returns at once; enrolling the people is background work (``reaching``), and
so is letting them go (``releasing``). The row is the truth, a task is a nudge, the sweep makes it good.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses import tasks
from courses.intended import Wish, is_open_to_some, open_to, people_wished
from courses.models import Assignment, Enrollment
from courses.releasing import leaving_of
from roster import audit
from roster.models import Building, District, User
from roster.scopes import may_lead

#: How long a withdrawn assignment can be brought back.
UNDO_WITHIN = datetime.timedelta(days=7)


class CannotAssign(Exception):
    """The wish can't be carried out; the subclasses say why."""


class NotTheirPlace(CannotAssign):
    """Who assigns doesn't lead the building or district."""


class PastDue(CannotAssign):
    """The due day is over already."""


class NotStaff(CannotAssign):
    """Somebody named doesn't work there."""


class NobodyMeant(CannotAssign):
    """There is nobody whom the course could reach: nobody chosen, or it is open to none of them."""


class TooLate(Exception):
    """It was withdrawn too long ago to be brought back."""


@dataclass(frozen=True)
class Preview:
    """Whom a wish would reach, by where they stand with the course today. Sets of people's ids.

    ``new`` will be enrolled (``returning``, among them, had left it); ``begun`` are in it already, opened or
    not; ``done`` have finished; ``shut_out`` are staff whom the course isn't open to. ``sooner`` are those
    among ``begun`` whose due date would come nearer: the earlier date holds, a later one never replaces it.
    """

    new: frozenset[int]
    returning: frozenset[int]
    begun: frozenset[int]
    done: frozenset[int]
    shut_out: frozenset[int]
    sooner: frozenset[int]

    @property
    def reached(self) -> int:
        """How many the assignment will be linked to: new, begun and done."""
        return len(self.new) + len(self.begun) + len(self.done)


def preview(wish: Wish) -> Preview:
    """Say exactly whom ``wish`` would reach if it were made now. Nothing is stored."""
    people = people_wished(wish)
    meant = set(people.values_list("pk", flat=True))
    open_for = open_to(people=people, course=wish.course, place=wish.place).keys()
    standing = _last_cycles(people, wish.course)
    of = {status: set() for status in Enrollment.Status}
    sooner = set()
    for person_id in open_for & standing.keys():
        status, due_on = standing[person_id]
        of[status].add(person_id)
        if status in Enrollment.OPEN and wish.due_on and (due_on is None or due_on > wish.due_on):
            sooner.add(person_id)
    returning = of[Enrollment.Status.WITHDRAWN]
    return Preview(
        new=frozenset((open_for - standing.keys()) | returning),
        returning=frozenset(returning),
        begun=frozenset(of[Enrollment.Status.NOT_STARTED] | of[Enrollment.Status.UNDER_WAY]),
        done=frozenset(of[Enrollment.Status.COMPLETE]),
        shut_out=frozenset(meant - open_for),
        sooner=frozenset(sooner),
    )


def assign(*, wish: Wish, by: User, token: uuid.UUID) -> Assignment:
    """Assign a course; asking twice with one ``token`` gives the same assignment.

    Returns at once, whatever the number of people: a task enrolls them after the commit.

    Raises:
        NotTheirPlace: ``by`` doesn't lead the place, or the token is of somebody else's form.
        PastDue: the due day is over, in the region's zone.
        NotStaff: somebody named doesn't work there.
        NobodyMeant: there is nobody whom the course is open to.
    """
    if not may_lead(by, wish.place):
        raise NotTheirPlace(wish.place)
    if made := Assignment.objects.filter(token=token).first():
        return _same(made, by)
    meant = _check(wish)
    with transaction.atomic():
        assignment, is_new = Assignment.objects.get_or_create(
            token=token, defaults={**_fields(wish), "by": by, "meant": meant}
        )
        if is_new:
            assignment.people.set(wish.people_ids)
            audit.record(actor=by, action="assigned", subject=assignment, details=_facts(assignment, wish))
            tasks.reach.delay_on_commit(assignment.pk)
    return _same(assignment, by)


def withdraw(*, assignment: Assignment, by: User) -> Assignment:
    """Take an assignment back; doing it twice is once.

    After the commit a task withdraws the people whom it enrolled and who haven't begun. Whoever has begun
    keeps the course, without this due date.

    Raises:
        NotTheirPlace: ``by`` doesn't lead the place.
    """
    if not may_lead(by, assignment.place):
        raise NotTheirPlace(assignment.place)
    with transaction.atomic():
        standing = Assignment.objects.filter(pk=assignment.pk, withdrawn_at=None)
        if standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
            audit.record(actor=by, action="withdrew assignment", subject=assignment)
            tasks.release.delay_on_commit(assignment.pk)
    assignment.refresh_from_db()
    return assignment


def restore(*, assignment: Assignment, by: User) -> Assignment:
    """Bring a withdrawn assignment back: the same people get it again, with its due date.

    Raises:
        NotTheirPlace: ``by`` doesn't lead the place.
        TooLate: it was withdrawn longer than :data:`UNDO_WITHIN` ago, or its due day is over.
    """
    if not may_lead(by, assignment.place):
        raise NotTheirPlace(assignment.place)
    if assignment.withdrawn_at and not may_restore(assignment):
        raise TooLate(assignment)
    with transaction.atomic():
        gone = Assignment.objects.filter(pk=assignment.pk, withdrawn_at__isnull=False)
        if gone.update(withdrawn_at=None, withdrawn_by=None, reached_at=None):
            audit.record(actor=by, action="restored assignment", subject=assignment)
            tasks.reach.delay_on_commit(assignment.pk)
    assignment.refresh_from_db()
    return assignment


def may_restore(assignment: Assignment) -> bool:
    """Is it withdrawn, and not too long ago to be brought back?"""
    return (
        assignment.withdrawn_at is not None
        and timezone.now() - assignment.withdrawn_at <= UNDO_WITHIN
        and (assignment.due_on is None or assignment.due_on >= timezone.localdate())
    )


def standing_after_withdrawal(assignment: Assignment) -> dict[str, int]:
    """How many a withdrawal would take out (``leaving``), and how many it would leave in (``staying``)."""
    opened = Enrollment.objects.filter(reaches__assignment=assignment, status__in=Enrollment.OPEN)
    leaving = leaving_of(assignment).count()
    return {"leaving": leaving, "staying": opened.count() - leaving}


def _check(wish) -> int:
    """Return how many are meant at most; reaching counts exactly. Raises what :func:`assign` does."""
    if wish.due_on and wish.due_on < timezone.localdate():
        raise PastDue(wish.due_on)
    people = people_wished(wish)
    if wish.people_ids and people.count() != len(wish.people_ids):
        raise NotStaff
    if not is_open_to_some(people=people, course=wish.course):
        raise NobodyMeant
    return people.count()


def _same(assignment, by):
    if assignment.by_id != by.pk:
        raise NotTheirPlace(assignment.place)
    return assignment


def _fields(wish: Wish) -> dict:
    return {
        "course_key": wish.course.translation_key,
        "course_title": wish.course.title,
        "building": wish.place if isinstance(wish.place, Building) else None,
        "district": wish.place if isinstance(wish.place, District) else None,
        "roles": sorted(wish.roles) if not wish.people_ids else [],
        "due_on": wish.due_on,
        "message": wish.message,
        # Named people are just those; who comes later wasn't named.
        "includes_future_staff": wish.includes_future_staff and not wish.people_ids,
    }


def _facts(assignment, wish) -> dict:
    return {
        "course": assignment.course_key,
        "place": wish.place.slug,
        "roles": assignment.roles,
        "people": sorted(wish.people_ids),
        "due_on": assignment.due_on,
        "includes_future_staff": assignment.includes_future_staff,
    }


def _last_cycles(people, course) -> dict[int, tuple]:
    """Status and due date of each person's newest enrollment in the course, by the person's id."""
    rows = Enrollment.objects.filter(course_key=course.translation_key, person__in=people)
    rows = rows.order_by("cycle").values_list("person", "status", "due_on")
    return {person_id: (status, due_on) for person_id, status, due_on in rows}
