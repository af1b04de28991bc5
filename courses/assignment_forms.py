"""Forms of assigning: to which place, and then what, to whom, until when."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.intended import Wish, courses_for
from courses.watching import named_like
from roster.models import Building, District, Position, User
from roster.scopes import buildings_led_by, districts_led_by, staff_of

#: Beyond so many people a role says better who is meant than a list of names does.
MOST_NAMED = 500
#: So many people are listed to choose from before somebody searches.
LISTED = 60

LEARNER_ROLES = [choice for choice in Position.Role.choices if choice[0] not in Position.OF_PSESD]


def word_of(place: Building | District) -> str:
    """How addresses and forms name a place: ``building:heron-bend``."""
    return f"{place._meta.model_name}:{place.slug}"


def places_of(user) -> dict[str, Building | District]:
    """The places to whose staff ``user`` may assign, by their words: districts first."""
    places = [*districts_led_by(user), *buildings_led_by(user).select_related("district")]
    return {word_of(place): place for place in places}


class PlaceForm(forms.Form):
    """Which of the places that a leader leads is meant; asked only where there are several."""

    place = forms.ChoiceField(label=_("Staff of"))

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(word, str(place)) for word, place in places.items()]


class PeopleField(forms.ModelMultipleChoiceField):
    """People by their ids; more than anybody could have read through are refused before a look."""

    def clean(self, value):
        """Check how many, then who."""
        if value and len(value) > MOST_NAMED:
            said = _("You can name up to %(most)s people. For more, choose by role.")
            raise forms.ValidationError(said, code="many", params={"most": MOST_NAMED})
        return super().clean(value)


class AssignmentForm(forms.Form):
    """A course, people, a day and some words. ``wish`` is what it comes to once it is valid."""

    class Whom:
        """The ways to say who is meant."""

        ALL, ROLES, PEOPLE = "all", "roles", "people"

    course = forms.ChoiceField(label=_("Course"))
    whom = forms.ChoiceField(
        label=_("Whom"),
        initial=Whom.ALL,
        widget=forms.RadioSelect,
        choices=[
            (Whom.ALL, _("All staff")),
            (Whom.ROLES, _("Staff with certain roles")),
            (Whom.PEOPLE, _("People whom I name")),
        ],
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, choices=LEARNER_ROLES, widget=forms.CheckboxSelectMultiple
    )
    people = PeopleField(
        label=_("People"),
        required=False,
        queryset=User.objects.none(),
        error_messages={
            "invalid_choice": _("Somebody you chose doesn't work there (any more). Please choose again."),
            "invalid_pk_value": _("Somebody you chose doesn't work there (any more). Please choose again."),
        },
    )
    includes_future_staff = forms.BooleanField(
        label=_("Include staff who come later"),
        required=False,
        help_text=_("Whoever joins and fits gets the course too. People whom you name are just those."),
    )
    due_on = forms.DateField(
        label=_("Due date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It is due at the end of that day, Pacific time. Without one, people take their time."),
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=1000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why you chose it, in your own words. It stands in the notice and the email."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        self.staff = staff_of(district=place) if isinstance(place, District) else staff_of(building=place)
        self.courses = {str(course.translation_key): course for course in courses_for(place)}
        self.fields["course"].choices = [("", _("Choose a course"))] + [
            (key, course.title) for key, course in self.courses.items()
        ]
        self.fields["people"].queryset = self.staff
        self.fields["due_on"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean_due_on(self):
        """Refuse a day that is over in the region's zone."""
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("This day is past. Choose today or a later one."), code="past")
        return due_on

    def clean(self):
        """See that somebody is chosen."""
        cleaned = super().clean()
        whom = cleaned.get("whom")
        if whom == self.Whom.ROLES and not cleaned.get("roles") and "roles" not in self.errors:
            self.add_error("roles", _("Choose at least one role."))
        if whom == self.Whom.PEOPLE and not cleaned.get("people") and "people" not in self.errors:
            self.add_error("people", _("Choose at least one person."))
        return cleaned

    @cached_property
    def wish(self) -> Wish:
        """What was asked for; only of a valid form."""
        asked = self.cleaned_data
        names = asked["whom"] == self.Whom.PEOPLE
        roles = asked["roles"] if asked["whom"] == self.Whom.ROLES else ()
        return Wish(
            course=self.courses[asked["course"]],
            place=self.place,
            roles=frozenset(roles),
            people_ids=frozenset(person.pk for person in asked["people"]) if names else frozenset(),
            due_on=asked["due_on"],
            message=asked["message"],
            includes_future_staff=asked["includes_future_staff"] and not names,
        )

    def people_to_choose(self, sought: str) -> list[User]:
        """Who can be ticked: those who are, and those whose names match (all of a small place)."""
        chosen = self._chosen()
        found = named_like(self.staff, sought).exclude(pk__in=[person.pk for person in chosen])
        if not sought.strip() and self.staff.count() > LISTED:
            found = found.none()
        people = [*chosen, *found.order_by("last_name", "first_name", "pk")[:LISTED]]
        ticked = {person.pk for person in chosen}
        for person in people:
            person.is_ticked = person.pk in ticked
        return sorted(people, key=lambda person: (not person.is_ticked, person.sorted_name.casefold()))

    def _chosen(self) -> list[User]:
        named = self.data.getlist("people") if self.is_bound else self.initial.get("people", [])
        ids = [value for value in named if value.isdecimal()][:MOST_NAMED]
        return list(self.staff.filter(pk__in=[int(value) for value in ids if len(value) < 16]))
