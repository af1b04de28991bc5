"""Endings: courses with clock hours, done, for the tests of evaluations, certificates and transcripts."""

import datetime
from decimal import Decimal

from django.utils import timezone

from cms.models import ClockHourCategory, LearningStandard
from cms.models.courses import ClockHours
from courses import certifying, enrolling, studying
from courses.curricula import curriculum_of
from courses.models import Certificate, Enrollment
from tests import factories

EQUITY = "equity-based-school-practices"
LEADERSHIP = "educational-leadership"
ANSWERS = {
    "objectives_met": 5,
    "relevance": 4,
    "quality": 5,
    "fits_my_building": 3,
    "equity_in_practice": 4,
    "ease_of_use": 5,
}


def category(slug=EQUITY) -> ClockHourCategory:
    """A category of clock hours, the one of that name where it is there."""
    names = {EQUITY: "Equity-based school practices", LEADERSHIP: "Educational leadership"}
    return ClockHourCategory.objects.get_or_create(slug=slug, defaults={"name": names[slug]})[0]


def make_approved_course(title="Foundations", *, hours=None, **fields):
    """A course of one module of plain text, with clock hours, a standard and an approval."""
    fields = {
        "asks_for_evaluation": True,
        "approval_number": "PSESD-EQ-2026-014",
        "approved_on": datetime.date(2020, 6, 15),
        "approved_until": datetime.date(2099, 6, 14),
        "signatory": "Ruth Feldman",
        "signatory_title": "Director, Equity in Education",
        **fields,
    }
    course = factories.make_course(title, modules=1, body=[factories.text()], **fields)
    for slug, count in (hours if hours is not None else {EQUITY: 3}).items():
        ClockHours.objects.create(course=course, category=category(slug), hours=Decimal(str(count)))
    standard = LearningStandard.objects.get_or_create(
        code="CCDEI 1.A", defaults={"framework": "CCDEI", "title": "Know where you stand"}
    )[0]
    course.standards.add(standard)
    course.save()
    return course


def read_all(person, course) -> Enrollment:
    """Enroll ``person`` and read every module to its end."""
    enrollment = enrolling.enroll(person=person, course=course)
    for module in curriculum_of(enrollment).asked:
        studying.mark_read(enrollment=enrollment, module_key=module.key)
    enrollment.refresh_from_db()
    return enrollment


def complete(person, course, *, days_ago=0) -> Enrollment:
    """An enrollment that is complete, whatever the course asks for."""
    enrollment = read_all(person, course)
    Enrollment.objects.filter(pk=enrollment.pk).update(
        status=Enrollment.Status.COMPLETE,
        progress=100,
        completed_at=timezone.now() - datetime.timedelta(days=days_ago),
    )
    enrollment.refresh_from_db()
    return enrollment


def certify(person, course, *, days_ago=0) -> Certificate:
    """A certificate of ``course`` for ``person``."""
    return certifying.issue(complete(person, course, days_ago=days_ago))
