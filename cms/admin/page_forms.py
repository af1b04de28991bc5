"""The forms of courses and modules in the admin. The models name them, so they know no model."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms import joining, placeholders
from cms.admin import brought_back
from cms.blocks.audience import audience_choices
from cms.blocks.base import unknown_message


class AudiencesField(forms.MultipleChoiceField):
    """Audiences as checkboxes, kept as a list of slugs; nothing ticked means everyone."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=audience_choices, required=False, **kwargs)


class KnowsPlaceholders(forms.BaseForm):
    """A form whose plain fields may hold placeholders, and only those that mean something."""

    def clean(self):
        """Refuse what would be shown to readers as it stands, in curly brackets."""
        cleaned = super().clean()
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and (unknown := placeholders.unknown_in(text)):
                self.add_error(name, unknown_message(unknown))
        return cleaned


class KnowsWhereItLeads(forms.BaseForm):
    """A form of a page that may end in a team's work."""

    def clean(self):
        """Words about it need the service that they lead to: without one nobody would read them."""
        cleaned = super().clean()
        if cleaned.get("team_words") and not cleaned.get("team_service"):
            self.add_error("team_service", _("Choose the service that your words lead to."))
        return cleaned


class CoursePageForm(KnowsPlaceholders, KnowsWhereItLeads, WagtailAdminPageForm):
    """A course's form."""

    audiences = AudiencesField(label=_("Who may take it"), help_text=_("Nothing ticked: everyone."))

    def clean(self):
        """The approval must end after it began; how it is taken stays while people are in the midst of it."""
        cleaned = super().clean()
        if "is_facilitated" in self.changed_data and self._is_under_way():
            said = _("People are in the midst of this course. Make another course to be taken the other way.")
            self.add_error("is_facilitated", said)
        begins, ends = cleaned.get("approved_on"), cleaned.get("approved_until")
        if begins and ends and ends < begins:
            self.add_error("approved_until", _("The approval ends before it begins."))
        return cleaned

    def _is_under_way(self) -> bool:
        return bool(self.instance.pk) and bool(joining.people_under_way(self.instance.translation_key))


class ModulePageForm(KnowsPlaceholders, KnowsWhereItLeads, WagtailAdminPageForm):
    """A module's form."""

    audiences = AudiencesField(label=_("Shown to"), help_text=_("Nothing ticked: everyone sees it."))

    def clean(self):
        """A prompt that brings an earlier answer back must name one, and none that is named may go."""
        cleaned = super().clean()
        body = cleaned.get("body")
        if body is not None and self.parent_page is not None:
            error = brought_back.error_on_saving(self.instance, self.parent_page, body)
            if error:
                self.add_error("body", error)
        return cleaned
