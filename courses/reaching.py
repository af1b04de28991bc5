"""Reaching: how an assignment comes to the people it means. Background work, in batches.

Each batch is one transaction that makes everything for its people: enrollment, link, audit entry, notice.
A worker killed between two batches has lost nothing, and the next one goes on with whoever has no link yet.
"""

import datetime
import itertools
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import languages, tailoring
from courses import enrolling, sweeping
from courses.intended import Taken, open_to, people_meant
from courses.models import Assignment, Enrollment, Reach, Withdrawal
from courses.signals import enrolled
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import AuditEntry, Position, User

BATCH = 1000

Status = Enrollment.Status


def reach(assignment: Assignment) -> Assignment:
    """Enroll everybody whom the assignment means and the course is open to, and tell them.

    Doing it again does only what is left to do. While the course is unpublished nothing happens; a withdrawn
    assignment reaches nobody, even when it is withdrawn in the middle.
    """
    course = tailoring.course_of(assignment.course_key)
    if course is None or assignment.withdrawn_at:
        return assignment
    takers = open_to(people=people_meant(assignment), course=course, place=assignment.place)
    linked = set(_linked(assignment).values_list("enrollment__person", flat=True))
    standing = Assignment.objects.filter(pk=assignment.pk)
    standing.update(meant=len(takers.keys() | linked), course_title=course.title)
    if _reach_people(assignment, course, {pk: takers[pk] for pk in takers.keys() - linked}):
        _bring_due_date(assignment)
        standing.filter(withdrawn_at=None, reached_at=None).update(reached_at=timezone.now())
    assignment.refresh_from_db()
    return assignment


@sweeping.every_five_minutes
def reach_waiting() -> None:
    """Go on with the assignments whose task was lost or killed."""
    for assignment in Assignment.objects.filter(reached_at=None, withdrawn_at=None).order_by("made_at"):
        reach(assignment)


@sweeping.every_night
def reach_newcomers(person_ids: Iterable[int] | None = None) -> None:
    """Bring the assignments that include future staff to those who came since: of ``person_ids``, or all."""
    lasting = Assignment.objects.filter(
        includes_future_staff=True, withdrawn_at=None, reached_at__isnull=False
    ).select_related("building", "district", "by")
    if person_ids is not None:
        person_ids = set(person_ids)
        lasting = lasting.filter(_at_places_of(person_ids))
    for assignment in lasting:
        _reach_newcomers_of(assignment, person_ids)


def _reach_newcomers_of(assignment, person_ids):
    course = tailoring.course_of(assignment.course_key)
    people = people_meant(assignment).exclude(pk__in=_linked(assignment).values("enrollment__person"))
    if person_ids is not None:
        people = people.filter(pk__in=person_ids)
    if course is None or not people.exists():
        return
    takers = open_to(people=people, course=course, place=assignment.place)
    _reach_people(assignment, course, takers)
    Assignment.objects.filter(pk=assignment.pk).update(meant=_linked(assignment).count())


def _at_places_of(person_ids) -> Q:
    held = Position.objects.current().filter(person__in=person_ids)
    places = list(held.values_list("building", "building__district", "district"))
    buildings = {building for building, _of, _whole in places} - {None}
    districts = {district for _building, *both in places for district in both} - {None}
    return Q(building__in=buildings) | Q(district__in=districts)


def _reach_people(assignment, course, takers: dict[int, Taken]) -> bool:
    """Reach those people in batches; False when the assignment was withdrawn meanwhile."""
    # In one order, so that two workers never wait for each other's rows in a circle.
    remaining = iter(sorted(takers))
    while ids := list(itertools.islice(remaining, BATCH)):
        with transaction.atomic():
            # The lock lets one worker at a time on an assignment, and a withdrawal wait for a batch's end.
            locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
            if locked.withdrawn_at:
                return False
            _Batch(locked, course, {pk: takers[pk] for pk in ids}).reach()
    return True


class _Batch:
    """Some of the people of one assignment, in one transaction."""

    def __init__(self, assignment: Assignment, course, takers: dict[int, Taken]):
        self.assignment = assignment
        self.course = course
        self.now = timezone.now()
        self.due_on = due_date_for(assignment)
        self.takers = takers

    def reach(self) -> None:
        linked = _linked(self.assignment).filter(enrollment__person__in=self.takers)
        linked = set(linked.values_list("enrollment__person", flat=True))
        names = ("first_name", "last_name", "preferred_name", "email", "language")
        self.people = User.objects.only(*names).in_bulk(self.takers.keys() - linked)
        known = set(self._enrollments.values_list("person", flat=True))
        made = self._make(self.people.keys() - known)
        newest = self._newest()
        back = self._bring_back([row for row in newest.values() if row.status == Status.WITHDRAWN])
        Reach.objects.bulk_create(
            Reach(assignment=self.assignment, enrollment=row, caused_it=row.pk in made or row.pk in back)
            for row in newest.values()
        )
        self._set_due([row.pk for row in newest.values() if row.status != Status.COMPLETE])
        self._audit("enrolled", [row for row in newest.values() if row.pk in made])
        for row in newest.values():
            if row.pk in made:
                enrolled.send(Enrollment, enrollment=row)
        tell_assigned(
            self.assignment, [row.person for row in newest.values() if row.status != Status.COMPLETE]
        )

    @property
    def _enrollments(self):
        return Enrollment.objects.filter(course_key=self.assignment.course_key, person__in=self.people)

    def _newest(self) -> dict[int, Enrollment]:
        """The newest enrollment in the course of each person who has one."""
        newest = {row.person_id: row for row in self._enrollments.order_by("cycle")}
        for person_id, row in newest.items():
            row.person = self.people[person_id]
        return newest

    def _make(self, person_ids) -> set[int]:
        """Enroll people who never were; the ids of the rows that are ours.

        Who enrolls themselves in this very moment keeps their own row: it isn't of our time.
        """
        Enrollment.objects.bulk_create(
            [
                Enrollment(
                    person_id=pk,
                    course_key=self.assignment.course_key,
                    course_title=self.course.title,
                    building_id=self.takers[pk].building_id,
                    district_id=self.takers[pk].district_id,
                    due_on=self.due_on,
                    enrolled_at=self.now,
                )
                for pk in sorted(person_ids)
            ],
            ignore_conflicts=True,
        )
        ours = self._enrollments.filter(enrolled_at=self.now)
        return set(ours.values_list("pk", flat=True))

    def _bring_back(self, left: list[Enrollment]) -> set[int]:
        """Let those who had left come back: the untouched ones at once, the others each where they were."""
        untouched = [row for row in left if row.opened_at is None]
        Withdrawal.objects.filter(enrollment__in=untouched).delete()
        gone = Enrollment.objects.filter(pk__in=[row.pk for row in untouched], status=Status.WITHDRAWN)
        gone.update(status=Status.NOT_STARTED)
        self._audit("came back", untouched)
        for row in untouched:
            row.status = Status.NOT_STARTED
            enrolled.send(Enrollment, enrollment=row)
        for row in left:
            if row.opened_at:
                enrolling.come_back(enrollment=row, by=self.assignment.by)
        return {row.pk for row in untouched}

    def _set_due(self, pks):
        if self.due_on:
            later = Enrollment.objects.filter(pk__in=pks, status__in=Enrollment.OPEN).filter(
                Q(due_on=None) | Q(due_on__gt=self.due_on)
            )
            later.update(due_on=self.due_on)

    def _audit(self, action, rows):
        details = {"assignment": self.assignment.pk}
        AuditEntry.objects.bulk_create(
            audit.entry(actor=self.assignment.by, action=action, subject=row, details=details) for row in rows
        )


def due_date_for(assignment: Assignment) -> datetime.date | None:
    """The due date that somebody reached today gets: none once the day is over, so nobody begins overdue."""
    due_on = assignment.due_on
    return due_on if due_on and due_on >= timezone.localdate() else None


def tell_assigned(assignment: Assignment, people: Iterable[User]) -> None:
    """Tell people, each in their language, that the course is assigned to them. Telling twice is once."""
    tell_each(
        people=people,
        kind=Kind.ASSIGNED,
        key=f"assigned:{assignment.pk}",
        title=gettext_lazy("“%(course)s” is assigned to you"),
        body="%(words)s",
        names={"course": lazy(_title, str)(assignment), "words": lazy(_words, str)(assignment)},
        url=reverse("courses:enroll", args=[assignment.course_key]),
    )


def _title(assignment) -> str:
    return languages.title_of(assignment.course_key, assignment.course_title)


def _words(assignment) -> str:
    names = {"name": assignment.by.full_name, "course": _title(assignment)}
    if due_on := due_date_for(assignment):
        names["day"] = date_format(due_on)
        said = _("%(name)s has assigned “%(course)s” to you. It is due at the end of %(day)s.") % names
    else:
        said = _("%(name)s has assigned “%(course)s” to you.") % names
    return f"{said}\n\n{assignment.message}".strip()


def _linked(assignment):
    return Reach.objects.filter(assignment=assignment)


def _bring_due_date(assignment):
    """Set the due date anew for whoever kept the course while the assignment was withdrawn."""
    if due_on := due_date_for(assignment):
        later = Enrollment.objects.filter(
            pk__in=_linked(assignment).values("enrollment"), status__in=Enrollment.OPEN
        )
        later.filter(Q(due_on=None) | Q(due_on__gt=due_on)).update(due_on=due_on)
