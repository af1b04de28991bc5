"""A course that is taken with a coach: completed, certified and corrected by who attended how long."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms.standpoints import Place
from courses import (
    assigning,
    certifying,
    clock_hours,
    completing,
    enrolling,
    evaluating,
    intended,
    nudging,
    participating,
    printing,
    studying,
)
from courses.clock_hours import NotClaimable, Offer
from courses.desk import desk_of
from courses.models import ClockHourEntry, Enrollment
from courses.participating import Day
from roster.groups import set_up
from roster.models import AuditEntry
from tests import factories
from tests.courses.endings import ANSWERS, EQUITY, LEADERSHIP, make_approved_course

D = Decimal
OCTOBER, NOVEMBER = datetime.date(2026, 10, 2), datetime.date(2026, 11, 6)
WHY = "Two more meetings count."


@pytest.fixture
def course(building):
    return make_with_coach()


def make_with_coach(title="Our data, with a coach", *, hours=None, **fields):
    """A course of six hours in two categories, without modules."""
    hours = {EQUITY: 4, LEADERSHIP: 2} if hours is None else hours
    course = make_approved_course(title, hours=hours, is_facilitated=True, **fields)
    course.get_children().delete()
    return course


@pytest.fixture
def registered(teacher, course, admin, building):
    return register(teacher, course, admin, building)


def register(person, course, by, building):
    place = Place(building_id=building.pk, district_id=building.district_id)
    return enrolling.register(person=person, course=course, by=by, at=place)


def vouch(enrollment, by, *days, reason=WHY):
    participating.vouch(
        enrollment=enrollment, days=[Day(on, minutes) for on, minutes in days], by=by, reason=reason
    )
    enrollment.refresh_from_db()
    return enrollment


def certify(enrollment, by, *days):
    vouch(enrollment, by, *days)
    evaluating.send(enrollment, ANSWERS)
    return certifying.issue(enrollment)


def hours_in(enrollment):
    return {entry.category: entry.hours for entry in enrollment.clock_hour_entries.all()}


def test_without_modules_nothing_completes_it_but_attendance_and_then_the_evaluation(registered, admin):
    assert completing.recount(registered).status == Enrollment.Status.UNDER_WAY
    assert not evaluating.is_due(registered)
    with pytest.raises(evaluating.NotDue):
        evaluating.send(registered, ANSWERS)
    vouch(registered, admin, (OCTOBER, 90))
    assert (registered.status, registered.progress) == (Enrollment.Status.UNDER_WAY, completing.NEARLY_ALL)
    assert evaluating.is_due(registered)
    evaluating.send(registered, ANSWERS)
    assert registered.is_complete


def test_without_an_evaluation_attendance_completes_it(teacher, admin, building):
    registered = register(teacher, make_with_coach(asks_for_evaluation=False), admin, building)
    assert registered.is_open
    assert vouch(registered, admin, (OCTOBER, 30)).is_complete


def test_a_module_that_prepares_for_it_must_be_done_too(registered, course, admin):
    module = factories.make_module(course, body=[factories.text()])
    vouch(registered, admin, (OCTOBER, 90))
    assert not evaluating.is_due(registered)
    studying.mark_read(enrollment=registered, module_key=module.translation_key)
    assert evaluating.is_due(registered)


def test_the_hours_are_what_was_attended_and_the_certificate_says_of_how_many(registered, admin):
    certificate = certify(registered, admin, (NOVEMBER, 85), (OCTOBER, 100))
    # Three of six hours: two of the four, one of the two.
    assert hours_in(registered) == {EQUITY: D("2.0"), LEADERSHIP: D("1.0")}
    assert certificate.snapshot["total_hours"] == "3.0"
    assert [row["offered"] for row in certificate.snapshot["hours"]] == ["2.0", "4.0"]
    assert certificate.snapshot["attended"] == {"minutes": 185, "days": ["2026-10-02", "2026-11-06"]}
    assert certificate.snapshot["completed_on"] == "2026-11-06"
    assert {entry.earned_on for entry in registered.clock_hour_entries.all()} == {NOVEMBER}
    words = printing.certificate_words(certificate)
    assert words["when"] == "In meetings with a coach. Attended: Oct 2, 2026 · Nov 6, 2026"
    assert [row["hours"] for row in words["hours"]] == ["1.0 of 2.0", "2.0 of 4.0"]
    assert printing.certificate_pdf(certificate).startswith(b"%PDF")


def test_saying_the_same_again_changes_nothing(registered, admin):
    first = certify(registered, admin, (OCTOBER, 60), (OCTOBER, 60), (NOVEMBER, 0))
    audited = AuditEntry.objects.count()
    vouch(registered, admin, (OCTOBER, 120))
    assert certifying.current_of(registered) == first
    assert AuditEntry.objects.count() == audited


LOWER, HIGHER = {EQUITY: D("0.5"), LEADERSHIP: D("0.0")}, {EQUITY: D("4.0"), LEADERSHIP: D("2.0")}


@pytest.mark.parametrize(("later", "hours"), [((60,), LOWER), ((180, 180), HIGHER)], ids=["lower", "higher"])
def test_a_correction_supersedes_the_certificate_both_ways(registered, admin, later, hours):
    first = certify(registered, admin, (OCTOBER, 180))
    vouch(registered, admin, *zip([OCTOBER, NOVEMBER], later, strict=False))
    assert hours_in(registered) == hours
    now = certifying.current_of(registered)
    assert now.supersedes == first
    assert now.snapshot["correction"] == {"of": first.code, "reason": WHY}
    assert registered.person.notices.filter(key=f"certificate-superseded:{now.pk}").exists()


def test_a_correction_within_the_same_half_hour_still_corrects_the_days(registered, admin):
    certify(registered, admin, (OCTOBER, 180))
    vouch(registered, admin, (NOVEMBER, 180))
    assert certifying.current_of(registered).snapshot["attended"]["days"] == ["2026-11-06"]


def test_no_correction_raises_what_a_person_claims_themselves(registered, teacher, admin):
    certify(registered, admin, (OCTOBER, 180))
    certifying.claim(enrollment=registered, hours={EQUITY: D("1.0")}, by=teacher)
    vouch(registered, admin, (OCTOBER, 30))
    assert hours_in(registered) == {EQUITY: D("0.0"), LEADERSHIP: D("0.0")}
    vouch(registered, admin, (OCTOBER, 360))
    assert hours_in(registered) == {EQUITY: D("1.0"), LEADERSHIP: D("2.0")}


def test_a_claim_made_with_the_evaluation_stands_too(client, registered, teacher, admin):
    vouch(registered, admin, (OCTOBER, 180))
    client.force_login(teacher)
    form = {**ANSWERS, f"claim-{EQUITY}": "1.5", f"claim-{LEADERSHIP}": "1.0"}
    client.post(reverse("courses:evaluation", args=[registered.pk]), form)
    vouch(registered, admin, (OCTOBER, 360))
    assert hours_in(registered) == {EQUITY: D("1.5"), LEADERSHIP: D("2.0")}


def test_nobody_is_given_more_than_they_attended_by_hand(registered, admin):
    first = certify(registered, admin, (OCTOBER, 180))
    with pytest.raises(NotClaimable):
        certifying.supersede(certificate=first, by=admin, reason=WHY, hours={EQUITY: D("4.0")})


def test_a_revoked_certificate_stays_revoked(registered, admin):
    certificate = certify(registered, admin, (OCTOBER, 180))
    certifying.revoke(certificate=certificate, by=admin, reason="Somebody else was there.")
    vouch(registered, admin, (OCTOBER, 360))
    assert certifying.current_of(registered).status == "revoked"
    assert set(hours_in(registered).values()) == {D("0.0")}


def test_half_an_hour_is_the_least(registered, admin):
    with pytest.raises(participating.NothingAttended):
        vouch(registered, admin, (OCTOBER, 29))
    vouch(registered, admin, (OCTOBER, 30))
    with pytest.raises(participating.HasLeft):
        enrolling.withdraw(enrollment=registered, by=registered.person)
        vouch(registered, admin, (OCTOBER, 60))


@given(
    steps=st.lists(st.integers(min_value=2, max_value=40), min_size=1, max_size=4),
    minutes=st.integers(min_value=0, max_value=4000),
)
def test_attendance_never_gives_more_than_itself_nor_than_is_offered(steps, minutes):
    offers = [Offer(f"of-{at}", "", D(count) / 2) for at, count in enumerate(steps)]
    given_hours = clock_hours.attended_of(offers, minutes)
    assert sum(of.hours for of in given_hours) * 60 <= minutes
    for offer, of in zip(offers, given_hours, strict=True):
        assert 0 <= of.hours <= offer.hours
        assert of.hours % D("0.5") == 0
        # Cut down, and by less than one step: a whole half hour of a category's share is never lost.
        share = offer.hours * min(D(minutes // 30), D(sum(steps))) / D(sum(steps))
        assert share - D("0.5") < of.hours <= share
    more = clock_hours.attended_of(offers, minutes + 30)
    assert all(after.hours >= before.hours for before, after in zip(given_hours, more, strict=True))


def test_nobody_enrolls_alone_and_no_leader_assigns_it(client, course, teacher, principal, building):
    client.force_login(teacher)
    address = reverse("courses:enroll", args=[course.translation_key])
    assert client.post(address).status_code == 404
    with pytest.raises(enrolling.NotOpenTo):
        enrolling.enroll(person=teacher, course=course)
    assert course not in intended.courses_for(building)
    wish = intended.Wish(course=course, place=building)
    with pytest.raises(assigning.NobodyMeant):
        assigning.assign(wish=wish, by=principal, token="8f2b3c1e-0000-4000-8000-000000000000")
    assert not Enrollment.objects.exists()


def test_its_page_says_how_it_is_taken_and_offers_no_beginning(client, course, teacher, principal):
    for person in (teacher, principal):
        client.force_login(person)
        page = client.get(course.url).content.decode()
        assert "How you take it" in page
        assert "With a coach" in page
        assert "Begin this course" not in page
        assert "Assign it to staff" not in page
        assert "0 modules" not in page


def test_who_is_in_it_is_led_to_where_they_stand(client, registered, course, teacher):
    client.force_login(teacher)
    assert "See how far you are" in client.get(course.url).content.decode()


def test_registering_again_gives_the_same_row_and_a_new_cycle_only_when_asked(
    registered, teacher, course, admin, building
):
    assert registered.building == building
    assert register(teacher, course, admin, building) == registered
    certify(registered, admin, (OCTOBER, 60))
    assert register(teacher, course, admin, building) == registered
    place = Place(building_id=building.pk, district_id=building.district_id)
    again = enrolling.register(person=teacher, course=course, by=admin, at=place, again=True)
    assert again.cycle == 2
    with pytest.raises(enrolling.NotOpenTo):
        enrolling.retake(enrollment=registered, course=course)


def test_who_left_comes_back_by_themselves_alone(client, registered, teacher, course, admin, building):
    enrolling.withdraw(enrollment=registered, by=teacher)
    assert register(teacher, course, admin, building).status == Enrollment.Status.WITHDRAWN
    client.force_login(teacher)
    client.post(reverse("courses:enroll", args=[course.translation_key]))
    registered.refresh_from_db()
    assert registered.is_open


def test_my_learning_says_what_waits(client, registered, teacher, admin):
    [row] = desk_of(teacher).with_coach
    assert not row.waits_for_evaluation
    assert desk_of(teacher).resume is None
    vouch(registered, admin, (OCTOBER, 60))
    client.force_login(teacher)
    page = client.get(reverse("courses:learning")).content.decode()
    assert "With your coach" in page
    assert reverse("courses:evaluation", args=[registered.pk]) in page
    end = client.get(reverse("courses:course", args=[registered.pk]), follow=True).content.decode()
    assert "Your hours are given." in end


def test_the_audit_export_tells_the_days(client, registered, admin):
    certify(registered, admin, (OCTOBER, 60), (NOVEMBER, 90))
    set_up()
    client.force_login(admin)
    answer = client.get(reverse("clock_hours:index"), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    at = rows[0]
    assert at["Days with a coach"] == "2026-10-02 2026-11-06"
    assert at["Minutes with a coach"] == "150"
    assert at["Approved when taken"] == "yes"
    assert ClockHourEntry.objects.count() == len(rows)


def test_no_leader_reminds_somebody_of_what_happens_in_meetings(registered, principal):
    assert nudging.nudge(enrollments=Enrollment.objects.all(), by=principal) == 0
