"""A building's report: its staff of today, and how far each of them is with each course.

A building is small enough to read whole: two queries bring all its staff and all they take, and search, order
and totals are worked out from that. So page, brief and download always say the same.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from courses.models import Enrollment, Nudge
from reports import suppressing, wording
from reports.counting import Course, Tally, by_course, counted, positions_in, spoken_titles, tally
from roster.models import Building, Position, User
from roster.scopes import staff_of

#: More columns than this don't fit a page; the download has all.
COURSES_ACROSS = 6


@dataclass(frozen=True)
class Cell:
    """How far one person is with one course."""

    enrollment_id: int
    status: str
    due_on: datetime.date | None
    progress: int
    completed_at: datetime.datetime | None

    @property
    def is_late(self) -> bool:
        """Open, and past its due day?"""
        return (
            self.status in Enrollment.OPEN and self.due_on is not None and self.due_on < timezone.localdate()
        )

    @property
    def state(self) -> str:
        """The word that the status part draws: an enrollment's own, or ``overdue``."""
        return "overdue" if self.is_late else self.status


@dataclass
class StaffMember:
    """One person of the staff, with what they do there and what they take."""

    person: User
    positions: list[Position] = field(default_factory=list)
    cells: dict[UUID, Cell] = field(default_factory=dict)
    last_seen: datetime.datetime | None = None
    row: list[Cell | None] = field(default_factory=list)

    @property
    def job(self) -> str:
        """What they do there: title, or else role."""
        return ", ".join(dict.fromkeys(held.title or held.get_role_display() for held in self.positions))

    @property
    def roles(self) -> set[str]:
        """The roles they hold there."""
        return {held.role for held in self.positions}

    @property
    def late(self) -> int:
        """How many courses are overdue."""
        return sum(cell.is_late for cell in self.cells.values())


@dataclass(frozen=True)
class CourseInBuilding:
    """One course as this building takes it, with the sentences that say so."""

    course: Course
    tally: Tally
    words: str


class BuildingReport:
    """All that the building's pages show. Five queries, whatever the number of staff and courses."""

    def __init__(self, building: Building):
        self.building = building

    @cached_property
    def staff(self) -> list[StaffMember]:
        """Who works here today, by name, with all that they take."""
        members = {}
        for position in positions_in(self.building):
            member = members.setdefault(position.person_id, StaffMember(position.person))
            member.positions.append(position)
        for person_id, _title, key, cell, seen in self._cells:
            member = members.get(person_id)
            if member:
                member.cells[key] = cell
                member.last_seen = max(filter(None, (member.last_seen, seen)), default=None)
        return list(members.values())

    @cached_property
    def courses(self) -> list[CourseInBuilding]:
        """The courses that somebody here takes: those with an open due date first, then the most taken."""
        titles, rows = {}, defaultdict(list)
        for _person, title, key, cell, _seen in self._cells:
            titles[key] = title
            rows[key].append((cell.status, cell.due_on))
        titles = spoken_titles(titles)
        tallies = {Course(key, titles[key]): tally(pairs) for key, pairs in rows.items()}
        ordered = sorted(
            tallies.items(), key=lambda pair: (pair[1].due_on is None, -pair[1].total, pair[0].title)
        )
        return [CourseInBuilding(course, found, self._words(course, found)) for course, found in ordered]

    def listed(self, *, sought: str = "", role: str = "", order: str = "") -> list[StaffMember]:
        """The staff who match, by name or in another ``order``: ``overdue`` first, or last ``seen`` first."""
        words = sought.casefold().split()
        found = [
            member
            for member in self.staff
            if (not role or role in member.roles) and all(word in _names(member.person) for word in words)
        ]
        if order == "overdue":
            found.sort(key=lambda member: -member.late)
        elif order == "seen":
            found.sort(
                key=lambda member: member.last_seen.timestamp() if member.last_seen else 0, reverse=True
            )
        return found

    def overdue_to_nudge(self, by: User) -> dict[int, int]:
        """Overdue enrollments not nudged yet today, and whose each is; not those of ``by``. One query."""
        late = {
            cell.enrollment_id: member.person.pk
            for member in self.staff
            if member.person.pk != by.pk
            for cell in member.cells.values()
            if cell.is_late
        }
        nudged = Nudge.objects.filter(on=timezone.localdate(), enrollment__person__in=self._people)
        for enrollment_id in nudged.values_list("enrollment", flat=True):
            late.pop(enrollment_id, None)
        return late

    @cached_property
    def _people(self):
        return staff_of(building=self.building)

    @cached_property
    def _cells(self) -> list[tuple]:
        rows = counted(Enrollment.objects.filter(person__in=self._people)).order_by("pk")
        rows = rows.values_list(
            "person", "course_title", "course_key", "last_seen_at",
            "pk", "status", "due_on", "progress", "completed_at",
        )  # fmt: skip
        return [(person, title, key, Cell(*cell), seen) for person, title, key, seen, *cell in rows]

    @cached_property
    def _district(self) -> dict[UUID, Tally]:
        return by_course(staff_of(district=self.building.district))

    @cached_property
    def _other_buildings(self) -> int:
        return Building.objects.filter(district=self.building.district_id).count() - 1

    def _words(self, course, found) -> str:
        whole = self._district.get(course.key, Tally())
        ahead = None
        if suppressing.may_compare(others=(whole - found).total, other_buildings=self._other_buildings):
            ahead = found.percent - whole.percent
        return wording.sentences(found, staff=len(self.staff), ahead=ahead)


def _names(person: User) -> str:
    return f"{person.first_name} {person.preferred_name} {person.last_name} {person.email}".casefold()
