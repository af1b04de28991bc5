"""What a team writes. The identity of an answer is (engagement, prompt id), so a newer protocol keeps it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.encrypted import EncryptedJSONField, EncryptedTextField
from engagements.models.engagements import Engagement, Member


class Answer(models.Model):
    """What stands now as the team's answer to one prompt; encrypted at rest.

    ``value`` is an object whose shape the kind of the prompt says (``engagements.kinds``). ``version`` counts
    its saves; each save is also an :class:`AnswerVersion`, because merging two people's words needs what both
    began with. ``asked`` is the prompt's label as it was answered last, for a protocol that no longer asks.
    A meeting asks too: for its minutes, and for notes at its points (``engagements.minuting``).
    """

    engagement = models.ForeignKey(Engagement, related_name="answers", on_delete=models.CASCADE)
    prompt_id = models.CharField(max_length=36)
    kind = models.CharField(max_length=12)
    asked = models.TextField()
    value = EncryptedJSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    # Does it answer the prompt (as many words as it asks for)? Stored, because the value can't be searched.
    is_enough = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "prompt_id"], name="answer_once_a_prompt"),
        ]

    def __str__(self):
        return self.asked


class AnswerVersion(models.Model):
    """An answer as one save left it: who wrote what, when. Thinned out at night, never the last one.

    ``SET_ASIDE`` is a text that met another's: nobody's words go, whichever the team chose to go on with.
    """

    class Why(models.TextChoices):
        SAVED = "saved"
        SET_ASIDE = "set-aside"

    answer = models.ForeignKey(Answer, related_name="versions", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=Why, default=Why.SAVED)
    value = EncryptedJSONField(default=dict)
    by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            # Two who save on top of the same version: the database lets one of them through.
            models.UniqueConstraint(
                fields=["answer", "number"], condition=Q(why="saved"), name="answer_version_numbered_once"
            ),
        ]


class Agreement(models.Model):
    """The fact that a member agreed to what a prompt of the kind "agreement" states. Only ever one's own."""

    engagement = models.ForeignKey(Engagement, related_name="agreements", on_delete=models.CASCADE)
    prompt_id = models.CharField(max_length=36)
    member = models.ForeignKey(Member, related_name="agreements", on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prompt_id", "member"], name="agreement_once_a_member"),
        ]


class PrivateNote(models.Model):
    """A member's own note beside a step. Nobody else ever reads it: no coach, no lead, no administrator.

    It hangs on the person, not on the membership: who leaves and comes back finds it again.
    """

    engagement = models.ForeignKey(Engagement, related_name="private_notes", on_delete=models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    step_id = models.CharField(max_length=36)
    text = EncryptedTextField(default="")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "person", "step_id"], name="private_note_once_a_step"
            ),
        ]


def place_of_file(file, name: str) -> str:
    """Where an upload lies: beside Wagtail's documents, which no address serves without asking who it is."""
    return f"documents/engagements/{file.engagement_id}/{name}"


class EngagementFile(models.Model):
    """A file that a member put beside a prompt or a meeting; read by whoever reads the engagement."""

    engagement = models.ForeignKey(Engagement, related_name="files", on_delete=models.CASCADE)
    prompt_id = models.CharField(max_length=36, blank=True)
    meeting = models.ForeignKey(
        "engagements.Meeting", related_name="files", null=True, blank=True, on_delete=models.CASCADE
    )
    file = models.FileField(upload_to=place_of_file, max_length=300)
    name = models.CharField(max_length=200)
    size_bytes = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.name
