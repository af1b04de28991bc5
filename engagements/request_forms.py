"""Forms about requests: asking for a service, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models.pages import WITH_A_COACH
from engagements import publishing, serving
from engagements.models import Capacity, ProtocolVersion, ServiceRequest
from roster.models import LANGUAGES, Building, District, Position, User
from roster.scopes import buildings_led_by, districts_led_by


def places_of(user) -> dict[str, object]:
    """The places for which ``user`` may ask, by the word that a form carries: "building-3", "district-1"."""
    districts = districts_led_by(user).order_by("name")
    buildings = buildings_led_by(user).order_by("name")
    return {word_for(place): place for place in (*districts, *buildings)}


def word_for(place: Building | District) -> str:
    """How the form of a request names a place."""
    return f"{place._meta.model_name}-{place.pk}"


class RequestForm(forms.ModelForm):
    """What a leader asks PSESD for. Five questions, as a person would tell them on the telephone."""

    place = forms.ChoiceField(label=_("For"))

    class Meta:
        model = ServiceRequest
        fields = ["service", "place", "needs", "goals", "who", "wished_time", "language"]
        labels = {
            "service": _("What you ask for"),
            "needs": _("What do you see, and what do you need?"),
            "goals": _("What should be different at the end?"),
            "who": _("Who would take part?"),
            "wished_time": _("When would it suit you?"),
            "language": _("Which language will you work in?"),
        }
        help_texts = {
            "needs": _("A few plain sentences. Leave out students' names."),
            "who": _("Roles are enough: two counselors, a parent, the registrar."),
            "wished_time": _("A season, a month, a day of the week that your team has free."),
        }
        widgets = {
            "needs": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "goals": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "who": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def __init__(self, *args, places: dict[str, object], **kwargs):
        super().__init__(*args, **kwargs)
        self._places = places
        self.fields["place"].choices = [(word, str(place)) for word, place in places.items()]
        self.fields["service"].choices = [("", _("Choose a service")), *WITH_A_COACH]
        #: Where there is no choice, the page says for which place it is.
        self.only_place = next(iter(places.values())) if len(places) == 1 else None
        if self.only_place:
            self.fields["place"].initial = next(iter(places))
            self.fields["place"].widget = forms.HiddenInput()

    def wishes(self) -> dict:
        """The answers, as :func:`engagements.requesting.ask` takes them."""
        given = dict(self.cleaned_data)
        return {**given, "place": self._places[given["place"]]}


class PersonChoice(forms.ModelChoiceField):
    """A person, by their full name."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name."""
        return obj.full_name


class TakeUpForm(forms.Form):
    """Whom PSESD has in mind."""

    coach = PersonChoice(
        label=_("Coach who looks at it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = _coaches()


class AgreeForm(forms.Form):
    """A yes: with which protocol, under which name, with whom."""

    version = forms.ModelChoiceField(
        label=_("Protocol"), queryset=ProtocolVersion.objects.none(), empty_label=None
    )
    title = forms.CharField(
        label=_("Name of the work"),
        max_length=200,
        help_text=_("As the team will call it: “The form for ninth-grade honors”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    coach = PersonChoice(label=_("Coach"), queryset=User.objects.none(), empty_label=_("Choose a coach"))
    second_coach = PersonChoice(
        label=_("Second coach"), queryset=User.objects.none(), required=False, empty_label=_("None")
    )
    lead = PersonChoice(
        label=_("Who leads it there"),
        queryset=User.objects.none(),
        help_text=_("They bring in their team. You can change it later."),
    )
    answer = forms.CharField(
        label=_("A word to who asked"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, request: ServiceRequest, **kwargs):
        super().__init__(*args, **kwargs)
        versions = publishing.on_offer(request.service, request.language)
        self.fields["version"].queryset = ProtocolVersion.objects.filter(pk__in=[row.pk for row in versions])
        self.fields["version"].label_from_instance = _version_label
        self.fields["coach"].queryset = self.fields["second_coach"].queryset = _coaches()
        self.fields["lead"].queryset = _who_may_lead(request)
        self.initial.setdefault("version", next(iter(versions), None))
        self.initial.setdefault("coach", request.coach_id)
        self.initial.setdefault("lead", request.asked_by_id)
        self.initial.setdefault("title", f"{request.get_service_display()}, {request.place}"[:200])

    def people(self) -> dict:
        """The coaches and the lead, as :func:`engagements.requesting.agree` takes them."""
        chosen = [self.cleaned_data["coach"], self.cleaned_data["second_coach"]]
        coaches = list(dict.fromkeys(coach for coach in chosen if coach))
        return {"coaches": coaches, "leads": [self.cleaned_data["lead"]]}


class DeclineForm(forms.Form):
    """A "not now", with its reason and what could be done instead."""

    answer = forms.CharField(
        label=_("Why not now, and what you offer instead"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class CapacityForm(forms.ModelForm):
    """How much a coach can carry."""

    class Meta:
        model = Capacity
        fields = ["engagements", "note"]
        labels = {"note": _("What to know")}
        help_texts = {"note": _("For example: on leave from March, Tuesdays only.")}
        widgets = {"engagements": forms.NumberInput(attrs={"min": 0, "max": 50})}


class CoachesForm(forms.Form):
    """Which coaches to show."""

    q = forms.CharField(label=_("Coach or place"), required=False, max_length=80)
    room = forms.ChoiceField(
        label=_("Room"), required=False, choices=[("", _("All coaches")), ("yes", _("With room for another"))]
    )

    def found(self, services: list[serving.Service]) -> list[serving.Service]:
        """Those of ``services`` that fit."""
        wish = self.cleaned_data if self.is_valid() else {}
        words = (wish.get("q") or "").casefold().split()
        return [
            service
            for service in services
            if all(word in service.sought_in for word in words) and not (wish.get("room") and service.is_full)
        ]


class QueueForm(forms.Form):
    """Which requests to show."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Waiting for an answer")), ("all", _("All")), *ServiceRequest.State.choices],
    )
    service = forms.ChoiceField(label=_("Service"), required=False)
    coach = PersonChoice(
        label=_("Coach"), required=False, queryset=User.objects.none(), empty_label=_("Any or nobody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", _("All services")), *WITH_A_COACH]
        self.fields["coach"].queryset = _coaches()


def _coaches():
    return User.objects.filter(pk__in=[coach.pk for coach in serving.coaches()]).order_by("last_name", "pk")


def _who_may_lead(request: ServiceRequest):
    """Return the leaders of the place and who asked: somebody has to be able to answer for the work."""
    place = request.place
    if isinstance(place, Building):
        there = Position.objects.current().filter(building=place, role__in=Position.LEADS_A_BUILDING)
        above = Position.objects.current().filter(
            district=place.district_id, role__in=Position.LEADS_A_DISTRICT
        )
        held = there | above
    else:
        held = Position.objects.current().filter(district=place, role__in=Position.LEADS_A_DISTRICT)
    leaders = set(held.values_list("person", flat=True)) | {request.asked_by_id}
    return User.objects.filter(pk__in=leaders).order_by("last_name", "pk")


def _version_label(version: ProtocolVersion) -> str:
    return f"{version.title} ({dict(LANGUAGES).get(version.language, version.language)})"
