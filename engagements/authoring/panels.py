"""How a protocol's form is laid out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from engagements import usage
from engagements.authoring.forms import ProtocolForm


class VersionsPanel(Panel):
    """The versions that were published, and how many engagements run on each."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on the page."""

        template_name = "engagements/admin/versions_panel.html"

        def is_shown(self):
            """A new protocol has none."""
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            """Newest first."""
            protocol = self.instance
            versions = usage.versions_of(protocol.translation_key, protocol.locale.language_code)
            return {**super().get_context_data(parent_context), "versions": versions}


def protocol_tabs():
    """What it says, how the work goes on, and which versions are in use."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", targets=["slug"]),
                    FieldPanel("summary"),
                    FieldPanel("service"),
                    FieldPanel("phases"),
                ],
                heading=_("Phases and steps"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("must_have_voices"), FieldPanel("repeats"), FieldPanel("may_publish")],
                        heading=_("How it ends"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("confidential"), FieldPanel("private_notes")], heading=_("Who reads it")
                    ),
                    MultiFieldPanel(
                        [FieldPanel("has_terms"), FieldPanel("constituencies")], heading=_("Who is in it")
                    ),
                ],
                heading=_("How the work goes on"),
                help_text=_(
                    "An engagement keeps what held when it began until its team takes a newer version."
                ),
            ),
            ObjectList(
                [
                    VersionsPanel(heading=_("Versions and their use")),
                    FieldRowPanel([FieldPanel("slug")]),
                    PublishingPanel(),
                ],
                heading=_("Versions"),
            ),
        ],
        base_form_class=ProtocolForm,
    )
