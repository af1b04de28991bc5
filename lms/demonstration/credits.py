"""Clock hours of a team of the demonstration: the course that its meetings count for, and what was given."""

import datetime
import random

from django.utils import timezone

from cms.models import CoursePage
from courses import certifying, evaluating
from courses.models import Certificate, Enrollment, EvaluationReceipt, Participation
from engagements import crediting, registering
from engagements.models import Engagement, Offering
from lms.demonstration.who import person
from notices.models import Notice

SEED = 50


def write(engagement: Engagement, story: dict) -> None:
    """Let the meetings count for the course that ``story`` names; give the hours, where they were given.

    Who ``evaluated`` has a certificate; the others are still asked for their evaluation.
    """
    by = person(story["by"])
    course = CoursePage.objects.get(slug=story["course"], live=True, locale__language_code="en")
    offering = registering.choose(engagement=engagement, course=course, by=by)
    registered = _moment(story["registered"])
    Offering.objects.filter(pk=offering.pk).update(at=registered)
    offering.registrations.update(at=registered)
    Enrollment.objects.filter(registration__offering=offering).update(enrolled_at=registered)
    # The team has long read that its meetings count.
    Notice.objects.filter(key=f"registered:{offering.pk}").delete()
    if "given" in story:
        _give(Engagement.objects.get(pk=engagement.pk), story)


def _give(engagement: Engagement, story: dict) -> None:
    crediting.give(engagement=engagement, by=person(story["by"]))
    given = _moment(story["given"])
    vouched = Participation.objects.filter(enrollment__registration__offering__engagement=engagement)
    chance = random.Random(SEED)
    for row in vouched.select_related("enrollment__person").order_by("pk"):
        Notice.objects.filter(key__startswith=f"hours:{row.enrollment_id}:").update(told_at=given)
        if row.enrollment.person.email in story["evaluated"]:
            evaluating.send(row.enrollment, evaluating.example_answers(chance))
            _set_done(row.enrollment, given + datetime.timedelta(days=1))
    vouched.update(at=given)


def _set_done(enrollment: Enrollment, at: datetime.datetime) -> None:
    certificate = certifying.issue(enrollment)
    Certificate.objects.filter(pk=certificate.pk).update(issued_at=at)
    Enrollment.objects.filter(pk=enrollment.pk).update(completed_at=at)
    EvaluationReceipt.objects.filter(enrollment=enrollment).update(sent_on=timezone.localdate(at))
    told = Notice.objects.filter(person=enrollment.person, url__endswith=f"{certificate.code}/")
    told.update(told_at=at, read_at=at)
    Notice.objects.filter(key__startswith=f"hours:{enrollment.pk}:").update(read_at=at)


def _moment(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)
