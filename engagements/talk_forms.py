"""Forms for what a team says beside its answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements import talking
from engagements.models import Member
from engagements.protocols import Step


class CommentForm(forms.Form):
    """A comment, and who is called by it."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=talking.LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    prompt_id = forms.ChoiceField(label=_("About"), required=False)
    mentions = forms.MultipleChoiceField(
        label=_("Let these people know"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, step: Step, called: list[Member], **kwargs):
        super().__init__(*args, **kwargs)
        asked = [(prompt.id, prompt.label) for prompt in step.prompts]
        self.fields["prompt_id"].choices = [("", _("The whole step")), *asked]
        self._called = {str(one.pk): one for one in called}
        self.fields["mentions"].choices = [(pk, one.called) for pk, one in self._called.items()]
        if not self._called:
            del self.fields["mentions"]
        if len(asked) < 2:
            del self.fields["prompt_id"]

    def clean_mentions(self):
        """The members themselves."""
        return [self._called[pk] for pk in self.cleaned_data["mentions"]]
