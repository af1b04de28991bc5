"""Whose voice is in it: what stakeholders said, with their consent, and the links by which guests come in."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.encrypted import EncryptedTextField
from engagements.models.engagements import Engagement, Member
from roster.models import LANGUAGES


class GuestLink(models.Model):
    """A link by which somebody without an account opens one step, in their language, for a while.

    The database keeps only the hash of what the link carries: who reads the table can't open anything.
    """

    engagement = models.ForeignKey(Engagement, related_name="guest_links", on_delete=models.CASCADE)
    member = models.ForeignKey(Member, related_name="guest_links", on_delete=models.CASCADE)
    step_id = models.CharField(max_length=36)
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    made_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    @property
    def is_open(self):
        """Does it still open its step?"""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Voice(models.Model):
    """What one stakeholder, or a group, said when asked, and what changed because of it.

    A row, not a part of an answer: who takes their consent back must be able to be deleted without a trace
    in earlier versions. ``consent`` says how far the words may go; no report shows them wider.
    """

    class Consent(models.TextChoices):
        TEAM = "team", _("The team may read it")
        REPORT = "report", _("It may stand in the report")
        PUBLIC = "public", _("It may be published")

    class Attribution(models.TextChoices):
        NAMED = "named", _("With their name")
        GROUP = "group", _("As one of their group")
        NONE = "none", _("Without saying whose it is")

    engagement = models.ForeignKey(Engagement, related_name="voices", on_delete=models.CASCADE)
    prompt_id = models.CharField(max_length=36)
    who = EncryptedTextField(_("who was asked"), default="")
    group = models.CharField(_("of which group"), max_length=160)
    how = EncryptedTextField(_("how they were asked"), blank=True, default="")
    said = EncryptedTextField(_("what they said"), default="")
    changed = EncryptedTextField(_("what changed because of it"), blank=True, default="")
    consent = models.CharField(_("how far it may go"), max_length=6, choices=Consent, default=Consent.TEAM)
    attribution = models.CharField(
        _("how it may be attributed"), max_length=5, choices=Attribution, default=Attribution.NONE
    )
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    link = models.ForeignKey(
        GuestLink, related_name="voices", null=True, blank=True, on_delete=models.SET_NULL
    )
    written_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__in=["team", "report", "public"]), name="voice_consent_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attribution__in=["named", "group", "none"]), name="voice_attribution_is_known"
            ),
        ]

    def __str__(self):
        return self.group
