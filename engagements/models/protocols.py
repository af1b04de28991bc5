"""Protocols: how a kind of work is done, written in Wagtail; and the versions that engagements run on."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_localize.fields import SynchronizedField

from cms.models.pages import SERVICES
from engagements.blocks import Phases
from engagements.protocols import ProtocolPlan


class Protocol(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """How a kind of work is done: phases, steps and prompts, in one language.

    Its ``translation_key`` is its identity in all languages. Nothing runs on it: each publish that changes
    something makes a ``ProtocolVersion``, and a team works on that one until it chooses a newer.
    """

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(
        _("short name"), max_length=60, help_text=_("In files. Translations have the same one.")
    )
    summary = models.TextField(
        _("summary"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences: what it is for, and for whom."),
    )
    service = models.CharField(_("service"), max_length=40, choices=SERVICES)
    phases = StreamField(Phases(), verbose_name=_("phases"), blank=True)

    # How the work goes on that the protocol describes. A fifth kind of work is made of these, not of code.
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Only its members and its coach see it: no leader of a place, no supervisor, no report."),
    )
    private_notes = models.BooleanField(
        _("private notes"), default=False, help_text=_("Each member has notes that nobody else reads.")
    )
    repeats = models.BooleanField(
        _("repeats"),
        default=False,
        help_text=_("At its end a next cycle may begin that is linked to this one."),
    )
    has_terms = models.BooleanField(
        _("members serve for a term"),
        default=False,
        help_text=_("Members have a term and speak for somebody."),
    )
    constituencies = models.TextField(
        _("whom members speak for"),
        blank=True,
        max_length=1000,
        help_text=_("One a line. The team sees who is missing at the table."),
    )
    may_publish = models.BooleanField(
        _("may publish"), default=False, help_text=_("The team may put parts of its work on a public page.")
    )
    must_have_voices = models.BooleanField(
        _("must have voices"),
        default=False,
        help_text=_(
            "It can't be closed before those whom it touches were asked and what they said is written down."
        ),
    )

    # No word for translators: files of all languages have the same one.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    #: The settings that are true or false.
    SETTINGS = ("confidential", "private_notes", "repeats", "has_terms", "may_publish", "must_have_voices")
    default_preview_mode = "member"

    class Meta(TranslatableMixin.Meta):
        ordering = ["service", "title", "pk"]
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="protocol_slug_once_a_language",
                violation_error_message=_("Another protocol of this language has this short name already."),
            ),
            models.CheckConstraint(
                condition=Q(has_terms=True) | Q(constituencies=""),
                name="protocol_constituencies_need_terms",
                violation_error_message=_(
                    "Whom members speak for is asked where they serve for a term: tick that too."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def preview_modes(self):
        """As a member of the team reads it, and as its coach does."""
        return [("member", _("As a member")), ("coach", _("As the coach"))]

    def get_preview_template(self, request, mode_name):
        """One template for both: what only the coach reads is added to it."""
        return "engagements/previews/protocol.html"

    def get_preview_context(self, request, mode_name):
        """The plan of the draft, as a version of it would have it."""
        from engagements import publishing

        return {
            **super().get_preview_context(request, mode_name),
            "protocol": self,
            "plan": publishing.plan_of_draft(self),
            "is_coach": mode_name == "coach",
        }


class Unchangeable(Exception):
    """Raised when something would change or delete a version: teams work on it, and reports quote it."""


class ProtocolVersionQuerySet(models.QuerySet):
    """Versions: to read and to add."""

    def update(self, **kwargs):
        """Refuse."""
        raise Unchangeable("A version of a protocol is never changed; publish the protocol anew.")

    def delete(self):
        """Refuse."""
        raise Unchangeable("A version of a protocol is never deleted.")

    delete.queryset_only = True


class ProtocolVersion(models.Model):
    """A protocol as it was published once, in one language: what an engagement runs on. Only ever added.

    It holds on to the protocol by its key, not by a foreign key: a protocol may be deleted, a team's record
    stays.
    """

    protocol_key = models.UUIDField(_("protocol"), db_index=True)
    language = models.CharField(_("language"), max_length=100)
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    service = models.CharField(_("service"), max_length=40, choices=SERVICES)
    structure = models.JSONField(_("phases, steps, prompts and settings"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    objects = ProtocolVersionQuerySet.as_manager()

    class Meta:
        ordering = ["protocol_key", "language", "-number"]
        verbose_name = _("version of a protocol")
        verbose_name_plural = _("versions of protocols")
        constraints = [
            models.UniqueConstraint(
                fields=["protocol_key", "language", "number"], name="protocol_version_numbered_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="protocol_version_counts_from_one"),
        ]

    def __str__(self):
        return _("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable("A version of a protocol is never changed; publish the protocol anew.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable("A version of a protocol is never deleted.")

    @property
    def plan(self) -> ProtocolPlan:
        """Its phases, steps and prompts, to be asked by name."""
        return ProtocolPlan.of(self.structure)
