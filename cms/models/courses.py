"""Courses and their modules, as Wagtail pages."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.admin.page_forms import CoursePageForm, ModulePageForm
from cms.admin.panels import course_tabs, module_tabs
from cms.blocks import ModuleBody
from cms.models.pages import SERVICES, WITH_A_COACH, Illustrated
from cms.models.standards import ClockHourCategory, LearningStandard

PROSE = ["bold", "italic", "ol", "ul", "link"]


class CourseTopic(TaggedItemBase):
    """The fact that a course is about a topic."""

    content_object = ParentalKey("cms.CoursePage", related_name="tagged_topics", on_delete=models.CASCADE)


def in_half_hours(hours):
    """Clock hours come in half-hour steps (WAC 181-85-030).

    Raises:
        ValidationError: ``hours`` doesn't.
    """
    if hours % Decimal("0.5"):
        raise ValidationError(_("Clock hours come in half-hour steps."))


class ClockHours(models.Model):
    """Hours of one category that a course is approved for, in half-hour steps (WAC 181-85-030)."""

    course = ParentalKey("cms.CoursePage", related_name="clock_hours", on_delete=models.CASCADE)
    category = models.ForeignKey(ClockHourCategory, verbose_name=_("category"), on_delete=models.PROTECT)
    hours = models.DecimalField(
        _("hours"), max_digits=4, decimal_places=1, validators=[MinValueValidator(1), in_half_hours]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "category"], name="course_category_once"),
            models.CheckConstraint(condition=models.Q(hours__gte=1), name="course_hours_at_least_one"),
        ]


class EndsInTeamwork(models.Model):
    """A course or a module after which a team goes on together: with which service, and why just then."""

    team_service = models.CharField(
        _("start this with your team"),
        max_length=40,
        choices=WITH_A_COACH,
        blank=True,
        help_text=_(
            "At its end, readers find how to do this with their team and a coach, or how far their team is."
        ),
    )
    team_words = models.TextField(
        _("in your own words"),
        max_length=400,
        blank=True,
        help_text=_(
            "One or two sentences: what a team can do with what was just learned. "
            "Empty: words that fit any course."
        ),
    )

    class Meta:
        abstract = True


class CoursePage(Illustrated, EndsInTeamwork, Page):
    """A course. Records hang on its ``translation_key``, never on its place or slug.

    ``audiences`` holds the slugs of those who may take it; an empty list means everyone. One that
    ``is_facilitated`` is taken in meetings with a coach: who attended how long is what hours are given by,
    nobody enrolls alone, and its modules, if it has any, prepare for the meetings (decision 0050).
    """

    class Design(models.TextChoices):
        EVERGREEN = "evergreen", _("Evergreen")
        WATER = "water", _("Deep water")
        CEDAR = "cedar", _("Cedar")

    service = models.CharField(_("service"), max_length=40, choices=SERVICES)
    for_whom = models.TextField(_("for whom"), max_length=400, blank=True)
    why = RichTextField(_("why this course"), features=PROSE, blank=True)
    outcomes = StreamField(
        [("outcome", blocks.CharBlock(label=_("Outcome"), max_length=300))],
        verbose_name=_("what you will have at the end"),
        blank=True,
    )
    audiences = models.JSONField(
        _("who may take it"), default=list, blank=True, help_text=_("Nothing ticked: everyone.")
    )
    is_facilitated = models.BooleanField(
        _("taken with a coach: hours by attendance"),
        default=False,
        help_text=_(
            "People take it in meetings with a PSESD coach, and PSESD gives the hours by who attended. "
            "Nobody enrolls alone and no principal assigns it. Modules are optional: they prepare for the "
            "meetings."
        ),
    )
    asks_for_evaluation = models.BooleanField(_("asks for an evaluation"), default=True)
    certificate_design = models.CharField(
        _("certificate's design"), max_length=12, choices=Design, default=Design.EVERGREEN
    )
    signatory = models.CharField(_("signed by"), max_length=120, blank=True)
    signatory_title = models.CharField(_("signer's title"), max_length=160, blank=True)
    approval_number = models.CharField(_("approval number"), max_length=40, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_until = models.DateField(_("approved until"), null=True, blank=True)
    standards = ParentalManyToManyField(
        LearningStandard, verbose_name=_("standards"), related_name="courses", blank=True
    )
    topics = ClusterTaggableManager(_("topics"), through=CourseTopic, blank=True)

    template = "cms/course_page.html"
    parent_page_types = ["cms.CatalogPage"]
    subpage_types = ["cms.ModulePage"]
    # No words, so nothing for translators: the translation has them as the source does.
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("signatory", "signatory_title", "approval_number")
    ]
    base_form_class = CoursePageForm
    edit_handler = course_tabs()
    default_preview_mode = ""
    search_fields = Page.search_fields + [
        index.SearchField("summary"),
        index.SearchField("for_whom"),
        index.SearchField("why"),
        index.FilterField("service"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def serve(self, request, *args, **kwargs):
        from cms import visiting

        visiting.visit_course(request, self)
        return visiting.kept_by_reader(request, super().serve(request, *args, **kwargs), self)

    def get_context(self, request, *args, **kwargs):
        from cms import visiting

        # The words are this page's, all that follows from it its source's: "page" is both in one.
        return {**super().get_context(request, *args, **kwargs), **visiting.course_context(request, self)}

    @property
    def preview_modes(self):
        """As it was written, and as some of the buildings get it."""
        from cms import previews

        return previews.modes_of(self.translation_key)

    def is_previewable(self):
        """Always; asked for each row of a listing, so it mustn't look at the modes."""
        return True

    def serve_preview(self, request, mode_name):
        """The draft as somebody at the mode's building gets it."""
        from cms import previews

        return previews.preview_course(request, self, mode_name)

    @property
    def hours(self):
        """All its clock hours together (decimal hours)."""
        return sum((row.hours for row in self.clock_hours.all()), start=0)


class ModulePage(Illustrated, EndsInTeamwork, Page):
    """A module: one page of a course, made of blocks.

    ``audiences`` holds the slugs of those it is shown to; an empty list means everyone.
    """

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20, validators=[MinValueValidator(1)])
    objectives = StreamField(
        [("objective", blocks.CharBlock(label=_("Objective"), max_length=300))],
        verbose_name=_("objectives"),
        blank=True,
    )
    required = models.BooleanField(_("required"), default=True)
    audiences = models.JSONField(
        _("shown to"), default=list, blank=True, help_text=_("Nothing ticked: everyone sees it.")
    )
    body = StreamField(ModuleBody(), verbose_name=_("body"), blank=True)
    standards = ParentalManyToManyField(
        LearningStandard, verbose_name=_("standards"), related_name="modules", blank=True
    )

    template = "cms/module_page.html"
    parent_page_types = ["cms.CoursePage"]
    subpage_types = []
    base_form_class = ModulePageForm
    edit_handler = module_tabs()
    default_preview_mode = ""
    search_fields = Page.search_fields + [index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request, *args, **kwargs):
        from cms import visiting

        return visiting.visit_module(request, self)

    @property
    def preview_modes(self):
        """As it was written, and as some of the buildings get it."""
        from cms import previews

        return previews.modes_of(self.get_parent().translation_key)

    def is_previewable(self):
        """Always; asked for each row of a listing, so it mustn't look at the modes."""
        return True

    def serve_preview(self, request, mode_name):
        """The draft in the player's layout, as somebody at the mode's building gets it."""
        from cms import previews

        return previews.preview_module(request, self, mode_name)
