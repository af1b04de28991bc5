"""Certificates: issued once, from a snapshot, never edited."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.models import CoursePage
from courses import certifying, clock_hours, completing, evaluating, sweeping
from courses.models import Certificate, ClockHourEntry
from notices.models import Notice
from roster.models import AuditEntry
from tests.courses.endings import (
    ANSWERS,
    EQUITY,
    LEADERSHIP,
    certify,
    complete,
    make_approved_course,
    read_all,
)


@pytest.fixture
def approved(db):
    """A course with three clock hours."""
    return make_approved_course()


def test_completing_a_course_issues_its_certificate_and_tells_the_person(
    teacher, approved, django_capture_on_commit_callbacks
):
    enrollment = read_all(teacher, approved)
    with django_capture_on_commit_callbacks(execute=True):
        evaluating.send(enrollment, ANSWERS)
    certificate = Certificate.objects.get(enrollment=enrollment)
    assert certificate.status == "valid"
    notice = Notice.objects.get(person=teacher, kind="certificate")
    assert certificate.code in notice.url
    assert AuditEntry.objects.filter(action="issued certificate", subject_id=str(certificate.pk)).exists()


def test_a_certificate_is_issued_once(teacher, approved):
    enrollment = complete(teacher, approved)
    first = certifying.issue(enrollment)
    assert certifying.issue(enrollment) == first
    certifying.announce(first)
    certifying.announce(first)
    assert Certificate.objects.count() == ClockHourEntry.objects.count() == Notice.objects.count() == 1


def test_an_open_course_has_no_certificate(teacher, approved):
    enrollment = read_all(teacher, approved)
    with pytest.raises(certifying.NotComplete):
        certifying.issue(enrollment)
    assert not ClockHourEntry.objects.exists()


def test_the_snapshot_is_of_the_day_and_outlives_every_edit(teacher, building, approved):
    teacher.certificate_number = "456789A"
    teacher.save()
    certificate = certify(teacher, approved, days_ago=40)
    snapshot = certificate.snapshot
    assert snapshot["name"] == "Lucía García"
    assert snapshot["certificate_number"] == "456789A"
    assert snapshot["completed_on"] == str(timezone.localdate() - datetime.timedelta(days=40))
    assert snapshot["hours"] == [
        {"category": EQUITY, "name": "Equity-based school practices", "hours": "3.0", "offered": "3.0"}
    ]
    assert snapshot["standards"] == [
        {"framework": "CCDEI", "code": "CCDEI 1.A", "title": "Know where you stand"}
    ]
    assert (snapshot["building"], snapshot["district"]) == (building.name, building.district.name)
    assert snapshot["approval_number"] == "PSESD-EQ-2026-014"
    approved.title = "Something else"
    approved.save()
    approved.delete()
    teacher.last_name = "Márquez"
    teacher.save()
    certificate.refresh_from_db()
    assert certificate.snapshot == snapshot


def test_a_course_that_is_gone_is_left_for_the_log_and_stops_nobody_else(teacher, building, approved):
    from tests.factories import make_teacher

    gone = make_approved_course("Gone")
    lost, kept = complete(teacher, gone), complete(make_teacher(building), approved)
    CoursePage.objects.get(pk=gone.pk).delete()
    with pytest.raises(certifying.CourseGone):
        certifying.issue(lost)
    assert certifying.issue_missing() == 1
    assert certifying.current_of(kept)


def test_the_sweep_issues_what_a_lost_task_did_not(teacher, approved):
    enrollment = complete(teacher, approved)
    sweeping.sweep()
    assert certifying.current_of(enrollment)
    assert Notice.objects.filter(person=teacher, kind="certificate").count() == 1


def test_a_correction_supersedes_and_keeps_what_it_does_not_name(teacher, admin, approved):
    old = certify(teacher, approved)
    new = certifying.supersede(
        certificate=old,
        by=admin,
        reason="The name was misspelled.",
        name="Lucía García Márquez",
        hours={EQUITY: Decimal("2.5")},
    )
    old.refresh_from_db()
    assert (old.status, new.status) == ("superseded", "valid")
    assert old.snapshot["name"] == "Lucía García"
    assert new.snapshot["name"] == "Lucía García Márquez"
    assert new.snapshot["completed_on"] == old.snapshot["completed_on"]
    assert new.snapshot["total_hours"] == "2.5"
    assert new.snapshot["correction"] == {"of": old.code, "reason": "The name was misspelled."}
    assert ClockHourEntry.objects.get().hours == Decimal("2.5")
    entry = AuditEntry.objects.get(action="superseded certificate")
    assert (entry.actor, entry.details["superseded"]) == (admin, old.code)
    with pytest.raises(certifying.NotCurrent):
        certifying.supersede(certificate=old, by=admin, reason="Again.")
    with pytest.raises(certifying.NotCurrent):
        certifying.revoke(certificate=old, by=admin, reason="Again.")


def test_a_revoked_certificate_counts_no_hours_until_one_supersedes_it(teacher, admin, approved):
    certificate = certify(teacher, approved)
    certifying.revoke(certificate=certificate, by=admin, reason="Taken by somebody else.")
    certifying.revoke(certificate=certificate, by=admin, reason="Twice.")
    assert certifying.verify(certificate.code).status == "revoked"
    assert ClockHourEntry.objects.get().hours == 0
    assert AuditEntry.objects.filter(action="revoked certificate").count() == 1
    mended = certifying.supersede(certificate=certificate, by=admin, reason="Revoked by mistake.")
    assert mended.status == "valid"
    assert ClockHourEntry.objects.get().hours == 3
    said = list(Notice.objects.filter(person=teacher).order_by("pk").values_list("title", flat=True))
    assert [words.split()[-1] for words in said] == ["revoked", "corrected"]


@pytest.mark.parametrize("verb", [certifying.revoke, certifying.supersede])
def test_there_must_be_a_reason(teacher, admin, approved, verb):
    certificate = certify(teacher, approved)
    with pytest.raises(certifying.NoReason):
        verb(certificate=certificate, by=admin, reason="  \n ")
    assert certifying.verify(certificate.code).status == "valid"


def test_a_person_claims_fewer_hours_before_the_certificate(teacher, db):
    course = make_approved_course(hours={EQUITY: 2, LEADERSHIP: 1.5})
    enrollment = complete(teacher, course)
    certifying.claim(enrollment=enrollment, hours={EQUITY: Decimal("1.5")}, by=teacher)
    certificate = certifying.issue(enrollment)
    assert certifying.hours_of(certificate) == {EQUITY: Decimal("1.5"), LEADERSHIP: Decimal("1.5")}
    assert certificate.snapshot["total_hours"] == "3.0"


def test_claiming_fewer_afterwards_supersedes_and_never_raises(teacher, approved):
    certificate = certify(teacher, approved)
    enrollment = certificate.enrollment
    certifying.claim(enrollment=enrollment, hours={EQUITY: Decimal("3.0")}, by=teacher)
    assert certifying.current_of(enrollment) == certificate
    certifying.claim(enrollment=enrollment, hours={EQUITY: Decimal("1.0")}, by=teacher)
    current = certifying.current_of(enrollment)
    assert current.supersedes == certificate
    assert current.snapshot["total_hours"] == "1.0"
    with pytest.raises(clock_hours.NotClaimable):
        certifying.claim(enrollment=enrollment, hours={EQUITY: Decimal("1.5")}, by=teacher)
    assert certifying.current_of(enrollment) == current


def test_a_code_is_found_however_it_is_typed(teacher, approved):
    certificate = certify(teacher, approved)
    certificate.code = "0A1B-2C3D-4E5F"
    Certificate.objects.filter(pk=certificate.pk).update(code=certificate.code)
    for typed in ("0a1b2c3d4e5f", " OAlB 2C3D 4E5F ", "oaib-2c3d-4e5f"):
        assert certifying.verify(typed) == certificate
    for typed in ("", "0A1B-2C3D", "'; drop table", "0A1B-2C3D-4E5F-0A1B", "é" * 500):
        assert certifying.verify(typed) is None


def test_recounting_what_is_complete_issues_nothing_twice(
    teacher, approved, django_capture_on_commit_callbacks
):
    certificate = certify(teacher, approved)
    with django_capture_on_commit_callbacks(execute=True):
        completing.recount(certificate.enrollment)
    assert Certificate.objects.count() == 1
