"""What each publish changed, so that an editor can see for whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ContentChange(models.Model):
    """The fact that readers may get something else since then: one row a publish, never changed by hand.

    ``before`` and ``after`` are what readers could get of the subject, in its stored form; None where there
    was nothing, or is nothing any more. ``effect`` is worked out from them after the commit and says for how
    many people at which buildings it mattered *then*: people finish, so it can't be asked again later.
    Rows hang on keys and not on pages: a page may be gone, its history stands.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("course")
        MODULE = "module", _("module")
        EDITION = "edition", _("edition")
        AUDIENCE = "audience", _("audience")

    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=255)
    # None: an audience belongs to no course.
    course_key = models.UUIDField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.SET_NULL
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    effect = models.JSONField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="content_change_of_something"
            ),
            models.CheckConstraint(
                condition=Q(kind="audience", course_key=None) | (~Q(kind="audience") & ~Q(course_key=None)),
                name="content_change_in_a_course_unless_audience",
            ),
        ]
        indexes = [
            # A course's changes, newest first.
            models.Index(fields=["course_key", "-at"], name="content_change_of_course"),
            # The newest change of what was just published.
            models.Index(fields=["subject", "-at"], name="content_change_of_subject"),
            models.Index(fields=["-at"], name="content_change_newest"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.title} ({self.at:%Y-%m-%d})"

    @property
    def act(self) -> str:
        """What was done with it, in a word."""
        if self.before is None:
            return _("published for the first time")
        return _("taken back") if self.after is None else _("changed")
