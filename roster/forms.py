"""Forms of this app's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from roster import describing, registering
from roster.models import LANGUAGES, Building, FocusArea, User


class ProfileForm(forms.ModelForm):
    """What a person says of themselves."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "preferred_name", "language", "certificate_number"]
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "language": _("Language of this site"),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "preferred_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "certificate_number": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True

    def save(self, commit=True):
        """Keep what changed, with an audit entry."""
        registering.revise(person=self.instance, by=self.instance)
        return self.instance


class PlaceForm(forms.ModelForm):
    """What is the same for a building and a district: its focus areas are chosen, not typed.

    Audiences name them, so a new spelling of an old one would tailor to nobody.
    """

    focus_areas = forms.ModelMultipleChoiceField(
        label=_("Focus areas"),
        help_text=_("What you work on this year. Courses show what fits them."),
        queryset=FocusArea.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("focus_areas", list(self.instance.focus_areas.all()))


class BuildingProfileForm(PlaceForm):
    """What a principal keeps of their building."""

    languages = forms.MultipleChoiceField(
        label=_("Languages spoken by families"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Building
        fields = ["goal", "community_context"]
        help_texts = {
            "goal": _("One sentence, in your building's own words. Courses quote it."),
            "community_context": _(
                "Who your families are and what visitors should know. Never the story of one child."
            ),
        }
        widgets = {
            "goal": forms.Textarea(attrs={"rows": 3}),
            "community_context": forms.Textarea(attrs={"rows": 6}),
        }

    field_order = ["goal", "focus_areas", "languages", "community_context"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("languages", self.instance.languages)

    def clean_languages(self) -> list[str]:
        """Keep the order, most spoken first, and codes that this form doesn't offer; new ones come last."""
        offered, chosen, before = dict(LANGUAGES), self.cleaned_data["languages"], self.instance.languages
        kept = [code for code in before if code in chosen or code not in offered]
        return kept + [code for code in chosen if code not in kept]

    def save_as(self, person: User) -> Building:
        """Keep what changed, with an audit entry by ``person``."""
        self.instance.languages = self.cleaned_data["languages"]
        return describing.describe_building(
            building=self.instance, focus_areas=self.cleaned_data["focus_areas"], by=person
        )
