"""Certificates, clock hours, and the attendance that some of them rest on."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models.enrollments import Enrollment


class Participation(models.Model):
    """The fact that somebody vouched for how long a person took part in a course with a coach.

    One row an enrollment, of one whole: ``days`` is every day that counts, ``[{"on": "2026-10-02",
    "minutes": 90}]``, and ``minutes`` their sum, kept so that a check can hold it. A correction writes it
    anew; the audit log has what was there before. ``claims`` holds what the person claimed when that was
    less than they may, ``{category: "1.5"}``: no later correction raises it without them.
    """

    enrollment = models.OneToOneField(Enrollment, related_name="participation", on_delete=models.PROTECT)
    minutes = models.PositiveIntegerField()
    days = models.JSONField(default=list)
    claims = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.enrollment}: {self.minutes}"

    @property
    def dates(self) -> list[datetime.date]:
        """The days on which the person was there, in order."""
        return sorted({datetime.date.fromisoformat(day["on"]) for day in self.days})


class Certificate(models.Model):
    """What was issued when a course was completed. Never edited: revoked or superseded, with a reason.

    ``snapshot`` holds everything that is printed, as it was that day. ``code`` is what anybody who
    holds the paper may verify.
    """

    enrollment = models.ForeignKey(Enrollment, related_name="certificates", on_delete=models.PROTECT)
    code = models.CharField(max_length=16, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    supersedes = models.OneToOneField(
        "self", related_name="superseded_by", null=True, blank=True, on_delete=models.PROTECT
    )
    snapshot = models.JSONField()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            # Issued exactly once for an enrollment; a correction supersedes the one before it.
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(supersedes=None), name="certificate_once_an_enrollment"
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def status(self):
        """``valid``, ``superseded`` or ``revoked``."""
        if hasattr(self, "revocation"):
            return "revoked"
        return "superseded" if hasattr(self, "superseded_by") else "valid"


class Revocation(models.Model):
    """The fact that a certificate no longer holds: who revoked it, when, why."""

    certificate = models.OneToOneField(Certificate, related_name="revocation", on_delete=models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)


class ClockHourEntry(models.Model):
    """Hours of one category that a person earned by an enrollment; they may claim fewer than offered.

    Decimal hours of 60 minutes in half-hour steps (WAC 181-85-030).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="clock_hour_entries", on_delete=models.PROTECT
    )
    enrollment = models.ForeignKey(Enrollment, related_name="clock_hour_entries", on_delete=models.PROTECT)
    category = models.SlugField(max_length=60)
    category_name = models.CharField(max_length=120)
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    offered = models.DecimalField(max_digits=4, decimal_places=1)
    earned_on = models.DateField()

    class Meta:
        ordering = ["-earned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "category"], name="clock_hours_once_a_category"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=models.F("offered")),
                name="clock_hours_claimed_within_offered",
            ),
        ]
