"""What the staff of one building say to each other about a prompt."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.encrypted import EncryptedTextField


class Discussion(models.Model):
    """A prompt that one building talks about: opened by who moderates it, for its staff and its coaches only.

    Titles and prompt are kept as they were when it was opened, because a talk outlives its module. The state
    is a word of the present; who opened, locked and closed it when is in the audit log.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        LOCKED = "locked", _("Locked: to read, not to add to")
        CLOSED = "closed", _("Closed: only its moderators still see it")

    building = models.ForeignKey("roster.Building", related_name="discussions", on_delete=models.PROTECT)
    course_key = models.UUIDField()
    module_key = models.UUIDField()
    block_id = models.CharField(max_length=36)
    course_title = models.CharField(max_length=255)
    module_title = models.CharField(max_length=255)
    prompt = models.TextField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    opened_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "module_key", "block_id"], name="discussion_once_a_building_and_prompt"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "locked", "closed"]), name="discussion_state_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.building}: {self.prompt}"

    @property
    def is_open(self) -> bool:
        """May people still add to it?"""
        return self.state == self.State.OPEN


class Post(models.Model):
    """Somebody's own words in a discussion, under their name. Never a reflection, unless they copied it here.

    ``answers`` is the post that it answers; an answer is not answered itself. What its author deleted keeps
    its place without its words, so that the answers to it still make sense.
    """

    discussion = models.ForeignKey(Discussion, related_name="posts", on_delete=models.PROTECT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="posts", on_delete=models.PROTECT)
    answers = models.ForeignKey(
        "self", related_name="answered_by", null=True, blank=True, on_delete=models.PROTECT
    )
    text = EncryptedTextField(default="")
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["posted_at", "pk"]

    def __str__(self):
        # The audit log keeps this: who and where, never what.
        return f"post {self.pk} in discussion {self.discussion_id}"


class PostRemoval(models.Model):
    """The fact that a moderator took a post away, and why. Its words stay for the moderators.

    Deleting the row brings the post back; the audit log keeps both.
    """

    post = models.OneToOneField(Post, related_name="removal", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="post_removal_has_a_reason"),
        ]


class PostReport(models.Model):
    """Somebody's word to the moderators that a post needs a look. One a person and post."""

    post = models.ForeignKey(Post, related_name="reports", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    why = EncryptedTextField()
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="post_reported_once_by_a_person"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="post_report_settled_by_somebody",
            ),
        ]
