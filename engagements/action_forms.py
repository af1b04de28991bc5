"""Forms for what members take on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms import DateInput
from engagements import acting
from engagements.models import ActionItem, Engagement, Member

LIMIT = 2_000  # characters


class OwnerField(forms.ModelChoiceField):
    """One of the team, by the name that others read."""

    def label_from_instance(self, member: Member) -> str:
        """The member's name."""
        return member.called


class ActionForm(forms.Form):
    """What is to be done, by whom, until when."""

    what = forms.CharField(
        label=_("What will be done?"),
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    owner = OwnerField(label=_("By whom?"), queryset=Member.objects.none(), empty_label=None)
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DateInput())

    def __init__(self, *args, engagement: Engagement, member: Member | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = acting.owners_in(engagement)
        if member is not None:
            self.fields["owner"].initial = member.pk


class OutcomeForm(forms.Form):
    """What became of an item."""

    OUTCOMES = [("open", _("Still to do")), ("done", _("Done")), ("dropped", _("Dropped"))]

    outcome = forms.ChoiceField(label=_("Where does it stand?"), choices=OUTCOMES, widget=forms.RadioSelect)
    how_it_went = forms.CharField(
        label=_("How did it go?"),
        required=False,
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The team reads it. Where the report names this item, it stands beside it."),
    )

    @staticmethod
    def outcome_of(item: ActionItem) -> str:
        """Where ``item`` stands, as the form says it."""
        return "done" if item.done_at else "dropped" if item.dropped_at else "open"
