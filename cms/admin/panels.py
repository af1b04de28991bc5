"""How the forms of the admin are laid out."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

_PICTURE = MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image"))
_SEARCH_ENGINES = MultiFieldPanel(
    [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
    heading=_("Address and search engines"),
)
_TEAMWORK = MultiFieldPanel(
    [FieldPanel("team_service"), FieldPanel("team_words")], heading=_("Where it leads")
)


def _standards():
    return FieldPanel("standards", widget=CheckboxSelectMultiple)


def course_tabs():
    """A course's form: what it says, what it counts for, who it is for."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldPanel("summary"),
                    _PICTURE,
                    FieldPanel("for_whom"),
                    FieldPanel("why"),
                    FieldPanel("outcomes"),
                    _TEAMWORK,
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [FieldPanel("service"), FieldPanel("audiences"), FieldPanel("topics")],
                heading=_("For whom"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "clock_hours",
                        heading=_("Clock hours"),
                        label=_("Hours of a category"),
                        help_text=_("As approved, in half-hour steps, at least one hour."),
                        panels=[FieldRowPanel([FieldPanel("category"), FieldPanel("hours")])],
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("approval_number"),
                            FieldRowPanel([FieldPanel("approved_on"), FieldPanel("approved_until")]),
                        ],
                        heading=_("Approval"),
                        help_text=_("Clock hours need an approval that is older than the offering."),
                    ),
                    FieldPanel("is_facilitated"),
                    FieldPanel("asks_for_evaluation"),
                    MultiFieldPanel(
                        [
                            FieldPanel("certificate_design"),
                            FieldRowPanel([FieldPanel("signatory"), FieldPanel("signatory_title")]),
                        ],
                        heading=_("Certificate"),
                    ),
                    _standards(),
                ],
                heading=_("Hours and certificate"),
            ),
            ObjectList([_SEARCH_ENGINES], heading=_("Promote")),
            ObjectList([PublishingPanel()], heading=_("Settings")),
        ]
    )


def module_tabs():
    """A module's form: its blocks first, all that is set once on a tab of its own."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    FieldPanel("summary"),
                    FieldPanel("objectives"),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("minutes"), FieldPanel("required")]),
                    FieldPanel("audiences"),
                    _TEAMWORK,
                    _standards(),
                    _PICTURE,
                ],
                heading=_("About it"),
            ),
            ObjectList([_SEARCH_ENGINES], heading=_("Promote")),
            ObjectList([PublishingPanel()], heading=_("Settings")),
        ]
    )


class ReachPanel(Panel):
    """How many buildings and staff the rule covers, kept up to date while boxes are ticked."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on the page."""

        template_name = "cms/admin/reach_panel.html"


class UsesPanel(Panel):
    """Where the audience is used; only for one that exists."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on the page."""

        template_name = "cms/admin/uses_panel.html"

        def is_shown(self):
            """A new audience is used nowhere."""
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            """What names it, live or in a draft."""
            uses = self.instance.uses(self.instance.slug)
            return {**super().get_context_data(parent_context), "uses": uses}


class WarningPanel(Panel):
    """What keeping the rule would change for people under way; only when the form asks to confirm that."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on the page."""

        template_name = "cms/admin/warning_panel.html"

        def is_shown(self):
            """There is something to confirm."""
            return super().is_shown() and getattr(self.form, "warning", None) is not None

        def get_context_data(self, parent_context=None):
            """Who would see what."""
            warning = self.form.warning
            return {**super().get_context_data(parent_context), "warning": warning, **warning.told()}


def _boxes(rule):
    kinds = ("levels", "roles", "districts", "buildings", "focus_areas", "languages")
    return [FieldPanel(f"{rule}_{kind}", classname="audience-boxes") for kind in kinds]


AUDIENCE_PANELS = [
    WarningPanel(heading=_("What this would change")),
    TitleFieldPanel("name", targets=["slug"]),
    FieldPanel("slug"),
    FieldPanel("description"),
    ReachPanel(heading=_("Whom it covers today")),
    HelpPanel(
        content=_(
            "Within one kind any ticked value matches; across kinds all must. "
            "A kind with nothing ticked doesn't restrict."
        )
    ),
    MultiFieldPanel(_boxes("include"), heading=_("Who is in")),
    MultiFieldPanel(_boxes("exclude"), heading=_("Who is left out"), classname="collapsed"),
    UsesPanel(heading=_("Where it is used")),
]

EDITION_PANELS = [
    MultiFieldPanel(
        [FieldPanel("course_key"), FieldRowPanel([FieldPanel("building"), FieldPanel("district")])],
        heading=_("Whose edition of what"),
        help_text=_("Choose a building or a district, not both."),
    ),
    MultiFieldPanel(
        [FieldPanel("welcome"), FieldPanel("goal"), FieldPanel("credit"), FieldPanel("due_in_days")],
        heading=_("In their own words"),
    ),
    FieldPanel("changes"),
    PublishingPanel(),
]
