"""What the roster's pages in Wagtail's admin have in common. Saving is done by the verbs, which audit it."""

from django.core.exceptions import ValidationError
from wagtail.admin.viewsets.model import ModelViewSet


class SavedByVerb:
    """A create or edit view whose row is saved by a verb; what the verb refuses is told on the form."""

    def form_valid(self, form):
        """Save, or show the form again with what the verb said."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class RosterViewSet(ModelViewSet):
    """What our lists have in common: nothing is deleted or copied, and history is the audit log."""

    add_to_reference_index = False
    copy_view_enabled = False
    left_out = {"delete", "history", "history_results", "usage"}

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the links to pages that aren't there."""
        absent = dict.fromkeys(["delete_url_name", "history_url_name", "usage_url_name"])
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self):
        """Leave out the pages themselves."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.left_out]
