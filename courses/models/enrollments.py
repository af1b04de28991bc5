"""Enrollments and the progress in their modules."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Enrollment(models.Model):
    """One person taking one course, once. A retake is a new ``cycle``: a new row, nothing is reset.

    ``course_key`` is the translation key of the course's page. There is no foreign key to the page on
    purpose: a course may be moved, renamed, unpublished or deleted, the record stands. ``course_title``
    is the title as the person last saw it. ``building`` is where it was taken, wherever they work later;
    ``district`` is its district (or that of a position without a building), so that a district's report
    is one look into one index. ``minutes_left`` is about how long the rest takes, counted with the progress;
    empty before anything was.
    """

    class Status(models.TextChoices):
        NOT_STARTED = "not-started", _("Not started")
        UNDER_WAY = "under-way", _("Under way")
        COMPLETE = "complete", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = [Status.NOT_STARTED, Status.UNDER_WAY]

    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="enrollments", on_delete=models.PROTECT)
    course_key = models.UUIDField()
    course_title = models.CharField(max_length=255)
    building = models.ForeignKey(
        "roster.Building", related_name="enrollments", null=True, blank=True, on_delete=models.PROTECT
    )
    district = models.ForeignKey(
        "roster.District", related_name="enrollments", null=True, blank=True, on_delete=models.PROTECT
    )
    cycle = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    due_on = models.DateField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    minutes_left = models.PositiveSmallIntegerField(null=True, blank=True)
    enrolled_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    resume_module_key = models.UUIDField(null=True, blank=True)
    resume_place = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "course_key", "cycle"], name="enrollment_once_a_cycle"),
            # A double click or two tabs can't start two cycles at once.
            models.UniqueConstraint(
                fields=["person", "course_key"],
                condition=~Q(status="complete"),
                name="enrollment_one_open_cycle",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="enrollment_progress_is_percent"
            ),
            models.CheckConstraint(
                condition=Q(status="complete", completed_at__isnull=False, progress=100)
                | (~Q(status="complete") & Q(completed_at=None)),
                name="enrollment_complete_has_a_time_and_all_progress",
            ),
            models.CheckConstraint(
                condition=~Q(status="not-started") | Q(opened_at=None),
                name="enrollment_not_started_was_never_opened",
            ),
        ]
        indexes = [
            # A building's page: who is how far in which course.
            models.Index(fields=["building", "course_key", "status"], name="enrollment_by_building"),
            models.Index(fields=["district", "course_key", "status"], name="enrollment_by_district"),
            # Recomputing after a publish: everybody under way in one course.
            models.Index(fields=["course_key", "status"], name="enrollment_by_course"),
            # The nightly look for due dates that come near.
            models.Index(
                fields=["due_on"],
                condition=Q(status__in=["not-started", "under-way"]),
                name="enrollment_due",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course_title}"

    @property
    def is_open(self):
        """Neither complete nor withdrawn?"""
        return self.status in self.OPEN

    @property
    def is_complete(self):
        """Done for good?"""
        return self.status == self.Status.COMPLETE

    @property
    def is_overdue(self):
        """Open, and the due day (its end, in the region's zone) is past?"""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()


class Withdrawal(models.Model):
    """The fact that a person left a course before its end. Deleting it is how they come back.

    A row of its own: who withdrew whom, when and why. The audit log keeps it after it is gone.
    """

    enrollment = models.OneToOneField(Enrollment, related_name="withdrawal", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return f"{self.enrollment} ({self.at:%Y-%m-%d})"


class ModuleProgress(models.Model):
    """How far a person is in one module. Once complete it stays complete, whatever editors change.

    ``done`` of ``required`` items, as counted when last changed; ``snapshot`` is what the module was at
    completion: title, revision and the wording of its required prompts.
    """

    enrollment = models.ForeignKey(Enrollment, related_name="modules", on_delete=models.CASCADE)
    module_key = models.UUIDField()
    title = models.CharField(max_length=255)
    opened_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    required = models.PositiveSmallIntegerField(default=1)
    completed_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "module_key"], name="module_progress_once"),
            models.CheckConstraint(condition=Q(done__lte=F("required")), name="module_done_within_required"),
        ]

    def __str__(self):
        return f"{self.enrollment}, {self.title}"
