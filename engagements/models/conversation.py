"""What a team says beside its answers, and what its members take on."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.encrypted import EncryptedTextField
from engagements.models.engagements import Engagement, Member
from engagements.models.meetings import Meeting


class Comment(models.Model):
    """A word beside a step or a prompt, with those whom it calls by name."""

    engagement = models.ForeignKey(Engagement, related_name="comments", on_delete=models.CASCADE)
    step_id = models.CharField(max_length=36)
    prompt_id = models.CharField(max_length=36, blank=True)
    by = models.ForeignKey(Member, related_name="comments", on_delete=models.PROTECT)
    text = EncryptedTextField(_("comment"))
    mentions = models.ManyToManyField(Member, related_name="mentioned_in", blank=True)
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, related_name="+", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["engagement", "step_id"], name="comment_by_step"),
        ]


class ActionItem(models.Model):
    """What one member has taken on, by when. Made at a prompt, at a meeting, or by itself."""

    engagement = models.ForeignKey(Engagement, related_name="action_items", on_delete=models.CASCADE)
    prompt_id = models.CharField(max_length=36, blank=True)
    meeting = models.ForeignKey(
        Meeting, related_name="action_items", null=True, blank=True, on_delete=models.SET_NULL
    )
    what = EncryptedTextField(_("what"))
    owner = models.ForeignKey(Member, related_name="action_items", on_delete=models.PROTECT)
    due_on = models.DateField(_("by"), null=True, blank=True)
    made_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    how_it_went = EncryptedTextField(_("how it went"), blank=True, default="")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="action_item_is_not_done_and_dropped"
            ),
        ]
        indexes = [
            # The nightly look for what is due soon, and "what waits for me".
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="action_item_open",
            ),
        ]

    @property
    def is_open(self):
        """Still to be done?"""
        return self.done_at is None and self.dropped_at is None

    @property
    def is_overdue(self):
        """Open, and its day is past?"""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()
