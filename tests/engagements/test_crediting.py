"""Clock hours of a team's meetings: the course they count for, who is registered, and what is given."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses import certifying, desk, enrolling, evaluating
from courses.models import Enrollment, Participation
from engagements import attending, crediting, joining, meeting, registering
from engagements.models import Engagement, Meeting, Member
from notices.models import Notice
from tests import factories
from tests.courses.endings import ANSWERS, EQUITY, make_approved_course
from tests.engagements import making

D = Decimal


@pytest.fixture
def course(building):
    return make_with_coach("Reviewing together")


def make_with_coach(title, **fields):
    course = make_approved_course(title, hours={EQUITY: 6}, is_facilitated=True, **fields)
    course.get_children().delete()
    return course


@pytest.fixture
def offering(engagement, lead, maria, course, admin):
    return registering.choose(engagement=engagement, course=course, by=admin)


def meet(engagement, by, minutes, *, days=1):
    """A meeting that was held so many days ago, with the minutes of each member."""
    held = meeting.plan(
        engagement=engagement,
        by=by,
        title="We look",
        starts_at=timezone.now() - datetime.timedelta(days=days),
        minutes_long=90,
    )
    meeting.hold(meeting=held)
    attending.note(meeting=held, by=by, minutes=minutes)
    return held


def line_of(engagement, member):
    account = crediting.account_of(Engagement.objects.get(pk=engagement.pk))
    return next(line for line in account.lines if line.member.pk == member.pk)


def state_of(engagement, member):
    return line_of(engagement, member).state


def enrollment_of(member) -> Enrollment:
    return Enrollment.objects.get(person=member.person)


def test_choosing_a_course_registers_the_team_without_its_coach_and_tells_them(offering, lead, maria):
    people = set(offering.registrations.values_list("person", flat=True))
    assert people == {lead.person_id, maria.person_id}
    told = Notice.objects.filter(key=f"registered:{offering.pk}")
    assert set(told.values_list("person", flat=True)) == people
    assert enrollment_of(maria).building == offering.engagement.building


def test_whoever_joins_later_is_registered(offering, engagement, coach, building):
    person = factories.make_teacher(building)
    joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, person=person)
    joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, name="Rosa")
    assert offering.registrations.filter(person=person).exists()
    assert offering.registrations.count() == 3


@pytest.mark.parametrize(
    "fields", [{"is_facilitated": False}, {"approved_on": None}, {"live": False}], ids=str
)
def test_a_course_that_is_no_offering_is_not_chosen(engagement, course, admin, fields):
    type(course).objects.filter(pk=course.pk).update(**fields)
    assert registering.courses_on_offer(engagement.service) == []
    with pytest.raises(registering.NotOnOffer):
        registering.choose(engagement=engagement, course=course, by=admin)


def test_confidential_work_gives_none(engagement, course, admin):
    Engagement.objects.filter(pk=engagement.pk).update(is_confidential=True)
    engagement.refresh_from_db()
    with pytest.raises(registering.Confidential):
        registering.choose(engagement=engagement, course=course, by=admin)
    with pytest.raises(registering.Confidential):
        crediting.give(engagement=engagement, by=admin)


def test_hours_are_given_once_evaluated_and_certified(offering, engagement, lead, maria, admin):
    meet(engagement, lead, {maria: 90, lead: 20}, days=9)
    meet(engagement, lead, {maria: 100})
    assert (state_of(engagement, maria), state_of(engagement, lead)) == ("to-give", "nothing")
    assert crediting.give(engagement=engagement, by=admin) == (1, 0)
    assert crediting.give(engagement=engagement, by=admin) == (0, 0)
    assert state_of(engagement, maria) == "evaluation"
    enrollment = enrollment_of(maria)
    told = Notice.objects.get(person=maria.person, key__startswith=f"hours:{enrollment.pk}:")
    assert told.title == "Your hours with your coach: 3.0 of 6.0"
    assert told.url == reverse("courses:evaluation", args=[enrollment.pk])
    evaluating.send(enrollment, ANSWERS)
    assert certifying.issue(enrollment).snapshot["total_hours"] == "3.0"
    assert state_of(engagement, maria) == "done"


@pytest.mark.parametrize(("minutes", "hours"), [(29, "0"), (59, "0.5"), (60, "1"), (119, "1.5"), (500, "6")])
def test_hours_are_whole_half_hours_within_what_is_offered(offering, engagement, lead, maria, minutes, hours):
    meet(engagement, lead, {maria: minutes})
    assert line_of(engagement, maria).hours == D(hours)


def test_minutes_of_several_meetings_are_added_before_they_are_cut(engagement, lead, maria):
    for days in (1, 2):
        meet(engagement, lead, {maria: 45}, days=days)
    line = line_of(engagement, maria)
    assert (line.meetings, line.minutes, line.hours) == (2, 90, D("1.5"))


def test_only_meetings_within_the_approval_count(offering, engagement, course, lead, maria):
    today = timezone.localdate()
    for days in (10, 5, 1):
        meet(engagement, lead, {maria: 60}, days=days)
    approved = {
        "approved_on": today - datetime.timedelta(days=7),
        "approved_until": today - datetime.timedelta(days=3),
    }
    type(course).objects.filter(pk=course.pk).update(**approved)
    account = crediting.account_of(Engagement.objects.get(pk=engagement.pk))
    assert [one.why_not for one in account.meetings] == ["early", "", "late"]
    assert line_of(engagement, maria).minutes == 60
    course.refresh_from_db()
    courses = {course.translation_key: course}
    [attended] = crediting.attended_in([enrollment_of(maria)], courses).values()
    assert attended.hours == D("1.0")


def test_more_meetings_and_corrections_follow_with_their_reason(offering, engagement, lead, maria, admin):
    first = meet(engagement, lead, {maria: 60}, days=9)
    crediting.give(engagement=engagement, by=admin)
    enrollment = enrollment_of(maria)
    evaluating.send(enrollment, ANSWERS)
    certifying.issue(enrollment)
    meet(engagement, lead, {maria: 60})
    assert state_of(engagement, maria) == "to-correct"
    assert crediting.give(engagement=engagement, by=admin) == (0, 1)
    more = certifying.current_of(enrollment)
    assert more.snapshot["total_hours"] == "2.0"
    assert more.snapshot["correction"]["reason"] == "More meetings of your team count now."
    attending.note(meeting=first, by=lead, minutes={maria: 0})
    crediting.give(engagement=engagement, by=admin)
    less = certifying.current_of(enrollment)
    assert less.snapshot["total_hours"] == "1.0"
    assert less.snapshot["correction"]["reason"] == "What was noted of your attendance was corrected."


def test_who_is_told_reads_it_in_their_language(offering, engagement, lead, maria, admin):
    maria.person.language = "es"
    maria.person.save()
    meet(engagement, lead, {maria: 60})
    crediting.give(engagement=engagement, by=admin)
    [told] = Notice.objects.filter(person=maria.person, key__startswith="hours:")
    assert "horas" in told.title


def test_who_has_no_account_attends_and_gets_none(offering, engagement, coach, lead, admin):
    rosa = joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, name="Rosa")
    meet(engagement, lead, {rosa: 60})
    assert state_of(engagement, rosa) == "no-account"
    assert crediting.give(engagement=engagement, by=admin) == (0, 0)


def test_who_left_the_course_is_given_nothing_and_who_left_the_team_is(
    offering, engagement, lead, maria, coach, building, admin
):
    person = factories.make_teacher(building)
    gone = joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, person=person)
    meet(engagement, lead, {maria: 60, gone: 60})
    joining.leave(member=gone, by=coach)
    enrolling.withdraw(enrollment=enrollment_of(maria), by=maria.person)
    assert state_of(engagement, maria) == "left"
    assert crediting.give(engagement=engagement, by=admin) == (1, 0)
    assert Participation.objects.get().enrollment.person == person


def test_hours_of_two_teams_are_never_added_up(
    offering, engagement, lead, maria, coach, course, admin, building
):
    other = making.make_engagement(building, coach=coach, lead=maria.person)
    registering.choose(engagement=other, course=course, by=admin)
    there = making.member_of(other, maria.person)
    meet(other, making.member_of(other, coach), {there: 60})
    assert state_of(other, there) == "elsewhere"
    assert crediting.give(engagement=other, by=admin) == (0, 0)
    meet(engagement, lead, {maria: 60})
    crediting.give(engagement=engagement, by=admin)
    evaluating.send(enrollment_of(maria), ANSWERS)
    # The first is complete: the other team's meetings are a cycle of their own.
    assert crediting.give(engagement=other, by=admin) == (1, 0)
    assert [row.cycle for row in maria.person.enrollments.order_by("cycle")] == [1, 2]


def test_another_course_takes_its_place_until_hours_are_given(
    offering, engagement, lead, maria, course, admin
):
    second = make_with_coach("Another")
    registering.choose(engagement=engagement, course=second, by=admin)
    assert maria.person.enrollments.get(course_key=course.translation_key).status == "withdrawn"
    # Back again: whom PSESD took out comes back, for they didn't leave.
    again = registering.choose(engagement=engagement, course=course, by=admin)
    assert again.registrations.count() == 2
    meet(engagement, lead, {maria: 60})
    crediting.give(engagement=engagement, by=admin)
    with pytest.raises(registering.AlreadyGiven):
        registering.choose(engagement=engagement, course=second, by=admin)


def test_an_unpublished_course_gives_nothing(client_of, offering, engagement, lead, maria, course, admin):
    meet(engagement, lead, {maria: 60})
    course.unpublish()
    page = client_of(admin).post(reverse("engagements:hours_given", args=[engagement.pk]), follow=True)
    assert "nothing was given" in page.content.decode()
    assert not Participation.objects.exists()


def test_an_administrator_chooses_and_gives_and_who_steers_reads(
    client_of, engagement, lead, maria, course, admin, principal
):
    held = meet(engagement, lead, {maria: 60})
    page, office = reverse("engagements:hours", args=[engagement.pk]), client_of(admin)
    assert "Choose the course" in office.get(page).content.decode()
    office.post(reverse("engagements:hours_course", args=[engagement.pk]), {"course": course.translation_key})
    assert "Give these hours" in office.get(page).content.decode()
    read = client_of(principal).get(page).content.decode()
    assert "Give these hours" not in read
    assert "Choose another course" not in read
    assert "To be given" in read
    assert reverse("engagements:attendance", args=[engagement.pk, held.pk]) in read
    office.post(reverse("engagements:hours_given", args=[engagement.pk]))
    assert "Evaluation not sent" in office.get(page).content.decode()


def test_a_member_reads_their_own_state_in_the_work_and_in_my_learning(
    client_of, offering, engagement, lead, maria, admin
):
    meet(engagement, lead, {maria: 90})
    client = client_of(maria.person)
    work = reverse("engagements:show", args=[engagement.pk])
    assert "<b>1.5</b> of 6 hours" in client.get(work).content.decode()
    assert "1.5 of 6 hours attended" in client.get(reverse("courses:learning")).content.decode()
    assert desk.desk_of(maria.person).with_coach[0].percent == 25
    crediting.give(engagement=engagement, by=admin)
    to_send = reverse("courses:evaluation", args=[enrollment_of(maria).pk])
    assert to_send in client.get(work).content.decode()
    assert "evaluation to send" in client.get(reverse("courses:learning")).content.decode()
    [row] = desk.desk_of(maria.person).with_coach
    assert row.attended.url == work


def test_attendance_can_be_corrected_after_the_end_where_hours_rest_on_it(
    client_of, engagement, lead, maria, course, admin, principal
):
    held = meet(engagement, lead, {maria: 90})
    Engagement.objects.filter(pk=engagement.pk).update(state="closed", closed_at=timezone.now())
    address = reverse("engagements:attendance", args=[engagement.pk, held.pk])
    client = client_of(principal)
    assert client.get(address).status_code == 404
    registering.choose(engagement=engagement, course=course, by=admin)
    client.post(address, {f"minutes-{maria.pk}": "60"})
    assert line_of(engagement, maria).minutes == 60


def test_the_page_costs_the_same_for_any_number(
    client_of, offering, engagement, lead, maria, coach, building, admin
):
    client, page = client_of(admin), reverse("engagements:hours", args=[engagement.pk])
    meet(engagement, lead, {maria: 60})
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    people = [factories.make_teacher(building) for _ in range(3)]
    add = {"engagement": engagement, "by": coach, "role": Member.Role.MEMBER}
    for days, person in enumerate(people, start=2):
        meet(engagement, lead, {joining.add(person=person, **add): 60}, days=days)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert Meeting.objects.count() == 4
    assert len(few) == len(many) <= 15


def test_the_first_page_of_who_takes_it_stays_within_twelve_queries(
    offering, engagement, lead, maria, client_of, django_assert_max_num_queries
):
    meet(engagement, lead, {maria: 60}, days=4)
    client = client_of(maria.person)
    client.get("/learning/")
    with django_assert_max_num_queries(12):
        page = client.get("/learning/")
    assert "1.0 of" in page.content.decode()


def test_a_course_whose_hours_were_taken_away_breaks_nobodys_first_page(
    offering, engagement, lead, maria, course, client_of
):
    meet(engagement, lead, {maria: 60}, days=4)
    course.clock_hours.all().delete()
    assert client_of(maria.person).get("/learning/").status_code == 200
