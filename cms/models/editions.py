"""Editions: a building's or district's overlay on a course. It never copies the master."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cms.blocks import EditionChanges


class Edition(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A course in a building's (or district's) own words.

    Hangs on the course's ``translation_key``, so that it survives a move and a change of language.
    A building's edition goes before its district's, and that before the master.
    """

    course_key = models.UUIDField(_("course"))
    building = models.ForeignKey(
        "roster.Building",
        verbose_name=_("building"),
        related_name="editions",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    district = models.ForeignKey(
        "roster.District",
        verbose_name=_("district"),
        related_name="editions",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    welcome = models.TextField(
        _("welcome"),
        blank=True,
        max_length=2000,
        help_text=_("Why this course, here and now. **Two stars** make words bold, *one* makes them italic."),
    )
    goal = models.TextField(
        _("goal"), blank=True, max_length=600, help_text=_("Continues the sentence “What we want from it:”.")
    )
    credit = models.CharField(_("who made it"), max_length=200, blank=True)
    # A proposal for whoever assigns the course; the assignment alone says when it is due.
    due_in_days = models.PositiveSmallIntegerField(
        _("due after how many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Proposed to whoever assigns the course. Empty: nothing is proposed."),
    )
    # Keys of modules, as text, in the order in which the place's staff are advised to take them. Modules that
    # it doesn't name follow in the course's own order; those that are gone are passed over.
    order = models.JSONField(_("recommended order"), default=list, blank=True)
    changes = StreamField(EditionChanges(), verbose_name=_("changes"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_in_days=None) | Q(due_in_days__gte=1, due_in_days__lte=365),
                name="edition_due_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(building=None, district__isnull=False) | Q(building__isnull=False, district=None),
                name="edition_is_of_a_building_or_a_district",
                violation_error_message=_("Choose a building or a district, not both."),
            ),
            models.UniqueConstraint(
                fields=["course_key", "building"],
                name="edition_once_a_building",
                violation_error_message=_("This building has an edition of this course already."),
            ),
            models.UniqueConstraint(
                fields=["course_key", "district"],
                name="edition_once_a_district",
                violation_error_message=_("This district has an edition of this course already."),
            ),
        ]

    def __str__(self):
        return str(self.owner or _("New edition"))

    @property
    def owner(self):
        """The building or district whose edition it is."""
        return self.building or self.district

    default_preview_mode = ""

    @property
    def preview_modes(self):
        """The course's page, and each of its modules."""
        from cms import previews

        return previews.modes_of_edition(self)

    def is_previewable(self):
        """Always; asked for each row of a listing, so it mustn't look at the modes."""
        return True

    def serve_preview(self, request, mode_name):
        """What the edition's readers will get."""
        from cms import previews

        return previews.preview_edition(request, self, mode_name)
