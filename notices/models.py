"""What people are told, and how they want to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about; a person chooses for each kind whether an email comes too."""

    ASSIGNED = "assigned", _("A course is assigned to me")
    NUDGED = "nudged", _("A leader reminds me of a course")
    DUE = "due", _("A due date comes near")
    CERTIFICATE = "certificate", _("A certificate is ready")
    COMMITMENT = "commitment", _("A day that I set for an action step has come")
    DISCUSSION = "discussion", _("Something in a discussion of my building concerns me")
    CONTENT = "content", _("A course that I take has changed")
    ENGAGEMENT = "engagement", _("Something waits in the work that I do with a team")


class Notice(models.Model):
    """One thing that one person is told. The row is the truth; an email is only its carrier.

    ``key`` says what it is about, once: telling twice the same gives one row (tasks may run twice).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="notices", on_delete=models.CASCADE)
    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=160)
    title = models.CharField(max_length=240)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=400, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    email_wanted = models.BooleanField(default=True)
    # Who sends writes this first, so that two workers never send the same; an old claim is a killed worker's.
    email_claimed_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_told_once"),
        ]
        indexes = [
            # The bell in the header, on every page.
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            # What the sweep still has to send.
            models.Index(
                fields=["told_at"], condition=Q(email_wanted=True, emailed_at=None), name="notice_unsent"
            ),
        ]

    def __str__(self):
        return self.title


class Preference(models.Model):
    """A person's wish not to get emails of a kind. No row: emails come."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="notice_preferences", on_delete=models.CASCADE
    )
    kind = models.CharField(max_length=16, choices=Kind)
    by_email = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_preference_once_a_kind"),
        ]


class CalendarFeed(models.Model):
    """A person's calendar, to be fetched by a calendar program that can't sign in. No row: no feed.

    Its address holds ``serial`` and a signature (:mod:`notices.calendars`), so that who reads this table, or
    guesses, has no address yet. A new row is a new address; deleting the row ends the old one.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, related_name="calendar_feed", on_delete=models.CASCADE
    )
    serial = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
