"""Forms of the roster's pages in Wagtail's admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from roster import staff_files
from roster.forms import BuildingProfileForm, PlaceForm
from roster.models import District, Position, User


class PersonForm(forms.ModelForm):
    """A person's account. There is no password here: they set their own, by the link of an invitation."""

    class Meta:
        model = User
        fields = [
            "email",
            "first_name",
            "last_name",
            "preferred_name",
            "language",
            "certificate_number",
            "is_active",
        ]
        labels = {"is_active": _("account is open")}
        help_texts = {"is_active": _("Who leaves for good can't sign in any more. Their records stay.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True


class PositionForm(forms.ModelForm):
    """A position. Its person is named by their email: a list of 30,000 would help nobody."""

    person_email = forms.EmailField(label=_("Person's email"))

    class Meta:
        model = Position
        fields = ["role", "title", "building", "district", "starts_on", "ends_on"]
        widgets = {
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {"ends_on": _("The last day. Leave empty while the person holds it.")}

    field_order = ["person_email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.person_id:
            self.initial.setdefault("person_email", self.instance.person.email)

    def clean_person_email(self) -> str:
        """Find the person."""
        email = self.cleaned_data["person_email"].lower()
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise ValidationError(_("There is nobody with this email. Add the person first."))
        self.instance.person = person
        return email


class DistrictForm(PlaceForm):
    """A district."""

    class Meta:
        model = District
        fields = ["name", "slug", "city", "goal"]


class BuildingForm(BuildingProfileForm):
    """A building: what its principal keeps, and what only PSESD may change."""

    class Meta(BuildingProfileForm.Meta):
        fields = ["district", "name", "slug", "level", "goal", "community_context"]

    field_order = [
        "district",
        "name",
        "slug",
        "level",
        "goal",
        "focus_areas",
        "languages",
        "community_context",
    ]


class StaffFileForm(forms.Form):
    """A staff file to look at."""

    file = forms.FileField(label=_("Staff file (CSV, UTF-8)"))

    def clean_file(self) -> str:
        """Return the file's text."""
        file = self.cleaned_data["file"]
        self.file_name = file.name[:200]
        if file.size > staff_files.MOST_BYTES:
            raise ValidationError(_("The file is bigger than 10 MB. Split it by district."))
        return staff_files.decode(file.read())
