"""The form by which a team chooses what everybody may see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements import going_public
from engagements.models import Engagement


class PublicForm(forms.Form):
    """A title, and which answers."""

    title = forms.CharField(label=_("Title of the page"), max_length=200)
    parts = forms.MultipleChoiceField(
        label=_("What everybody may see"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args, engagement: Engagement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [
            (choice.prompt.id, choice.prompt.heading) for choice in going_public.choices(engagement)
        ]
