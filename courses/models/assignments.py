"""Assignments: a leader's act of assigning a course to staff."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models.enrollments import Enrollment


class Assignment(models.Model):
    """A course assigned to staff of one building or one district.

    Whom it means: the named ``people``; or, when nobody is named, those whose role is in ``roles``; or,
    when that is empty too, all staff of the place. ``reached_at`` is when everybody meant had been
    enrolled; until then (and after a lost task) the sweep goes on where the work stopped.
    """

    course_key = models.UUIDField()
    course_title = models.CharField(max_length=255)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="assignments_made", on_delete=models.PROTECT
    )
    building = models.ForeignKey(
        "roster.Building", related_name="assignments", null=True, blank=True, on_delete=models.PROTECT
    )
    district = models.ForeignKey(
        "roster.District", related_name="assignments", null=True, blank=True, on_delete=models.PROTECT
    )
    roles = models.JSONField(default=list, blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    due_on = models.DateField(null=True, blank=True)
    message = models.TextField(max_length=1000, blank=True)
    includes_future_staff = models.BooleanField(default=False)
    token = models.UUIDField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    meant = models.PositiveIntegerField(default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(building=None, district__isnull=False) | Q(building__isnull=False, district=None),
                name="assignment_is_to_a_building_or_a_district",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="assignment_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(reached_at=None, withdrawn_at=None),
                name="assignment_not_yet_reached",
            ),
        ]

    def __str__(self):
        return f"{self.course_title} → {self.place}"

    @property
    def place(self):
        """The building or district whose staff it means."""
        return self.building or self.district


class Reach(models.Model):
    """The link from an assignment to an enrollment that it caused or found."""

    assignment = models.ForeignKey(Assignment, related_name="reaches", on_delete=models.CASCADE)
    enrollment = models.ForeignKey(Enrollment, related_name="reaches", on_delete=models.CASCADE)
    caused_it = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "enrollment"], name="reach_once"),
        ]


class Nudge(models.Model):
    """A leader's reminder to one person about one enrollment."""

    enrollment = models.ForeignKey(Enrollment, related_name="nudges", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            # A double click, or two leaders on one day, nudge once.
            models.UniqueConstraint(fields=["enrollment", "on"], name="nudge_once_a_day"),
        ]
