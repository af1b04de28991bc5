"""The public pages around the courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PageBody

SERVICES = [
    ("professional-development", _("Professional Development for Equity")),
    ("leadership-coaching", _("Leadership Coaching for Equity")),
    ("data-coaching", _("Data Coaching for Equity")),
    ("racial-equity-tool", _("Racial Equity Tool Implementation")),
    ("advisory-committee", _("Equity Advisory Committee Development")),
]
#: Those that a team does with a coach, and so asks for. Courses are taken without asking.
WITH_A_COACH = [(slug, name) for slug, name in SERVICES if slug != "professional-development"]


class Illustrated(models.Model):
    """A page with a picture, described or marked as decoration by an empty description."""

    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    image_alt = models.CharField(
        _("what the image shows"), max_length=300, blank=True, help_text=_("Empty: only decoration.")
    )
    summary = models.TextField(_("summary"), max_length=600, blank=True)

    class Meta:
        abstract = True


class HomePage(Illustrated, Page):
    """The first page that a visitor sees."""

    headline = models.CharField(_("headline"), max_length=160)
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = StreamField(PageBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"
    content_panels = Page.content_panels + [
        FieldPanel("headline"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        from cms import visiting

        return {**super().get_context(request, *args, **kwargs), **visiting.home_context(request)}


class StandardPage(Illustrated, Page):
    """About, privacy, help and the like."""

    body = StreamField(PageBody(), verbose_name=_("body"), blank=True)

    template = "cms/standard_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    content_panels = Page.content_panels + [
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
    ]
    search_fields = Page.search_fields + [index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request, *args, **kwargs):
        from cms import visiting

        added = {"standpoint": visiting.standpoint_for(request)}
        return {**super().get_context(request, *args, **kwargs), **added}


class ServicePage(Illustrated, Page):
    """One of PSESD's five equity services."""

    service = models.CharField(_("service"), max_length=40, choices=SERVICES, unique=False)
    who_for = models.TextField(_("who it is for"), max_length=400, blank=True)
    what_happens = StreamField(
        [
            (
                "step",
                blocks.StructBlock(
                    [
                        ("title", blocks.CharBlock(label=_("Title"), max_length=120)),
                        ("text", blocks.TextBlock(label=_("Text"), max_length=600)),
                    ],
                    label=_("Step"),
                    icon="list-ol",
                ),
            )
        ],
        verbose_name=_("what happens"),
        blank=True,
    )
    body = StreamField(PageBody(), verbose_name=_("body"), blank=True)

    template = "cms/service_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = []
    content_panels = Page.content_panels + [
        FieldPanel("service"),
        FieldPanel("summary"),
        FieldPanel("who_for"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("what_happens"),
        FieldPanel("body"),
    ]
    search_fields = Page.search_fields + [index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("service page")

    def get_context(self, request, *args, **kwargs):
        from cms import visiting

        added = visiting.service_context(request, self.service)
        return {**super().get_context(request, *args, **kwargs), **added}


class CatalogPage(Page):
    """The shelf of courses; finds and filters them."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    template = "cms/catalog_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CoursePage"]
    max_count_per_parent = 1
    content_panels = Page.content_panels + [FieldPanel("intro")]

    class Meta:
        verbose_name = _("catalog")

    def get_template(self, request, *args, **kwargs):
        # A change of a filter asks for the shelf alone.
        if getattr(request, "htmx", False):
            return "cms/parts/shelf.html"
        return super().get_template(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from cms import visiting

        return {**super().get_context(request, *args, **kwargs), **visiting.catalog_context(request)}
