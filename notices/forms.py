"""Forms of this app."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notices import choosing
from notices.models import Kind


class PreferencesForm(forms.Form):
    """Which notices come by email too. Stands on its own page and on the profile."""

    kinds = forms.MultipleChoiceField(
        label=_("Send me an email when"),
        help_text=_("You find every notice on this site, whether an email came or not."),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, person, **kwargs):
        kwargs.setdefault("initial", {"kinds": sorted(choosing.kinds_by_email(person))})
        super().__init__(data, **kwargs)
        self.person = person

    def save(self) -> None:
        """Keep the choice."""
        choosing.choose(person=self.person, kinds=self.cleaned_data["kinds"])
