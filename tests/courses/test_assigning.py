"""Assigning: a leader gives a course to staff; each of them has it once, knows of it, and nothing is lost."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from cms.models import Audience
from courses import assigning, enrolling, nudging, reaching, releasing, studying, sweeping
from courses.assigning import Wish
from courses.models import Assignment, Enrollment, Nudge, Reach, Withdrawal
from notices.models import Notice
from roster.appointing import appoint, end_position
from roster.models import AuditEntry, Position
from tests.factories import BuildingFactory, make_course, make_person, make_teacher

Status = Enrollment.Status
SOON = datetime.timedelta(days=20)


@pytest.fixture
def due_on():
    return timezone.localdate() + SOON


@pytest.fixture
def staff(building, principal):
    """Three teachers beside the principal."""
    return [make_teacher(building, last_name=name) for name in ("Adebayo", "Begay", "Chen")]


@pytest.fixture
def give(principal, course, building, django_capture_on_commit_callbacks):
    """Assign by the principal to their building, with the tasks that follow the commit."""

    def assign(*, by=principal, token=None, tasks_run=True, **fields):
        wish = Wish(**{"course": course, "place": building, **fields})
        with django_capture_on_commit_callbacks(execute=tasks_run):
            return assigning.assign(wish=wish, by=by, token=token or uuid.uuid4())

    return assign


def of(person, course):
    return Enrollment.objects.get(person=person, course_key=course.translation_key)


def done_by(person, course):
    enrollment = enrolling.enroll(person=person, course=course)
    Enrollment.objects.filter(pk=enrollment.pk).update(
        status=Status.COMPLETE, progress=100, completed_at=timezone.now(), opened_at=timezone.now()
    )
    return enrollment


def open_first(enrollment, course):
    studying.open_module(enrollment=enrollment, module_key=course.get_children().first().translation_key)


def test_everybody_has_the_course_its_due_date_a_notice_and_an_email(give, staff, course, building, due_on):
    assignment = give(due_on=due_on, message="Read it before we meet.")

    assignment.refresh_from_db()
    assert assignment.reached_at
    assert assignment.meant == Reach.objects.filter(assignment=assignment).count() == 4
    for person in staff:
        enrollment = of(person, course)
        assert (enrollment.due_on, enrollment.building, enrollment.status) == (
            due_on,
            building,
            Status.NOT_STARTED,
        )
        notice = Notice.objects.get(person=person)
        assert "Read it before we meet." in notice.body
    assert {message.to[0] for message in mail.outbox} >= {person.email for person in staff}
    assert AuditEntry.objects.filter(action="assigned").count() == 1
    assert AuditEntry.objects.filter(action="enrolled").count() == 4


def test_a_second_press_gives_the_same_assignment(give, staff):
    token = uuid.uuid4()

    assert give(token=token) == give(token=token)
    assert Assignment.objects.count() == 1
    assert Notice.objects.count() == 4


def test_the_preview_says_exactly_who_is_reached(give, staff, course, building, due_on):
    begun, done, left = staff
    open_first(enrolling.enroll(person=begun, course=course), course)
    done_by(done, course)
    enrolling.withdraw(enrollment=enrolling.enroll(person=left, course=course), by=left)
    wish = Wish(course=course, place=building, people_ids=frozenset(p.pk for p in staff), due_on=due_on)

    seen = assigning.preview(wish)

    assert (seen.begun, seen.done, seen.new, seen.returning) == ({begun.pk}, {done.pk}, {left.pk}, {left.pk})
    assert seen.sooner == {begun.pk}
    assignment = give(people_ids=wish.people_ids, due_on=due_on)
    reached = Reach.objects.filter(assignment=assignment).values_list("enrollment__person", flat=True)
    assert set(reached) == seen.new | seen.begun | seen.done
    assert of(done, course).due_on is None
    assert of(left, course).status == Status.NOT_STARTED
    assert not Notice.objects.filter(person=done).exists()


def test_the_earlier_due_date_holds(give, staff, course, due_on):
    give(due_on=due_on)
    give(due_on=due_on + SOON)
    assert of(staff[0], course).due_on == due_on
    give(due_on=due_on - datetime.timedelta(days=5))
    assert of(staff[0], course).due_on == due_on - datetime.timedelta(days=5)


def test_staff_whom_the_course_is_not_meant_for_are_left_out(give, staff, course, building, principal):
    Audience.objects.create(slug="leaders", name="Leaders", include={"roles": ["principal"]})
    course.audiences = ["leaders"]
    course.save()

    seen = assigning.preview(Wish(course=course, place=building))
    assert (seen.new, seen.shut_out) == ({principal.pk}, {person.pk for person in staff})
    give()
    assert set(Enrollment.objects.values_list("person", flat=True)) == {principal.pk}
    with pytest.raises(assigning.NobodyMeant):
        give(people_ids=frozenset({staff[0].pk}))


def test_who_works_in_two_buildings_takes_it_where_it_was_assigned(give, building, course):
    person = make_teacher(BuildingFactory())
    appoint(person=person, role="teacher", building=building)
    give()
    assert of(person, course).building == building


def test_roles_choose_among_the_staff(give, staff, building):
    counselor = make_person(Position.Role.COUNSELOR, building=building)
    give(roles=frozenset({"counselor"}))
    assert set(Enrollment.objects.values_list("person", flat=True)) == {counselor.pk}


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        (assigning.PastDue, lambda other: {"due_on": timezone.localdate() - datetime.timedelta(days=1)}),
        (assigning.NotStaff, lambda other: {"people_ids": frozenset({other.pk})}),
        (assigning.NobodyMeant, lambda other: {"roles": frozenset({"superintendent"})}),
        (assigning.NotTheirPlace, lambda other: {"by": other}),
    ],
)
def test_what_cannot_be_assigned_is_refused(give, staff, fault, change):
    other = make_teacher(BuildingFactory())
    with pytest.raises(fault):
        give(**change(other))
    assert not Assignment.objects.exists()


def test_a_day_ends_in_washington(give, staff, course):
    with time_machine.travel("2026-12-18 23:30 -0800", tick=False):
        give(due_on=datetime.date(2026, 12, 18))
        assert not of(staff[0], course).is_overdue
    with time_machine.travel("2026-12-19 00:30 -0800", tick=False):
        assert of(staff[0], course).is_overdue


def test_a_district_reaches_all_its_buildings_and_its_office(give, district, district_admin, staff, course):
    elsewhere = make_teacher(BuildingFactory(district=district))
    give(place=district, by=district_admin)
    for person in (*staff, elsewhere, district_admin):
        assert of(person, course).district == district


def test_the_sweep_goes_on_where_a_killed_worker_stopped(give, staff, course, monkeypatch):
    monkeypatch.setattr(reaching, "BATCH", 2)
    assignment = give(tasks_run=False)
    with monkeypatch.context() as during:
        during.setattr(reaching._Batch, "reach", _killed_in_the_second(reaching._Batch.reach))
        with pytest.raises(MemoryError):
            reaching.reach(assignment)
    assert Reach.objects.count() == Enrollment.objects.count() == Notice.objects.count() == 2

    sweeping.sweep()
    sweeping.sweep()

    assert Reach.objects.count() == Enrollment.objects.count() == Notice.objects.count() == 4
    assert AuditEntry.objects.filter(action="enrolled").count() == 4
    assert Assignment.objects.get().reached_at


def _killed_in_the_second(real):
    batches = []

    def reach(batch):
        batches.append(batch)
        real(batch)
        if len(batches) == 2:
            raise MemoryError

    return reach


def test_who_comes_later_gets_it_too_when_that_was_asked(
    give, staff, building, course, due_on, django_capture_on_commit_callbacks
):
    give(includes_future_staff=True, roles=frozenset({"teacher"}), due_on=due_on)
    give(course=make_course("Another"))
    newcomer = make_person(Position.Role.TEACHER, building=BuildingFactory())
    helper = make_person(Position.Role.PARAEDUCATOR, building=BuildingFactory())
    with django_capture_on_commit_callbacks(execute=True):
        appoint(person=newcomer, role="teacher", building=building)
        appoint(person=helper, role="paraeducator", building=building)
    assert [row.course_key for row in newcomer.enrollments.all()] == [course.translation_key]
    assert of(newcomer, course).due_on == due_on
    assert not helper.enrollments.exists()


def test_a_newcomer_never_begins_overdue(give, staff, building, course, due_on):
    give(includes_future_staff=True, due_on=due_on)
    with time_machine.travel(timezone.now() + 2 * SOON):
        newcomer = make_teacher(building)
        reaching.reach_newcomers()
        assert of(newcomer, course).due_on is None


def test_leaving_and_returning_staff_are_not_reached_twice(
    give, staff, building, course, principal, django_capture_on_commit_callbacks
):
    give(includes_future_staff=True)
    person = staff[0]
    enrolling.withdraw(enrollment=of(person, course), by=person)
    with django_capture_on_commit_callbacks(execute=True):
        end_position(position=person.positions.get(), by=principal)
    reaching.reach_newcomers()
    assert of(person, course).status == Status.WITHDRAWN


class TestWithdrawing:
    """Who hasn't begun leaves; who has begun stays, free of the date."""

    @pytest.fixture
    def take_back(self, principal, django_capture_on_commit_callbacks):
        def withdraw(assignment, verb=assigning.withdraw):
            with django_capture_on_commit_callbacks(execute=True):
                return verb(assignment=assignment, by=principal)

        return withdraw

    def test_who_has_not_begun_leaves_and_who_has_stays(self, give, take_back, staff, course, due_on):
        own, begun, untouched = staff
        enrolling.enroll(person=own, course=course)
        assignment = give(due_on=due_on)
        open_first(of(begun, course), course)
        assert assigning.standing_after_withdrawal(assignment) == {"leaving": 2, "staying": 2}

        take_back(assignment)

        found = {person: (of(person, course).status, of(person, course).due_on) for person in staff}
        assert found == {
            own: (Status.NOT_STARTED, None),
            begun: (Status.UNDER_WAY, None),
            untouched: (Status.WITHDRAWN, None),
        }
        assert Withdrawal.objects.count() == 2
        assert AuditEntry.objects.filter(action="withdrew assignment").count() == 1

    def test_the_sweep_changes_nothing_more(self, give, take_back, staff, course, due_on):
        take_back(give(due_on=due_on))
        enrolling.enroll(person=staff[0], course=course)
        releasing.release_waiting()
        assert of(staff[0], course).status == Status.NOT_STARTED

    def test_another_assignment_keeps_them_and_its_date(self, give, take_back, staff, course, due_on):
        first, second = give(due_on=due_on), give(due_on=due_on + SOON)
        take_back(first)
        assert (of(staff[0], course).status, of(staff[0], course).due_on) == (
            Status.NOT_STARTED,
            due_on + SOON,
        )
        take_back(second)
        assert of(staff[0], course).status == Status.WITHDRAWN

    def test_bringing_it_back_restores_people_and_date(self, give, take_back, staff, course, due_on):
        assignment = give(due_on=due_on)
        open_first(of(staff[0], course), course)
        take_back(assignment)
        take_back(assignment, assigning.restore)
        assert {of(person, course).due_on for person in staff} == {due_on}
        assert [of(person, course).status for person in staff] == [
            Status.UNDER_WAY,
            Status.NOT_STARTED,
            Status.NOT_STARTED,
        ]
        assert Notice.objects.filter(person=staff[0]).count() == 1
        take_back(assignment)
        assert of(staff[1], course).status == Status.WITHDRAWN

    def test_after_a_week_it_is_too_late_to_bring_it_back(self, give, take_back, staff):
        assignment = take_back(give())
        with (
            time_machine.travel(timezone.now() + datetime.timedelta(days=8)),
            pytest.raises(assigning.TooLate),
        ):
            take_back(assignment, assigning.restore)

    def test_withdrawn_while_people_are_reached_it_reaches_nobody_more(self, give, staff, monkeypatch):
        monkeypatch.setattr(reaching, "BATCH", 2)
        real = reaching._Batch.reach

        def reach(batch):
            real(batch)
            Assignment.objects.update(withdrawn_at=timezone.now(), withdrawn_by=batch.assignment.by)

        monkeypatch.setattr(reaching._Batch, "reach", reach)
        assignment = give()
        assignment.refresh_from_db()
        assert (Reach.objects.count(), assignment.reached_at) == (2, None)


def test_a_nudge_comes_once_a_day_to_those_who_have_not_finished(give, staff, course, principal):
    give()
    done_by(staff[0], course)
    everybody = Enrollment.objects.all()
    assert nudging.nudge(enrollments=everybody, by=principal) == 2
    assert nudging.nudge(enrollments=everybody, by=principal) == 0
    told = Notice.objects.filter(kind="nudged").values_list("person", flat=True)
    assert set(told) == {staff[1].pk, staff[2].pk}
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert nudging.nudge(enrollments=everybody, by=principal) == 2
    assert Nudge.objects.count() == 4
