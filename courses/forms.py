"""Forms of this app."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import committing, discussing, journal, noting, sharing
from courses.models import Commitment, Reflection


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayForm(forms.Form):
    """What a person will try, if they put it in their own words, and the day until which they will."""

    due_on = forms.DateField(label=_("By when?"), widget=DateInput())
    own_words = forms.CharField(
        label=_("In your own words"), required=False, max_length=committing.OWN_WORDS, strip=True
    )

    def clean_own_words(self):
        """Lines as they are kept, whichever way a browser sends them."""
        return self.cleaned_data["own_words"].replace("\r\n", "\n")

    def clean_due_on(self):
        """Refuse days that are past or more than a year away."""
        day = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if not today <= day <= today + committing.FURTHEST:
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return day


class OutcomeForm(forms.Form):
    """How it went; with "not yet", the person may choose another day."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Commitment.Outcome.choices, widget=forms.RadioSelect
    )
    how_it_went = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=committing.LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only you can read this."),
    )
    due_on = forms.DateField(
        label=_("Not yet? Choose another day"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave it empty and we won't ask again."),
    )

    def clean_due_on(self):
        """Refuse days that are past or more than a year away."""
        return DayForm.clean_due_on(self) if self.cleaned_data["due_on"] else None


class WithdrawalForm(forms.Form):
    """Why a person leaves a course, if they want to say."""

    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_("Your building's leaders may see this."),
    )


class NoteForm(forms.Form):
    """A note about a passage; without words it marks the passage."""

    text = forms.CharField(
        label=_("My words"),
        required=False,
        max_length=noting.LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    quote = forms.CharField(required=False, max_length=noting.PASSAGE_LIMIT, widget=forms.HiddenInput)
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, quote: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.marks_something = bool(quote.strip())

    def clean(self):
        """Ask for words where nothing is marked."""
        if not self.cleaned_data.get("text") and not self.marks_something and "text" not in self.errors:
            self.add_error("text", _("Write something first."))


class PostForm(forms.Form):
    """What somebody says in a discussion."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=discussing.LIMIT,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class ReportForm(forms.Form):
    """Why the moderators should look at a post."""

    why = forms.CharField(
        label=_("What should they look at?"),
        max_length=discussing.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Only the moderators read this, with your name. Who wrote the post doesn't learn of it."),
    )


class RemovalForm(forms.Form):
    """Why a post is taken away."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=discussing.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Who wrote the post is told this, in these words."),
    )


class JournalForm(forms.Form):
    """What to look for in one's own journal."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.SearchInput)
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Everything")),
            (journal.REFLECTION, _("Reflections")),
            (journal.ACTION, _("Action steps")),
        ],
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    sharing = forms.ChoiceField(
        label=_("Who can read it"),
        required=False,
        choices=[("", _("Whoever")), *Reflection.Sharing.choices],
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())

    def __init__(self, *args, courses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("All courses")), *courses]

    @property
    def wish(self) -> journal.Wish:
        """What is looked for; a field that makes no sense is left out."""
        self.is_valid()
        said = self.cleaned_data
        return journal.Wish(
            words=said.get("q", ""),
            kind=said.get("kind", ""),
            course_key=said.get("course", ""),
            sharing=said.get("sharing", ""),
            since=said.get("since"),
            until=said.get("until"),
        )


class SharedForm(forms.Form):
    """What to look for among what others share."""

    course = forms.ChoiceField(label=_("Course"), required=False)
    building = forms.ChoiceField(label=_("Building"), required=False)

    def __init__(self, *args, courses, buildings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("All courses")), *courses]
        self.fields["building"].choices = [("", _("All buildings")), *buildings]

    @property
    def wish(self) -> sharing.Wish:
        """What is looked for; a field that makes no sense is left out."""
        self.is_valid()
        said = self.cleaned_data
        return sharing.Wish(course_key=said.get("course", ""), building=said.get("building", ""))
