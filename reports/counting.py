"""Counting: how many are done, under way, not started, overdue. Every figure of the reports comes from here.

Counted are people, each once a course: a person's first cycle says all that a report asks, because it stays
complete whatever they retake later. Who withdrew isn't in a course, and isn't counted.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Max, Min, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import languages
from courses.intended import positions_at
from courses.models import Enrollment
from roster.models import Building, District, Position, User

Status = Enrollment.Status
_KEY = "person__enrollments__course_key"
IN_A_COURSE = [Status.NOT_STARTED, Status.UNDER_WAY, Status.COMPLETE]


@dataclass(frozen=True)
class Tally:
    """How far some people are with one course. ``late`` of those in ``going`` and ``none`` are overdue."""

    done: int = 0
    going: int = 0
    none: int = 0
    late: int = 0
    due_on: datetime.date | None = None

    @property
    def total(self) -> int:
        """All who are in the course or through it."""
        return self.done + self.going + self.none

    @property
    def percent(self) -> int | None:
        """How many of a hundred have finished, rounded; None when nobody is in it."""
        return round(100 * self.done / self.total) if self.total else None

    @property
    def parts(self) -> list[dict]:
        """What a stacked bar shows."""
        return [
            {"label": _("Done"), "count": self.done, "is": "done"},
            {"label": _("Under way"), "count": self.going, "is": "going"},
            {"label": _("Not started"), "count": self.none, "is": "none"},
        ]

    def __add__(self, other: "Tally") -> "Tally":
        due = [day for day in (self.due_on, other.due_on) if day]
        return Tally(
            self.done + other.done,
            self.going + other.going,
            self.none + other.none,
            self.late + other.late,
            min(due, default=None),
        )

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(
            self.done - other.done, self.going - other.going, self.none - other.none, self.late - other.late
        )


@dataclass(frozen=True)
class Course:
    """A course as reports name it: by the title that records carry, so that a deleted one keeps its name."""

    key: UUID
    title: str


def tally(rows) -> Tally:
    """Count (status, due date) pairs."""
    rows, today = list(rows), timezone.localdate()
    open_due = [due_on for status, due_on in rows if status in Enrollment.OPEN and due_on]
    return Tally(
        done=sum(status == Status.COMPLETE for status, _due in rows),
        going=sum(status == Status.UNDER_WAY for status, _due in rows),
        none=sum(status == Status.NOT_STARTED for status, _due in rows),
        late=sum(due_on < today for due_on in open_due),
        due_on=min(open_due, default=None),
    )


def counted(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Narrow to the enrollments that reports count: the first cycle of whoever is in a course."""
    return enrollments.filter(cycle=1, status__in=IN_A_COURSE)


def by_course(people: QuerySet[User]) -> dict[UUID, Tally]:
    """The tally of each course that ``people`` take, by the course's key. One query."""
    rows = counted(Enrollment.objects.filter(person__in=people)).order_by().values("course_key")
    return {row["course_key"]: _tally_of(row) for row in rows.annotate(**_counts("pk"))}


def in_district(district: District) -> tuple[dict[Course, Tally], dict[int | None, dict[UUID, Tally]]]:
    """Tallies of a district's staff of today: of each course, each person once, the most taken first; and of
    each building (None: the district's own office). Two queries.

    Who works in two buildings counts in both of them, and in the whole by the first of their positions.
    """
    titles, wholes, buildings = {}, defaultdict(Tally), defaultdict(lambda: defaultdict(Tally))
    for row in _rows_by_building(Position.objects.current().filter(positions_at(district))):
        key, found = row[_KEY], _tally_of(row)
        titles[key] = max(row["title"], titles.get(key, ""))
        buildings[row["building"]][key] += found
        if row["is_first"]:
            wholes[key] += found
    titles = spoken_titles(titles)
    courses = {Course(key, titles[key]): whole for key, whole in wholes.items()}
    ordered = sorted(courses.items(), key=lambda pair: (-pair[1].total, pair[0].title))
    return dict(ordered), {place: dict(found) for place, found in buildings.items()}


def by_building_among(buildings) -> dict[int | None, dict[UUID, Tally]]:
    """The same for the staff of some buildings."""
    return _by_building(Position.objects.current().filter(building__in=buildings))


def staff_counts(positions: QuerySet[Position]) -> dict[int | None, int]:
    """How many people hold ``positions`` in each building (None: in no building, the district's office)."""
    rows = _of_staff(positions).values("building").annotate(count=Count("person", distinct=True))
    return {row["building"]: row["count"] for row in rows}


def by_district() -> dict[int | None, dict[Course, Tally]]:
    """Tallies of all courses in each district where they are taken; None is outside of all. Two queries."""
    rows = counted(Enrollment.objects.all()).order_by().values("district", "course_key")
    rows = list(rows.annotate(title=Max("course_title"), **_counts("pk")))
    titles, found = spoken_titles({row["course_key"]: row["title"] for row in rows}), defaultdict(dict)
    for row in rows:
        found[row["district"]][Course(row["course_key"], titles[row["course_key"]])] = _tally_of(row)
    return dict(found)


def spoken_titles(kept: dict) -> dict:
    """The courses' titles in the reader's language; as records keep them where a course is gone.

    A record's title is in the language in which its person takes the course: many records, many titles.
    """
    return kept | languages.titles_of(kept)


def _by_building(positions):
    found = defaultdict(lambda: defaultdict(Tally))
    for row in _rows_by_building(positions):
        found[row["building"]][row[_KEY]] += _tally_of(row)
    return {place: dict(tallies) for place, tallies in found.items()}


def _rows_by_building(positions):
    """Counts by building, course, and whether it is the first of the person's ``positions``.

    Positions are narrowed to one of each person and building before enrollments are joined to them, so that
    plain counts will do: distinct ones would sort all these rows once for each figure.
    """
    held = _of_staff(positions)
    firsts = held.values("person").annotate(first=Min("pk")).values("first")
    first_here = held.values("building", "person").annotate(first=Min("pk")).values("first")
    # One call, one join: status and cycle must be of the same enrollment.
    rows = held.filter(
        pk__in=first_here, person__enrollments__cycle=1, person__enrollments__status__in=IN_A_COURSE
    )
    is_first = Case(When(pk__in=firsts, then=True), default=False, output_field=BooleanField())
    return (
        rows.annotate(is_first=is_first)
        .values("building", _KEY, "is_first")
        .annotate(
            title=Max("person__enrollments__course_title"),
            **_counts("person__enrollments", prefix="person__enrollments__"),
        )
    )


def _of_staff(positions):
    return positions.filter(person__is_active=True).exclude(role__in=Position.OF_PSESD).order_by()


def _counts(of: str, prefix: str = "") -> dict:
    """Annotations that count ``of`` in each state; ``prefix`` leads to the enrollment."""
    is_open = Q(**{f"{prefix}status__in": Enrollment.OPEN})
    late = is_open & Q(**{f"{prefix}due_on__lt": timezone.localdate()})
    return {
        "done": Count(of, filter=Q(**{f"{prefix}status": Status.COMPLETE})),
        "going": Count(of, filter=Q(**{f"{prefix}status": Status.UNDER_WAY})),
        "none": Count(of, filter=Q(**{f"{prefix}status": Status.NOT_STARTED})),
        "late": Count(of, filter=late),
        "due": Min(f"{prefix}due_on", filter=is_open),
    }


def _tally_of(row) -> Tally:
    return Tally(row["done"], row["going"], row["none"], row["late"], row["due"])


def positions_in(building: Building) -> QuerySet[Position]:
    """The current positions of a building's staff, with their people, by name. One query."""
    held = _of_staff(Position.objects.current().filter(building=building)).select_related("person")
    return held.order_by("person__last_name", "person__first_name", "person", "starts_on")
