"""Engagements beside completion: within what a person may read, and never who is coached in confidence."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagements.models import Engagement
from reports import teamwork
from roster.models import Position
from tests.engagements import making
from tests.factories import BuildingFactory, make_person


@pytest.fixture
def coaching(building, coach, principal):
    """A principal who is coached in confidence."""
    version = making.make_version(confidential=True, service="leadership-coaching")
    return making.make_engagement(
        building, version=version, coach=coach, lead=principal, title="In confidence"
    )


def page_of(client, name, *args):
    """What a report says."""
    return client.get(reverse(f"reports:{name}", args=args)).content.decode()


def test_a_building_shows_its_engagements_with_step_and_coach(client_of, building, coach, principal):
    making.make_engagement(building, coach=coach, lead=principal)
    page = page_of(client_of(principal), "building", building.slug)
    assert "Who gets into algebra" in page
    assert "Look closely" in page
    assert coach.full_name in page


def test_neither_supervisor_nor_who_is_in_it_finds_a_confidential_one_in_a_report(
    client_of, building, coaching, principal, district_admin, admin
):
    for person in (principal, district_admin, admin):
        assert "In confidence" not in page_of(client_of(person), "building", building.slug)
        assert "In confidence" not in page_of(client_of(person), "district", building.district.slug)


def test_a_coach_of_the_building_sees_their_own_alone(building, coach, principal):
    making.make_engagement(
        building, coach=make_person(Position.Role.COACH, building=building), lead=principal
    )
    assert teamwork.at_building(building, coach) == []


def test_a_district_shows_those_of_its_buildings_and_its_own(building, coach, district_admin):
    making.make_engagement(building, coach=coach)
    making.make_engagement(building, coach=coach, place=building.district, title="Of the district")
    making.make_engagement(building, coach=coach, place=BuildingFactory(), title="Far")
    titles = {work.engagement.title for work in teamwork.in_district(building.district, district_admin)}
    assert titles == {"Who gets into algebra", "Of the district"}


def test_the_region_counts_what_is_confidential_only_from_ten_on(building, coach, coaching):
    making.make_engagement(building, coach=coach)
    assert [kind.under_way for kind in teamwork.in_region()] == [1]
    version = coaching.protocol_version
    Engagement.objects.bulk_create(
        Engagement(
            service=version.service,
            protocol_version=version,
            building=building,
            title="Another",
            is_confidential=True,
            opened_by=coach,
        )
        for _ in range(9)
    )
    assert sorted(kind.under_way for kind in teamwork.in_region()) == [1, 10]


@pytest.mark.parametrize(("page", "limit"), [("building", 12), ("district", 15), ("region", 12)])
def test_a_report_costs_the_same_for_any_number_of_engagements(
    client_of, building, coach, principal, district_admin, admin, page, limit
):
    viewer = {"building": principal, "district": district_admin, "region": admin}[page]
    where = {"building": [building.slug], "district": [building.district.slug], "region": []}[page]
    client, costs = client_of(viewer), []
    page_of(client, page, *where)
    for more in (0, 1, 3):
        for _ in range(more):
            making.make_engagement(building, coach=coach, lead=principal)
            making.make_engagement(building, coach=coach, place=building.district)
            version = making.make_version(confidential=True)
            making.make_engagement(building, version=version, coach=coach)
        with CaptureQueriesContext(connection) as captured:
            page_of(client, page, *where)
        costs.append(len(captured))
    assert len(set(costs)) == 1
    assert costs[0] <= limit


def test_a_place_without_any_tells_its_leader_how_to_begin_and_others_nothing(
    client_of, building, principal, coach
):
    assert f"place=building-{building.pk}" in page_of(client_of(principal), "building", building.slug)
    assert "Work with a coach" not in page_of(client_of(coach), "building", building.slug)


def test_what_has_ended_stands_apart(client_of, building, coach, principal):
    making.make_engagement(building, coach=coach, title="Goes on")
    ended = making.make_engagement(building, coach=coach, title="Is over")
    Engagement.objects.filter(pk=ended.pk).update(state="closed", closed_at=timezone.now())
    page = page_of(client_of(principal), "building", building.slug)
    assert page.index("Goes on") < page.index("1 has ended") < page.index("Is over")
