"""The forms of courses and modules in the admin. The models name them, so they know no model."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.blocks.audience import audience_choices


class AudiencesField(forms.MultipleChoiceField):
    """Audiences as checkboxes, kept as a list of slugs; nothing ticked means everyone."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=audience_choices, required=False, **kwargs)


class CoursePageForm(WagtailAdminPageForm):
    """A course's form."""

    audiences = AudiencesField(label=_("Who may take it"), help_text=_("Nothing ticked: everyone."))

    def clean(self):
        """The approval must end after it began."""
        cleaned = super().clean()
        begins, ends = cleaned.get("approved_on"), cleaned.get("approved_until")
        if begins and ends and ends < begins:
            self.add_error("approved_until", _("The approval ends before it begins."))
        return cleaned


class ModulePageForm(WagtailAdminPageForm):
    """A module's form."""

    audiences = AudiencesField(label=_("Shown to"), help_text=_("Nothing ticked: everyone sees it."))
