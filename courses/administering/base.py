"""What the lists of records have in common: to read and to take away as a spreadsheet, never to edit."""

from wagtail.admin.viewsets.model import ModelViewSet


class RecordViewSet(ModelViewSet):
    """A list of records. Nothing is added, edited, copied or deleted in it."""

    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    form_fields = []
    list_per_page = 50
    absent = ("add", "edit", "delete", "history", "usage")

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the links to pages that aren't there."""
        gone = {f"{name}_url_name": None for name in self.absent}
        return super().get_common_view_kwargs(**{**gone, **kwargs})

    def get_urlpatterns(self):
        """Leave out the pages themselves."""
        gone = {*self.absent, "history_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in gone]
