"""Audiences, editions and the state's facts in the admin, and the menu that holds them with the courses."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from cms.admin import changes, edition_views, matrix, views
from cms.admin.forms import AudienceForm, EditionForm
from cms.admin.panels import AUDIENCE_PANELS, EDITION_PANELS
from cms.models import Audience, ClockHourCategory, CoursePage, Edition, LearningStandard, RenewalRule


class CourseListing(PageListingViewSet):
    """All courses, wherever they stand in the tree."""

    name = "cms_courses"
    icon = "doc-full-inverse"
    menu_label = _("Courses")
    model = CoursePage
    list_filter = ["service"]


class AudienceDeleteView(DeleteView):
    """Refuses to delete an audience that is used, and says where."""

    def dispatch(self, request, *args, **kwargs):
        """Show where it is used instead of the question."""
        uses = self.object.uses(self.object.slug)
        if uses:
            named = ", ".join(use.title for use in uses[:5])
            messages.error(
                request,
                _("“%(audience)s” is used, so it can't be deleted: %(uses)s would be shown to everyone.")
                % {"audience": self.object, "uses": named},
            )
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class _SavedWhenAsked:
    """An audience has no drafts: autosave would put each ticked box to work in every course at once."""

    def setup(self, request, *args, **kwargs):
        """Leave autosave off."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class AudienceCreateView(_SavedWhenAsked, CreateView):
    """A new audience, kept when its editor says so."""


class AudienceEditView(_SavedWhenAsked, EditView):
    """An audience, changed when its editor says so."""


class AudienceViewSet(SnippetViewSet):
    """Audiences: rules over positions."""

    model = Audience
    icon = "group"
    menu_label = _("Audiences")
    list_display = ["name", "slug", Column("description", label=_("What it is for")), UpdatedAtColumn()]
    search_fields = ["name"]
    edit_handler = ObjectList(AUDIENCE_PANELS, base_form_class=AudienceForm)
    add_view_class = AudienceCreateView
    edit_view_class = AudienceEditView
    delete_view_class = AudienceDeleteView
    copy_view_enabled = False

    def get_urlpatterns(self):
        """Wagtail's, and the one that says whom the ticked boxes cover."""
        return [*super().get_urlpatterns(), path("reach/", views.audience_reach, name="reach")]


class EditionViewSet(SnippetViewSet):
    """Editions: a course in a building's or district's own words."""

    model = Edition
    icon = "home"
    menu_label = _("Editions")
    list_display = [
        "__str__",
        Column("course_title", label=_("Course")),
        "credit",
        edition_views.FitColumn(),
        UpdatedAtColumn(),
    ]
    list_filter = ["building", "district"]
    index_view_class = edition_views.EditionIndexView
    edit_handler = ObjectList(EDITION_PANELS, base_form_class=EditionForm)
    copy_view_enabled = False

    def get_queryset(self, request):
        """With owner and the course's title: a listing asks once, not for each row."""
        titles = CoursePage.objects.filter(translation_key=OuterRef("course_key")).order_by("pk")
        return Edition.objects.select_related("building", "district").annotate(
            course_title=Subquery(titles.values("title")[:1])
        )


class SideBySideViewSet(ViewSet):
    """All editions of a course, a column each."""

    name = "editions_side_by_side"
    icon = "home"
    menu_label = _("Editions side by side")

    def get_urlpatterns(self):
        """The list of courses, and one's editions."""
        return [
            path("", edition_views.editions_list, name="index"),
            path("<uuid:course_key>/", edition_views.editions_of_course, name="course"),
        ]


class StandardViewSet(SnippetViewSet):
    """Learning standards."""

    model = LearningStandard
    icon = "list-ul"
    menu_label = _("Standards")
    list_display = ["code", "title", "framework"]
    list_filter = ["framework"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("framework"), FieldPanel("code")]),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("url"),
    ]


class CategoryViewSet(SnippetViewSet):
    """Clock-hour categories."""

    model = ClockHourCategory
    icon = "time"
    menu_label = _("Clock-hour categories")
    list_display = ["name", "citation"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("citation")]


class RuleViewSet(SnippetViewSet):
    """Renewal rules: how many hours of what a certificate's renewal asks for."""

    model = RenewalRule
    icon = "history"
    menu_label = _("Renewal rules")
    list_display = ["holder", "category", "hours", "years", "citation"]
    panels = [
        FieldRowPanel([FieldPanel("holder"), FieldPanel("category")]),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("years"), FieldPanel("since")]),
        FieldPanel("citation"),
    ]


class CoverageViewSet(ViewSet):
    """Coverage: what differs where."""

    name = "coverage"
    icon = "table"
    menu_label = _("Coverage")

    def get_urlpatterns(self):
        """The list of courses, one's matrix, and the matrix as a file."""
        return [
            path("", matrix.index, name="index"),
            path("<uuid:course_key>/", matrix.show, name="course"),
            path("<uuid:course_key>/csv/", matrix.as_csv, name="csv"),
            path("<uuid:course_key>/xlsx/", matrix.as_xlsx, name="xlsx"),
        ]


class ChangesViewSet(ViewSet):
    """What changed for whom: every publish, and whom it touched."""

    name = "changes"
    icon = "history"
    menu_label = _("What changed for whom")

    def get_urlpatterns(self):
        """All changes, and one."""
        return [
            path("", changes.index, name="index"),
            path("<int:pk>/", changes.show, name="show"),
        ]


class CoursesGroup(SnippetViewSetGroup):
    """All that belongs to courses, under one entry of the menu."""

    menu_label = _("Courses")
    menu_icon = "doc-full-inverse"
    menu_order = 150
    items = [
        CourseListing,
        EditionViewSet,
        SideBySideViewSet,
        AudienceViewSet,
        CoverageViewSet,
        ChangesViewSet,
        StandardViewSet,
        CategoryViewSet,
        RuleViewSet,
    ]
