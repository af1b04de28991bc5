"""Protocols in the admin's menu and lists."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet

from engagements import usage
from engagements.authoring.panels import protocol_tabs
from engagements.models import Protocol


class UseColumn(Column):
    """How many engagements are under way on it. All rows are counted together."""

    def __init__(self):
        super().__init__("under_way", label=gettext_lazy("Engagements under way"))


class ProtocolIndexView(IndexView):
    """The list of protocols, each with its use."""

    def get_context_data(self, *args, **kwargs):
        """Count for all protocols of the page at once."""
        context = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        counts = usage.under_way_on(protocol.translation_key for protocol in shown)
        for protocol in shown:
            protocol.under_way = counts.get((protocol.translation_key, protocol.locale.language_code), 0)
        return context


class ProtocolDeleteView(DeleteView):
    """Refuses to delete what a team has worked on."""

    def dispatch(self, request, *args, **kwargs):
        """Say what to do instead."""
        if usage.was_used(self.object.translation_key):
            message = _(
                "Teams have worked on “%(protocol)s”, so it can't be deleted. "
                "Unpublish it, and no new engagement begins with it."
            )
            messages.error(request, message % {"protocol": self.object})
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ProtocolViewSet(SnippetViewSet):
    """Protocols: how each kind of work is done."""

    model = Protocol
    icon = "tasks"
    menu_label = gettext_lazy("Protocols")
    menu_order = 160
    add_to_admin_menu = True
    list_display = ["title", Column("get_service_display", label=gettext_lazy("Service")), UseColumn()]
    list_display += [UpdatedAtColumn()]
    list_filter = ["service"]
    search_fields = ["title", "summary"]
    edit_handler = protocol_tabs()
    index_view_class = ProtocolIndexView
    delete_view_class = ProtocolDeleteView
    # A copy would have the identities of its blocks, and answers couldn't tell the two apart.
    copy_view_enabled = False

    def get_queryset(self, request):
        """With its language, which each row's use is counted by."""
        return Protocol.objects.select_related("locale")
