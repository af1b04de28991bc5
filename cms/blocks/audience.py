"""*Shown to*: which audiences a block is for."""

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def audience_choices():
    """Every audience as (slug, name), for the checkboxes of an editor's form."""
    return list(apps.get_model("cms", "Audience").objects.values_list("slug", "name"))


class AudiencesBlock(blocks.MultipleChoiceBlock):
    """A list of audience slugs; an empty list means everyone.

    Slugs, not a chooser's primary keys: a page is read without one query a block, and a file that
    leaves this installation still means the same. The reference index is told of them all the same,
    so that an audience in use can't be deleted unseen.
    """

    def __init__(self, **kwargs):
        kwargs.pop("choices", None)
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Shown to"))
        kwargs.setdefault("help_text", _("Nothing ticked: everyone sees it."))
        super().__init__(
            choices=audience_choices, widget=forms.CheckboxSelectMultiple, search_index=False, **kwargs
        )

    def normalize_choice(self, value):
        """Keep the slug as it is: looking it up among the choices would cost a query for each block."""
        return None if value is None else str(value)

    def extract_references(self, value):
        """Tell Wagtail's reference index which audiences this block names."""
        model = apps.get_model("cms", "Audience")
        for pk in model.objects.filter(slug__in=value or []).values_list("pk", flat=True):
            yield model, str(pk), "", ""

    class Meta:
        icon = "group"
        default = []
