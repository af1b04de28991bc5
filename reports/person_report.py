"""A staff member's completions, as whoever leads or coaches them sees them. Never a word that they wrote."""

from functools import cached_property

from django.db.models import Prefetch, Sum

from courses.models import ClockHourEntry, Enrollment
from courses.scopes import certificates_visible_to
from reports.counting import spoken_titles
from roster.models import Position, User
from roster.scopes import buildings_visible_to, districts_visible_to


class PersonReport:
    """What ``viewer`` may see of ``person``, whom the caller found in ``people_visible_to(viewer)``."""

    def __init__(self, person: User, *, viewer: User):
        self.person = person
        self.viewer = viewer

    @cached_property
    def positions(self) -> list[Position]:
        """What the person does in the places that the viewer sees."""
        held = Position.objects.current().filter(person=self.person).select_related("building", "district")
        seen = held.filter(building__in=buildings_visible_to(self.viewer)) | held.filter(
            district__in=districts_visible_to(self.viewer)
        )
        return list(seen.distinct())

    @cached_property
    def enrollments(self) -> list[Enrollment]:
        """All that the person takes or took, with the hours earned and the certificates that may be read."""
        readable = certificates_visible_to(self.viewer).filter(superseded_by=None, revocation=None)
        rows = Enrollment.objects.filter(person=self.person).exclude(status=Enrollment.Status.WITHDRAWN)
        rows = rows.annotate(hours=Sum("clock_hour_entries__hours")).select_related("building")
        rows = list(rows.prefetch_related(Prefetch("certificates", readable, to_attr="readable")))
        titles = spoken_titles({row.course_key: row.course_title for row in rows})
        for row in rows:
            row.course_title = titles[row.course_key]
        return rows

    @property
    def overdue(self) -> int:
        """How many courses are overdue."""
        return sum(row.is_overdue for row in self.enrollments)

    @property
    def done(self) -> int:
        """How many are finished."""
        return sum(row.is_complete for row in self.enrollments)

    @cached_property
    def hours(self):
        """All clock hours earned (decimal hours)."""
        return ClockHourEntry.objects.filter(person=self.person).aggregate(all=Sum("hours"))["all"] or 0
