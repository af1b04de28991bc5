"""The form of a protocol in the admin."""

from wagtail.admin.forms import WagtailAdminModelForm

from engagements import publishing


class ProtocolForm(WagtailAdminModelForm):
    """A draft may be half finished; what is published has steps, and voices where it asks for them."""

    def clean(self):
        """Name each gap at its field, when it is about to be published."""
        cleaned = super().clean()
        if self.is_deferred_validation or "phases" not in cleaned:
            return cleaned
        gaps = publishing.gaps_of(
            phases=cleaned["phases"] or (), must_have_voices=bool(cleaned.get("must_have_voices"))
        )
        for field, message in gaps:
            self.add_error(field, message)
        return cleaned
