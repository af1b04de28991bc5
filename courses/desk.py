"""The desk: what a person finds on their first page. Read only, in a number of queries that never grows."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cms import languages
from cms.models import CoursePage
from courses import clock_hours, completing, participating
from courses.joining import state_of
from courses.models import (
    Certificate,
    ClockHourEntry,
    Commitment,
    Enrollment,
    ModuleProgress,
    Participation,
    Reach,
)
from courses.scopes import own_commitments, own_enrollments
from notices.telling import all_beside_unread

DONE_SHOWN = 5
PROMISES_SHOWN = 5


@dataclass
class Row:
    """One enrollment as the desk lists it. ``page`` is None while the course is unpublished.

    ``attended`` says what was attended so far of a course with a coach; None for every other.
    """

    enrollment: Enrollment
    page: CoursePage | None
    assigned_by: str = ""
    attended: participating.Attended | None = None

    @property
    def title(self) -> str:
        """The course's title, as it is now or as the person last saw it."""
        return self.page.title if self.page else self.enrollment.course_title

    @property
    def state(self) -> str:
        """Its state, as the status part knows it."""
        return state_of(self.enrollment)

    @property
    def hours(self):
        """Its clock hours; 0 while the course is unpublished."""
        return self.page.hours if self.page else 0

    @property
    def is_with_coach(self) -> bool:
        """Is it taken in meetings with a coach?"""
        return bool(self.page) and self.page.is_facilitated

    @property
    def percent(self) -> int:
        """How far the person is; with a coach, until hours are given, how much of the hours they attended."""
        if not (self.attended and self.hours) or self.enrollment.was_given:
            return self.enrollment.progress
        return min(completing.NEARLY_ALL, int(100 * self.attended.hours / self.hours))

    @property
    def waits_for_evaluation(self) -> bool:
        """Are its hours given, and is all done but the evaluation? Asked of courses with a coach."""
        enrollment = self.enrollment
        return enrollment.was_given and enrollment.is_open and enrollment.progress == completing.NEARLY_ALL

    @property
    def parts_left(self) -> int:
        """How many required parts of the module that it resumes in are open; 0 when nothing was opened."""
        required, done = self.enrollment.resume_required, self.enrollment.resume_done
        return (required - done) if required else 0


@dataclass(frozen=True)
class Hours:
    """Clock hours of one category, beside what a renewal asks of this person (None: nothing)."""

    name: str
    earned: Decimal
    asked: Decimal | None = None

    @property
    def percent(self) -> int:
        """How much of what is asked is earned, at most 100; without a rule the bar is full."""
        if not self.asked:
            return 100
        return min(100, int(100 * self.earned / self.asked))


@dataclass
class Desk:
    """What one person finds on their first page."""

    user: object
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def resume(self) -> Row | None:
        """The course that they were in last."""
        open_rows = [row for row in self.rows if row.enrollment.is_open and row.page]
        # Nobody goes on alone with what happens in meetings, unless they read to prepare for one.
        open_rows = [row for row in open_rows if not row.is_with_coach or row.enrollment.last_seen_at]
        begun = [row for row in open_rows if row.enrollment.last_seen_at]
        if begun:
            return max(begun, key=lambda row: row.enrollment.last_seen_at)
        return open_rows[0] if open_rows else None

    @property
    def assigned(self) -> list[Row]:
        """What a leader asked for and isn't done: the most urgent first."""
        rows = [row for row in self.rows if row.assigned_by and row.enrollment.is_open]
        return sorted(rows, key=lambda row: (row.enrollment.due_on is None, row.enrollment.due_on))

    @property
    def going(self) -> list[Row]:
        """What they chose themselves and isn't done."""
        chosen = [row for row in self.rows if not (row.assigned_by or row.is_with_coach)]
        return [row for row in chosen if row.enrollment.is_open]

    @property
    def with_coach(self) -> list[Row]:
        """What they take with their team and a coach and isn't done."""
        return [row for row in self.rows if row.is_with_coach and row.enrollment.is_open]

    @property
    def done(self) -> list[Row]:
        """What they finished, the latest first."""
        rows = [row for row in self.rows if row.enrollment.is_complete]
        return sorted(rows, key=lambda row: row.enrollment.completed_at, reverse=True)[:DONE_SHOWN]

    @cached_property
    def hours(self) -> list[Hours]:
        """Earned clock hours by category, those with a rule for this person first."""
        return _hours(self.user, self._entries)

    @property
    def hours_total(self) -> Decimal:
        """All earned clock hours."""
        return clock_hours.total(entry.hours for entry in self._entries)

    @cached_property
    def _entries(self) -> list[ClockHourEntry]:
        return clock_hours.entries_by(self.user)

    @cached_property
    def promises(self) -> list[Commitment]:
        """What they said they would try and haven't told of yet, the nearest day first."""
        waiting = own_commitments(self.user).filter(settled_at=None).select_related("enrollment")
        return list(waiting.order_by("due_on", "pk")[:PROMISES_SHOWN])


def desk_of(user) -> Desk:
    """What ``user`` finds on their first page."""
    enrollments = all_beside_unread(_enrollments(user), user)
    pages = _pages({enrollment.course_key for enrollment in enrollments})
    assigners = _assigners(enrollments)
    rows = [
        Row(enrollment, pages.get(enrollment.course_key), assigners.get(enrollment.pk, ""))
        for enrollment in enrollments
    ]
    met = [row.enrollment for row in rows if row.is_with_coach]
    attended = participating.attended(met, pages)
    for row in rows:
        row.attended = attended.get(row.enrollment.pk)
    return Desk(user, rows)


def _enrollments(user) -> QuerySet[Enrollment]:
    """The user's enrollments with the module that each resumes in and its certificate, in one query."""
    here = ModuleProgress.objects.filter(enrollment=OuterRef("pk"), module_key=OuterRef("resume_module_key"))
    issued = Certificate.objects.filter(enrollment=OuterRef("pk"), revocation=None, superseded_by=None)
    return (
        own_enrollments(user)
        .exclude(status=Enrollment.Status.WITHDRAWN)
        .annotate(
            resume_title=Subquery(here.values("title")[:1]),
            resume_done=Subquery(here.values("done")[:1]),
            resume_required=Subquery(here.values("required")[:1]),
            certificate_code=Subquery(issued.values("code")[:1]),
            was_given=Exists(Participation.objects.filter(enrollment=OuterRef("pk"))),
        )
    )


def _pages(keys) -> dict:
    pages = CoursePage.objects.filter(translation_key__in=keys, alias_of=None).order_by("pk")
    pages = pages.select_related("image", "locale").prefetch_related("clock_hours", "image__renditions")
    found = defaultdict(list)
    for page in pages:
        found[page.translation_key].append(page)
    language = languages.speaking()
    return {
        key: languages.spoken_course(pages[0], *_words(pages, language))
        for key, pages in found.items()
        if pages[0].live
    }


def _words(pages, language) -> tuple:
    words, offered = languages.words_among(pages, language)
    return words, language, offered


def _assigners(enrollments) -> dict[int, str]:
    """Who assigned each of the enrollments: the leader, of the latest assignment that still stands."""
    rows = (
        Reach.objects.filter(enrollment__in=enrollments, assignment__withdrawn_at=None)
        .select_related("assignment__by")
        .order_by("assignment__made_at")
    )
    return {reach.enrollment_id: reach.assignment.by.full_name for reach in rows}


def _hours(user, entries: list[ClockHourEntry]) -> list[Hours]:
    """What was earned, by category: beside a renewal rule what counts for it, else all of it."""
    if not entries:
        return []
    asked = {
        standing.rule.category.slug: Hours(standing.rule.category.name, standing.earned, standing.rule.hours)
        for standing in clock_hours.renewal_standing(user, entries=entries)
        if standing.rule.category
    }
    sums = clock_hours.by_category(entries)
    free = [Hours(earned.name, earned.hours) for earned in sums if earned.category not in asked]
    return sorted([*asked.values(), *free], key=lambda hours: (hours.asked is None, hours.name))
