"""The header offers each person what is theirs, for two queries, and a fragment nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from lms.navigation import navigation
from notices.telling import tell_each
from roster.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.look.urls"


def navigation_of(rf, person, path="/"):
    request = rf.get(path)
    request.user = User.objects.get(pk=person.pk) if person else AnonymousUser()
    return navigation(request)["navigation"]


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("teacher", ["My learning", "Catalog", "Journal", "Our work"]),
        ("principal", ["My learning", "Catalog", "Journal", "My building", "Our work"]),
        ("district_admin", ["My learning", "Catalog", "Journal", "District", "Our work"]),
        ("coach", ["Catalog", "Shared with me", "Buildings", "My desk"]),
        ("editor", ["Catalog", "Region", "Content"]),
        ("admin", ["Catalog", "Requests", "Region", "Content"]),
    ],
)
def test_each_role_is_offered_what_is_theirs(rf, request, who, labels):
    items = navigation_of(rf, request.getfixturevalue(who)).items
    assert [str(item.label) for item in items] == labels


def test_a_visitor_sees_the_catalog_and_how_to_sign_in(rf):
    shown = navigation_of(rf, None)
    assert [str(item.label) for item in shown.items] == ["Catalog"]
    assert shown.unread == 0
    assert "Sign in" in render_to_string("components/site_header.html", {"navigation": shown})


def test_a_district_administrator_goes_straight_to_their_district(rf, district_admin, district):
    item = navigation_of(rf, district_admin).items[3]
    assert item.url == f"/districts/{district.slug}/"


def test_the_page_below_an_entry_marks_that_entry_alone(rf, teacher):
    items = navigation_of(rf, teacher, "/learning/12/some-module/").items
    assert [str(item.label) for item in items if item.current] == ["My learning"]


def test_the_bell_counts_what_is_unread(rf, teacher):
    tell_each(people=[teacher], kind="assigned", key="one", title="A course for you")
    tell_each(people=[teacher], kind="assigned", key="two", title="Another one")
    shown = navigation_of(rf, teacher)
    assert shown.unread == 2
    assert "Notices, 2 unread" in render_to_string("components/site_header.html", {"navigation": shown})


def test_the_header_costs_two_queries_and_a_fragment_none(rf, principal, django_assert_num_queries):
    shown = navigation_of(rf, principal)
    with django_assert_num_queries(0):
        render_to_string("components/ring.html", {"navigation": shown, "percent": 40})
    with django_assert_num_queries(2):
        render_to_string("components/site_header.html", {"navigation": shown})
