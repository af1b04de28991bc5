"""Teaming up: what stands between a person who has learned something and a team that works on it.

It is drawn at the end of modules, which are opened more often than any other page: one query, whoever asks.
"""

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.joining import Section
from cms.standpoints import Place
from cms.teaming_up import WayOn
from engagements.models import Engagement, ServiceRequest
from engagements.scopes import engagements_of_own_teams, own_memberships, requests_of_places_led
from roster.models import User
from roster.standing import Standing, standing_of

#: More lines than this don't fit beneath a module; the pages behind them have all.
MOST_LISTED = 3
_IN, _LED, _ASKED = "in", "led", "asked"


@dataclass(frozen=True)
class Line:
    """Work that is under way, or a request that waits: its name (of a request: its state), and where."""

    pk: int
    name: str
    place_name: str


@dataclass
class Found:
    """What is under way in a service: teams the person is in, teams and requests at places they lead."""

    joined: list[Line] = field(default_factory=list)
    led: list[Line] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)
    #: Where a request waits: ("building", its key) or ("district", its key).
    waiting_at: set[tuple[str, int]] = field(default_factory=set)


def section_for(request: HttpRequest, way: WayOn) -> Section:
    """Say how far the reader's own team is, and what they can do to begin."""
    standing = standing_of(request.user)
    found = under_way(request.user, way.service)
    ask_url = _ask_url(way, standing, found)
    context = {
        "joined": found.joined[:MOST_LISTED],
        "led": found.led[:MOST_LISTED],
        "asked": found.asked[:MOST_LISTED],
        "has_begun": bool(found.joined or found.led or found.asked),
        "leads": standing.leads,
        "has_principal": bool(way.standpoint.primary.building_id),
        "ask_url": ask_url,
        "letter": "" if standing.leads or not standing.learns else _letter(request, way),
    }
    return Section("engagements/parts/teaming_up.html", context)


def under_way(person: User, service: str) -> Found:
    """Find the teams and requests of ``service`` that are the person's, newest first. One query."""
    rows = _teams(person, service)
    if standing_of(person).leads:
        rows = rows.union(_requests(person, service), all=True)
    found, states = Found(), dict(ServiceRequest.State.choices)
    kinds = {_IN: found.joined, _LED: found.led, _ASKED: found.asked}
    for kind, pk, name, place_name, building, district, _at in sorted(rows, key=lambda row: row[-1])[::-1]:
        kinds[kind].append(Line(pk, str(states[name]) if kind == _ASKED else name, place_name))
        if kind == _ASKED:
            found.waiting_at.add(("building", building) if building else ("district", district))
    return found


def _teams(person: User, service: str) -> QuerySet:
    joined = own_memberships(person).filter(engagement=OuterRef("pk"))
    rows = engagements_of_own_teams(person).filter(service=service, state=Engagement.State.UNDER_WAY)
    kind = Case(When(Exists(joined), then=Value(_IN)), default=Value(_LED), output_field=CharField())
    return rows.order_by().values_list(kind, "pk", "title", *_place(), "opened_at")


def _requests(person: User, service: str) -> QuerySet:
    rows = requests_of_places_led(person).filter(service=service, state__in=ServiceRequest.WAITING)
    # A state is as short as its column; a title isn't, and a union has one column for both.
    state = Cast("state", CharField(max_length=200))
    kind = Value(_ASKED, output_field=CharField())
    return rows.order_by().values_list(kind, "pk", state, *_place(), "asked_at")


def _place() -> tuple:
    building = Cast("building", IntegerField())
    return Coalesce("building__name", "district__name"), building, Cast("district", IntegerField())


def _ask_url(way: WayOn, standing: Standing, found: Found) -> str:
    """The form of a request with all that is known filled in; "" for who can ask for no further place."""
    places = {("building", key) for key in standing.leads_buildings}
    places |= {("district", key) for key in standing.leads_districts}
    if not places or (places <= found.waiting_at and not standing.leads_districts):
        return ""
    filled = {"service": way.service, "after": way.course_key}
    here = _led_here(way.standpoint.primary, standing)
    if here and here not in found.waiting_at:
        filled["place"] = "-".join(map(str, here))
    return f"{reverse('engagements:request_new')}?{urlencode(filled)}"


def _led_here(place: Place, standing: Standing) -> tuple[str, int] | None:
    """Where the reader takes the course, as far as they lead it."""
    if place.building_id in standing.leads_buildings or (
        place.building_id and place.district_id in standing.leads_districts
    ):
        return "building", place.building_id
    if place.district_id in standing.leads_districts:
        return "district", place.district_id
    return None


def _letter(request: HttpRequest, way: WayOn) -> str:
    """A letter, begun, to whoever leads the reader's place: they ask for a service, their staff can't."""
    subject = _("An idea for our team: %(service)s") % {"service": way.service_name}
    body = _(
        "I have been taking the course “%(course)s”. PSESD does this work with teams, a coach beside them: "
        "%(service)s. What it is like, and how you can ask for it, is here:\n\n%(address)s\n\n"
        "Could we talk about it?"
    ) % {
        "course": way.course_title,
        "service": way.service_name,
        "address": request.build_absolute_uri(way.service_url),
    }
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
