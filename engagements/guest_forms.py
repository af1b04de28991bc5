"""Forms for links and for the guests who come by them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements import inviting
from engagements.models import Engagement, Member, Voice
from roster.models import LANGUAGES

DAYS = [(7, _("for a week")), (30, _("for a month")), (90, _("for three months"))]
SAID_LIMIT = 8_000  # characters


class GuestField(forms.ModelChoiceField):
    """Somebody who is in the team by name."""

    def label_from_instance(self, member: Member) -> str:
        """The name."""
        return member.called


class LinkForm(forms.Form):
    """Whom a link is for, what it opens, in which language, and for how long."""

    name = forms.CharField(
        label=_("Whom is it for?"),
        required=False,
        max_length=160,
        help_text=_("A name, or a few words that tell you who it is. The team reads it."),
    )
    guest = GuestField(
        label=_("Or somebody who is in it already"),
        required=False,
        queryset=Member.objects.none(),
        empty_label=_("Somebody new"),
    )
    step = forms.ChoiceField(label=_("What are they asked?"))
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES)
    days = forms.TypedChoiceField(label=_("It opens"), choices=DAYS, coerce=int, initial=30)

    def __init__(self, *args, engagement: Engagement, **kwargs):
        super().__init__(*args, **kwargs)
        self._steps = {step.id: step for step in inviting.steps_for_guests(engagement)}
        self.fields["step"].choices = [(id_, step.title) for id_, step in self._steps.items()]
        self.fields["guest"].queryset = engagement.members.present().filter(person=None)

    def clean_step(self):
        """The step itself."""
        return self._steps[self.cleaned_data["step"]]

    def clean(self):
        """One of the two says whom it is for."""
        cleaned = super().clean()
        if not cleaned.get("guest") and not (cleaned.get("name") or "").strip():
            self.add_error("name", _("Say whom it is for: then you know which link to take back."))
        return cleaned


class GuestVoiceForm(forms.ModelForm):
    """What a guest says, in words for somebody who has never seen this site."""

    CONSENT = [
        (Voice.Consent.TEAM, _("Only those named above read it")),
        (Voice.Consent.REPORT, _("It may also stand in the team's report")),
        (Voice.Consent.PUBLIC, _("It may be published, where everybody can read it")),
    ]
    ATTRIBUTION = [
        (Voice.Attribution.NONE, _("Without saying whose words they are")),
        (Voice.Attribution.GROUP, _("With what I say I am, and no name")),
        (Voice.Attribution.NAMED, _("With my name")),
    ]

    class Meta:
        model = Voice
        fields = ["said", "group", "who", "consent", "attribution"]
        labels = {
            "said": _("What would you like to say?"),
            "group": _("Who are you here?"),
            "who": _("Your name, if you want the team to know it"),
            "consent": _("How far may your words go?"),
            "attribution": _("Where they are shown, how?"),
        }
        help_texts = {
            "group": _("For example: the mother of a sixth grader."),
            "consent": _("You can change this, or take your words back, as long as your link opens."),
        }
        widgets = {
            "said": forms.Textarea(attrs={"rows": 7, "dir": "auto", "maxlength": SAID_LIMIT}),
            "group": forms.TextInput(attrs={"dir": "auto"}),
            "who": forms.TextInput(attrs={"dir": "auto", "autocomplete": "name", "maxlength": 160}),
            "consent": forms.RadioSelect,
            "attribution": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["said"].required = True
        self.fields["who"].required = False
        self.fields["consent"].choices = self.CONSENT
        self.fields["attribution"].choices = self.ATTRIBUTION

    def clean_said(self):
        """What fits."""
        said = self.cleaned_data["said"].replace("\r\n", "\n")
        if len(said) > SAID_LIMIT:
            raise forms.ValidationError(_("That is more than fits here. Please make it shorter."))
        return said

    def clean(self):
        """A name is needed to be named."""
        cleaned = super().clean()
        if cleaned.get("attribution") == Voice.Attribution.NAMED and not cleaned.get("who"):
            self.add_error("who", _("To be named, write your name; or choose another way below."))
        return cleaned

    def clean_who(self):
        """A name of ordinary length."""
        return (self.cleaned_data.get("who") or "")[:160]


class ChangedForm(forms.ModelForm):
    """What changed because of a voice that somebody wrote themselves: the rest of it is theirs."""

    class Meta:
        model = Voice
        fields = ["changed"]
        widgets = {"changed": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}
