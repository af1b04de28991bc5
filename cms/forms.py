"""Forms of the public pages."""

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from cms.catalog import Wishes
from cms.models import ClockHourCategory, CoursePage, LearningStandard
from cms.models.pages import SERVICES
from roster.models import INTERFACE_LANGUAGES

LENGTHS = [("short", _("Up to 90 minutes")), ("medium", _("Up to 3 hours")), ("long", _("More than 3 hours"))]


class CatalogForm(forms.Form):
    """What narrows the catalog. All of it may be left out; what isn't on offer is left out quietly.

    The offers are those of live courses only, so that no choice leads to an empty shelf by itself.
    """

    query = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Find a course")}),
    )
    service = forms.ChoiceField(label=_("Service"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    hours = forms.ChoiceField(label=_("Clock hours"), required=False)
    length = forms.ChoiceField(label=_("Length"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, courses, **kwargs):
        super().__init__(*args, **kwargs)
        of_these = {"pk__in": courses.values("pk")}
        shelf = CoursePage.objects.filter(**of_these)
        offers = {
            "service": (_("All services"), SERVICES),
            "topic": (_("All topics"), _topics(shelf)),
            "standard": (_("All standards"), _standards(shelf)),
            "hours": (_("Any"), _categories(shelf)),
            "length": (_("Any"), LENGTHS),
            "language": (_("Any"), INTERFACE_LANGUAGES),
        }
        for name, (everything, choices) in offers.items():
            self.fields[name].choices = [("", everything), *choices]

    @property
    def wishes(self) -> Wishes:
        """What is asked for; a value that isn't on offer counts as not asked for."""
        self.is_valid()
        return Wishes(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    @property
    def narrows(self) -> bool:
        """Is anything asked for?"""
        return self.wishes != Wishes()


def _topics(shelf):
    tags = Tag.objects.filter(cms_coursetopic_items__content_object__in=shelf)
    return tags.distinct().order_by("name").values_list("slug", "name")


def _standards(shelf):
    standards = LearningStandard.objects.filter(courses__in=shelf).distinct()
    return [(standard.code, str(standard)) for standard in standards]


def _categories(shelf):
    return (
        ClockHourCategory.objects.filter(clockhours__course__in=shelf).distinct().values_list("slug", "name")
    )
