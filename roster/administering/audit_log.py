"""The audit log in Wagtail's admin: to read, never to change."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from roster.administering.base import RosterViewSet
from roster.models import AuditEntry

ACTOR = Column(
    "actor",
    label=gettext_lazy("Who"),
    accessor=lambda entry: entry.actor or gettext_lazy("The system"),
    sort_key="actor",
)


class AuditIndex(generic.IndexView):
    """The audit log."""

    def get_base_queryset(self):
        """Bring who did it."""
        return super().get_base_queryset().select_related("actor")


class InspectEntry(generic.InspectView):
    """One entry of the audit log."""

    def get_at_display_value(self):
        """Return the time in the region's zone."""
        return date_format(timezone.localtime(self.object.at), "DATETIME_FORMAT")

    def get_actor_display_value(self):
        """Return who did it."""
        return self.object.actor or _("The system")

    def get_details_display_value(self):
        """Return a line for each detail; a pair is what it was before and after."""
        lines = ((name, _in_words(value)) for name, value in self.object.details.items())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))


def _in_words(value) -> str:
    pair = isinstance(value, list) and len(value) == 2
    return f"{value[0]} → {value[1]}" if pair else str(value)


class AuditViewSet(RosterViewSet):
    """The audit log: to read, never to change."""

    model = AuditEntry
    name = "audit"
    icon = "history"
    menu_label = gettext_lazy("Audit log")
    left_out = {*RosterViewSet.left_out, "add", "edit"}
    inspect_view_enabled = True
    index_view_class = AuditIndex
    inspect_view_class = InspectEntry
    inspect_view_fields = ["at", "actor", "action", "subject_kind", "subject_id", "subject", "details"]
    list_display = ["at", ACTOR, "action", "subject", "subject_kind"]
    list_filter = {"at": ["date__gte", "date__lte"], "subject_kind": ["exact"], "action": ["icontains"]}
    search_fields = ["subject", "action", "actor__email", "actor__last_name", "subject_id"]
    search_backend_name = None
    list_export = ["at", "actor", "action", "subject_kind", "subject_id", "subject"]
    list_per_page = 50
    form_fields = []

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the links to pages that aren't there."""
        absent = dict.fromkeys(["add_url_name", "edit_url_name"])
        return super().get_common_view_kwargs(**{**absent, **kwargs})
