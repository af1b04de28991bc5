"""Sweeping: doing what a lost task didn't. Every five minutes, and once a night.

Each step is idempotent, works from rows, and stands alone: one that fails is logged and the others go on.
Higher or later parts add theirs with :func:`every_five_minutes` and :func:`every_night`.
"""

import datetime
import logging
from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, ngettext_lazy

from cms import languages
from cms.models import Audience, CoursePage, Edition, ModulePage
from courses import certifying, completing
from courses.models import Commitment, Enrollment
from notices import emailing
from notices.models import Kind
from notices.telling import tell_each

logger = logging.getLogger(__name__)

#: How long before the due day a person is reminded.
REMIND_DAYS = (7, 1)
#: A change this recent may have lost its task; an older one was recounted by an earlier night.
RECENT = datetime.timedelta(days=2)
#: A day that came while the sweep was down is still worth a word.
LOOK_BACK = datetime.timedelta(days=7)

_often: list[Callable[[], object]] = []
_nightly: list[Callable[[], object]] = []


def every_five_minutes(step: Callable[[], object]) -> Callable[[], object]:
    """Add a step to :func:`sweep`; usable as a decorator. Adding it twice is once."""
    if step not in _often:
        _often.append(step)
    return step


def every_night(step: Callable[[], object]) -> Callable[[], object]:
    """Add a step to :func:`nightly`; usable as a decorator. Adding it twice is once."""
    if step not in _nightly:
        _nightly.append(step)
    return step


def sweep() -> None:
    """Run what is due every five minutes."""
    _run(_often)


def nightly() -> None:
    """Run what is due once a night."""
    _run(_nightly)


@every_five_minutes
def send_waiting_emails() -> int:
    """Send emails whose task was lost."""
    return emailing.send_waiting()


@every_five_minutes
def issue_recent_certificates() -> int:
    """Issue certificates whose task was lost."""
    return certifying.issue_missing(since=timezone.now() - RECENT)


@every_night
def issue_all_certificates() -> int:
    """Issue what the sweep was down for, however long ago it was completed."""
    return certifying.issue_missing()


@every_night
def remind_of_due_dates() -> None:
    """Tell people of a course that is due in a week, and tomorrow."""
    today = timezone.localdate()
    days = {today + datetime.timedelta(days=days): days for days in REMIND_DAYS}
    rows = Enrollment.objects.filter(status__in=Enrollment.OPEN, due_on__in=days, person__is_active=True)
    for enrollment in rows.select_related("person").iterator(chunk_size=500):
        _remind(enrollment, days[enrollment.due_on])


@every_night
def ask_about_commitments() -> None:
    """Ask people how it went with what they said they would try, once its day has come."""
    today = timezone.localdate()
    rows = Commitment.objects.filter(
        settled_at=None,
        due_on__range=(today - LOOK_BACK, today),
        enrollment__person__is_active=True,
    )
    for commitment in rows.select_related("enrollment__person").iterator(chunk_size=500):
        _ask(commitment)


@every_night
def recount_changed_courses() -> None:
    """Recount everybody in a course that was changed lately, for a task that was lost."""
    for key in _changed_lately():
        completing.recompute_course(key)


def _run(steps):
    for step in steps:
        try:
            step()
        except Exception:
            logger.exception("The step %s of the sweep failed", step.__name__)


def _remind(enrollment, days):
    tell_each(
        people=[enrollment.person],
        kind=Kind.DUE,
        key=f"due:{enrollment.pk}:{enrollment.due_on}:{days}",
        title=ngettext_lazy("“%(course)s” is due tomorrow", "“%(course)s” is due in %(days)s days", days),
        body=gettext_lazy("It is due at the end of %(day)s. You have done %(percent)s percent."),
        names={
            "course": lazy(languages.title_of, str)(enrollment.course_key, enrollment.course_title),
            "days": days,
            "day": lazy(date_format, str)(enrollment.due_on),
            "percent": enrollment.progress,
        },
        url=reverse("courses:course", args=[enrollment.pk]),
    )


def _ask(commitment):
    enrollment = commitment.enrollment
    # What they took on stays out of the notice: it goes by email, and their words are theirs alone.
    tell_each(
        people=[enrollment.person],
        kind=Kind.COMMITMENT,
        key=f"commitment:{commitment.pk}:{commitment.due_on}",
        title=gettext_lazy("How did it go?"),
        body=gettext_lazy("In “%(module)s” you said that you would try something, and today is the day."),
        names={"module": commitment.module_title},
        url=reverse("courses:outcome", args=[enrollment.pk, commitment.module_key, commitment.block_id]),
    )


def _changed_lately() -> Iterator:
    """Keys of the courses that people are in and whose tailoring was touched lately."""
    since = timezone.now() - RECENT
    taken = Enrollment.objects.filter(status__in=Enrollment.OPEN).order_by()
    keys = set(taken.values_list("course_key", flat=True).distinct())
    if Audience.objects.filter(changed_at__gte=since).exists():
        return iter(keys)
    changed = set(Edition.objects.filter(last_published_at__gte=since).values_list("course_key", flat=True))
    touched = ModulePage.objects.filter(latest_revision_created_at__gte=since).values_list("path", flat=True)
    parents = {path[: -ModulePage.steplen] for path in touched}
    pages = CoursePage.objects.filter(path__in=parents) | CoursePage.objects.filter(
        latest_revision_created_at__gte=since
    )
    changed.update(pages.values_list("translation_key", flat=True))
    return iter(keys & changed)
