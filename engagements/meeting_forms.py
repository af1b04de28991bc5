"""Forms about meetings."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms import DateInput
from engagements.models import AgendaItem, Meeting


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    """When, how long and where; in the region's time."""

    title = forms.CharField(label=_("What it is for"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    time = forms.TimeField(label=_("Begins at"), widget=TimeInput(), help_text=_("Pacific time."))
    minutes_long = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=720)
    place = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("A room, or the address of the video call."),
    )

    @property
    def said(self) -> dict:
        """What was said, as ``meeting.plan`` and ``meeting.change`` take it."""
        found = self.cleaned_data
        at = datetime.datetime.combine(found["day"], found["time"])
        return {
            "title": found["title"],
            "starts_at": timezone.make_aware(at),
            "minutes_long": found["minutes_long"],
            "place": found["place"],
        }

    @staticmethod
    def initial_of(meeting: Meeting) -> dict:
        """What a form begins with for a meeting that is planned."""
        at = timezone.localtime(meeting.starts_at)
        words = {name: getattr(meeting, name) for name in ("title", "minutes_long", "place")}
        return {"day": at.date(), "time": at.time(), **words}


class AgendaItemForm(forms.ModelForm):
    """A point of the agenda."""

    minutes_long = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes_long", "say"]
        widgets = {"say": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}
        labels = {"title": _("Point"), "say": _("What to say")}
        help_texts = {"say": _("Read by who facilitates, not shown on the agenda.")}
