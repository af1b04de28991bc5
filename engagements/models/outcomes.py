"""What comes of an engagement: its report, what is published of it, and what became of it later."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.encrypted import EncryptedJSONField, EncryptedTextField
from engagements.models.engagements import Engagement, Member


class Report(models.Model):
    """A report as it was when it was made: what is written later makes another number, not another text."""

    engagement = models.ForeignKey(Engagement, related_name="reports", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(default=1)
    contents = EncryptedJSONField(default=dict)
    made_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="report_numbered_once"),
        ]

    def __str__(self):
        return f"{self.engagement}, {self.number}"


class Publication(models.Model):
    """What a team chose to show to everybody, at an address of its own: a copy, and only what was chosen.

    Not encrypted, as the only text of an engagement: it is public. Nothing else reaches that page.
    """

    engagement = models.ForeignKey(Engagement, related_name="publications", on_delete=models.CASCADE)
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    contents = models.JSONField(default=dict)
    published_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    published_at = models.DateTimeField(default=timezone.now)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(taken_down_at=None), name="publication_has_its_address"
            ),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(taken_down_at=None), name="publication_once_at_a_time"
            ),
        ]

    def __str__(self):
        return self.title


class FollowUp(models.Model):
    """What became of a decision later, in the words of who looked again."""

    engagement = models.ForeignKey(Engagement, related_name="follow_ups", on_delete=models.CASCADE)
    text = EncryptedTextField(_("what became of it"))
    by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
