"""Who may see and lead what: one table."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from roster import appointing, scopes
from roster.models import Position, User
from tests import factories

OF_A1 = {"teacher_a1", "principal_a1"}
OF_A = OF_A1 | {"teacher_a2", "specialist_a", "leader_a"}
OF_B = {"teacher_b1"}

#: person: buildings led, buildings visible, districts led, people visible besides themselves
TABLE = {
    "teacher_a1": (set(), set(), set(), set()),
    "specialist_a": (set(), set(), set(), set()),
    "principal_a1": ({"a1"}, {"a1"}, set(), OF_A1),
    "leader_a": ({"a1", "a2"}, {"a1", "a2"}, {"a"}, OF_A),
    "coach_a1": (set(), {"a1"}, set(), OF_A1),
    "coach_b": (set(), {"b1"}, set(), OF_B),
    "coach": (set(), set(), set(), set()),
    "editor": (set(), set(), set(), set()),
    "nobody": (set(), set(), set(), set()),
    "admin": (set(), {"a1", "a2", "b1"}, set(), "everybody"),
    "superuser": (set(), {"a1", "a2", "b1"}, set(), "everybody"),
}


def slugs(places):
    return set(places.values_list("slug", flat=True))


def names(people):
    return {email.partition("@")[0] for email in people.values_list("email", flat=True)}


@pytest.mark.parametrize("who", TABLE)
def test_each_sees_and_leads_just_their_own(people, region, who):
    led, visible, districts, seen = TABLE[who]
    person = people[who]

    assert slugs(scopes.buildings_led_by(person)) == led
    assert slugs(scopes.buildings_visible_to(person)) == visible
    assert slugs(scopes.districts_led_by(person)) == districts
    everybody = set(people)
    assert names(scopes.people_visible_to(person)) == (everybody if seen == "everybody" else seen | {who})
    for name, place in region.items():
        assert scopes.may_lead(person, place) == (name in led | districts)


def test_a_visitor_sees_nobody(people):
    visitor = AnonymousUser()

    assert not scopes.people_visible_to(visitor).exists()
    assert not scopes.buildings_visible_to(visitor).exists()


def test_a_position_counts_from_its_first_to_its_last_day(region):
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    person = factories.PersonFactory()
    factories.PositionFactory(person=person, role="principal", building=region["a1"], ends_on=today - day)
    factories.PositionFactory(person=person, role="principal", building=region["a2"], starts_on=today + day)
    factories.PositionFactory(person=person, role="principal", building=region["b1"], ends_on=today)

    assert slugs(scopes.buildings_led_by(person)) == {"b1"}


def test_the_staff_of_a_district_are_those_of_its_buildings_and_its_office_each_once(people, region):
    factories.PositionFactory(person=people["teacher_a1"], role="specialist", building=region["a2"])
    User.objects.filter(email="teacher_a2@example.org").update(is_active=False)

    assert sorted(p.email for p in scopes.staff_of(district=region["a"])) == [
        "leader_a@example.org",
        "principal_a1@example.org",
        "specialist_a@example.org",
        "teacher_a1@example.org",
    ]
    assert names(scopes.staff_of(building=region["a1"])) == OF_A1


def test_staff_of_a_day_that_is_past(people, region):
    position = people["teacher_a1"].positions.get()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    appointing.end_position(position=position, on=yesterday)

    assert "teacher_a1" in names(scopes.staff_of(building=region["a1"], on=yesterday))
    assert "teacher_a1" not in names(scopes.staff_of(building=region["a1"]))


def test_a_coach_is_not_staff_of_the_building_they_serve(people, region):
    assert Position.objects.filter(person=people["coach_a1"], building=region["a1"]).exists()
    assert "coach_a1" not in names(scopes.staff_of(building=region["a1"]))
