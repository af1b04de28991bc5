"""What a person writes and answers in a module. The identity of a prompt is (module_key, block_id)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.encrypted import EncryptedTextField
from courses.models.enrollments import Enrollment


class Response(models.Model):
    """A row about one block of one module in one enrollment."""

    enrollment = models.ForeignKey(Enrollment, related_name="%(class)ss", on_delete=models.CASCADE)
    module_key = models.UUIDField()
    block_id = models.CharField(max_length=36)

    class Meta:
        abstract = True


class Reflection(Response):
    """A person's answer to a reflection prompt, private unless they share it; encrypted at rest.

    ``version`` counts its saves. A save names the version that it is based on, so that an older tab
    can't overwrite newer words. ``prompt``, ``module_title`` and ``scale`` are kept as they were answered.
    ``kept_at`` is when an earlier text was last set apart as a version: a save learns from the row itself
    whether it is time to keep another.

    Where the prompt has a scale, ``mark`` is the step that was chosen, as a numeral: as private as the words,
    so as sealed. That there is one stands beside it in ``is_marked``, for completion to count without opening
    anything. ``scale`` holds ``steps``, ``low`` and ``high``; it is empty where there was no scale.
    """

    class Sharing(models.TextChoices):
        PRIVATE = "private", _("Only me")
        COACH = "coach", _("My coach")
        BUILDING = "building", _("My building's team")

    prompt = models.TextField()
    module_title = models.CharField(max_length=255)
    text = EncryptedTextField(default="")
    words = models.PositiveIntegerField(default=0)
    mark = EncryptedTextField(default="", blank=True)
    is_marked = models.BooleanField(default=False)
    scale = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    sharing = models.CharField(max_length=8, choices=Sharing, default=Sharing.PRIVATE)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "module_key", "block_id"], name="reflection_once_a_prompt"
            ),
            models.CheckConstraint(
                condition=Q(sharing__in=["private", "coach", "building"]), name="reflection_sharing_is_known"
            ),
        ]

    @property
    def marked(self) -> str:
        """The mark on its scale, in words: “4 of 5”."""
        return gettext("%(mark)s of %(steps)s") % {"mark": self.mark, **self.scale}


class ReflectionVersion(models.Model):
    """A reflection as it once was: an earlier text, or one set aside when two tabs disagreed."""

    class Why(models.TextChoices):
        EARLIER = "earlier", _("Earlier text")
        SET_ASIDE = "set-aside", _("Set aside when two versions met")

    reflection = models.ForeignKey(Reflection, related_name="versions", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=Why, default=Why.EARLIER)
    text = EncryptedTextField()
    words = models.PositiveIntegerField(default=0)
    mark = EncryptedTextField(default="", blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]


class CheckAttempt(Response):
    """One try at a check or a pool: what was asked and chosen and how it was judged, as it was then.

    ``choices`` are the answers' block ids, in the order given; ``score`` is a percent 0–100. ``asked`` holds
    each question in plain words, its answers in the order in which they were shown, and what was answered.
    """

    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    choices = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "module_key", "block_id", "number"], name="check_attempt_numbered_once"
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="check_score_is_percent"),
        ]


class Commitment(Response):
    """An action step that a person took on: what they will try, by when, and how it went.

    ``what`` is the step as the course words it, ``own_words`` as the person put it for themselves, if they
    did.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("I did it")
        PARTLY = "partly", _("Partly")
        NOT_YET = "not-yet", _("Not yet")

    what = EncryptedTextField()
    own_words = EncryptedTextField(default="", blank=True)
    module_title = models.CharField(max_length=255)
    due_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    how_it_went = EncryptedTextField(default="", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "module_key", "block_id"], name="commitment_once_a_step"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="commitment_settled_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(settled_at=None), name="commitment_waiting"),
        ]

    @property
    def step(self) -> str:
        """What they said they would try, in their own words where they found some."""
        return self.own_words or self.what
