"""Forms of this app."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms import DateInput
from engagements.models import Member, Voice


class VoiceForm(forms.ModelForm):
    """What a stakeholder said, and how far it may go."""

    class Meta:
        model = Voice
        fields = ["who", "group", "how", "said", "changed", "consent", "attribution", "language"]
        widgets = {
            "who": forms.TextInput,
            "how": forms.TextInput,
            "said": forms.Textarea(attrs={"rows": 5}),
            "changed": forms.Textarea(attrs={"rows": 3}),
            "consent": forms.RadioSelect,
            "attribution": forms.RadioSelect,
        }
        help_texts = {
            "who": _("A name, if they want to be named to the team; else a few words."),
            "group": _("For example: families of multilingual learners."),
            "how": _("For example: at the listening session of May 4, in Spanish."),
            "consent": _("Ask before you write it down. When they take it back, take the voice out here."),
        }


class MemberForm(forms.Form):
    """What somebody is in a team: role, whom they speak for, term."""

    role = forms.ChoiceField(label=_("Role"), choices=Member.Role)
    constituency = forms.CharField(label=_("Speaks for"), required=False, max_length=120)
    term_from = forms.DateField(label=_("Term from"), required=False, widget=DateInput())
    term_to = forms.DateField(label=_("Term to"), required=False, widget=DateInput())

    def __init__(self, *args, settings, has_account=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_account:
            without = [Member.Role.MEMBER, Member.Role.GUEST]
            self.fields["role"].choices = [(role.value, role.label) for role in without]
        if not settings.has_terms:
            for name in ("constituency", "term_from", "term_to"):
                del self.fields[name]
        elif settings.constituencies:
            listed = [(name, name) for name in settings.constituencies]
            self.fields["constituency"] = forms.ChoiceField(
                label=_("Speaks for"), required=False, choices=[("", _("Nobody in particular")), *listed]
            )

    def clean(self):
        """A term ends after it begins."""
        cleaned = super().clean()
        begins, ends = cleaned.get("term_from"), cleaned.get("term_to")
        if begins and ends and ends < begins:
            self.add_error("term_to", _("A term can't end before it begins."))
        return cleaned

    @property
    def said(self) -> dict:
        """What was said, as the verbs of ``engagements.joining`` take it."""
        found = self.cleaned_data
        return {
            "role": found["role"],
            "constituency": found.get("constituency") or "",
            "term": (found.get("term_from"), found.get("term_to")),
        }


class NamedMemberForm(MemberForm):
    """Somebody without an account, brought in by name."""

    name = forms.CharField(label=_("Name"), max_length=160)
    field_order = ["name", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, has_account=False, **kwargs)


class ClosingForm(forms.Form):
    """What a team says at the end."""

    words = forms.CharField(
        label=_("Closing words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the team takes from it. They stand in the report."),
    )


class StoppingForm(forms.Form):
    """Why a team ends before the work is done."""

    words = forms.CharField(
        label=_("Why does it end here?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FollowUpForm(forms.Form):
    """What became of it."""

    text = forms.CharField(
        label=_("What became of it?"),
        help_text=_("A month, a term, a year later: what is different, and for whom."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
