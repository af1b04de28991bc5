"""Nudging: a leader's friendly reminder to people who haven't finished. Once a day for each course."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from cms import languages
from cms.models import CoursePage
from courses.models import Enrollment, Nudge
from notices.models import Kind
from notices.telling import tell_each
from roster.models import User


def nudgeable(enrollments: QuerySet[Enrollment], *, by: User) -> QuerySet[Enrollment]:
    """Narrow to those that a nudge would reach today: open, not nudged yet, and not the leader's own.

    Nor what is taken with a coach: nobody can go on with that alone.
    """
    today = Nudge.objects.filter(enrollment=OuterRef("pk"), on=timezone.localdate())
    with_coach = CoursePage.objects.filter(is_facilitated=True, translation_key=OuterRef("course_key"))
    open_ones = enrollments.filter(status__in=Enrollment.OPEN, person__is_active=True).exclude(person=by)
    return open_ones.filter(~Exists(today), ~Exists(with_coach))


def nudge(*, enrollments: QuerySet[Enrollment], by: User) -> int:
    """Remind the people of ``enrollments`` who haven't finished; return how many were reminded now.

    Who was nudged today already, by whomever, isn't nudged again. ``enrollments`` must be of people whom
    ``by`` leads: the caller finds them in ``scopes.enrollments_led_by``.
    """
    with transaction.atomic():
        rows = list(nudgeable(enrollments, by=by).select_related("person").order_by("pk").distinct())
        today = timezone.localdate()
        Nudge.objects.bulk_create(
            [Nudge(enrollment=row, by=by, on=today) for row in rows], ignore_conflicts=True, batch_size=1000
        )
        for group in _alike(rows):
            _tell(group, by, today)
    return len(rows)


def _alike(rows) -> Iterable[list[Enrollment]]:
    """Rows of the same course and due day: those that are told the same."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.course_key, row.due_on].append(row)
    return groups.values()


def _tell(group, by, today):
    first = group[0]
    if first.due_on is None:
        body = _("%(name)s reminds you of “%(course)s”. You can go on where you left off.")
    elif first.due_on < today:
        body = _("%(name)s reminds you of “%(course)s”. It was due on %(day)s; you can still finish it.")
    else:
        body = _("%(name)s reminds you of “%(course)s”. It is due at the end of %(day)s.")
    tell_each(
        people=[row.person for row in group],
        kind=Kind.NUDGED,
        key=f"nudged:{first.course_key}:{today}",
        title=_("A reminder: “%(course)s”"),
        body=body,
        names={
            "name": by.full_name,
            "course": lazy(languages.title_of, str)(first.course_key, first.course_title),
            "day": lazy(date_format, str)(first.due_on) if first.due_on else "",
        },
        url=reverse("courses:enroll", args=[first.course_key]),
    )
