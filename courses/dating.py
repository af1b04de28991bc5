"""Dating: what of a person's courses stands in their calendar: due days, and the days of action steps.

A calendar leaves the site, and others may look into it. So a step is named as the course words it, never in
the person's own words, and nothing is said of how it went.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.models import Enrollment
from courses.scopes import own_commitments, own_enrollments
from notices.calendars import Date
from roster.models import User


def dates_of(person: User) -> Iterator[Date]:
    """Yield the due days of courses that are open, and the days of steps that wait. Two queries."""
    for enrollment in own_enrollments(person).filter(status__in=Enrollment.OPEN, due_on__isnull=False):
        yield Date(
            uid=f"course-{enrollment.pk}",
            title=_("Due: %(course)s") % {"course": enrollment.course_title},
            starts=enrollment.due_on,
            words=_("This course is due at the end of the day."),
            url=reverse("courses:course", args=[enrollment.pk]),
        )
    for step in own_commitments(person).filter(settled_at=None):
        yield Date(
            uid=f"step-{step.pk}",
            title=_("To try: %(step)s") % {"step": Truncator(step.what).chars(120)},
            starts=step.due_on,
            words=_("You set this day for it. How did it go?"),
            url=reverse("courses:outcome", args=[step.enrollment_id, step.module_key, step.block_id]),
        )
