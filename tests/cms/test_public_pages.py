"""The public pages: what each reader finds, and what doesn't exist for them."""

import pytest
from django.urls import reverse

from cms import catalog
from cms.models import Audience, ClockHourCategory, ClockHours, Edition, ModulePage
from cms.standpoints import standpoint_of
from tests.factories import BuildingFactory, make_course, make_module, make_principal


@pytest.fixture
def leaders_course(db):
    """A course for principals only."""
    Audience.objects.create(slug="leaders", name="Leaders", include={"roles": ["principal"]})
    return make_course("Leading change", audiences=["leaders"], service="leadership-coaching")


def titles(response):
    return [entry["card"].page.title for entry in response.context["cards"]]


def test_the_catalog_shows_each_reader_the_courses_they_may_take(
    client, client_of, course, leaders_course, teacher, principal, editor
):
    address = reverse("cms:catalog")
    assert titles(client.get(address)) == ["Foundations"]
    assert titles(client_of(teacher).get(address)) == ["Foundations"]
    assert set(titles(client_of(principal).get(address))) == {"Foundations", "Leading change"}
    assert set(titles(client_of(editor).get(address))) == {"Foundations", "Leading change"}


def test_a_course_that_one_may_not_take_does_not_exist(client, client_of, leaders_course, teacher, principal):
    address = leaders_course.get_url()
    assert client.get(address).status_code == 404
    assert client_of(teacher).get(address).status_code == 404
    assert client_of(principal).get(address).status_code == 200


def test_who_leads_staff_that_may_take_a_course_can_read_what_it_is(
    client_of, building, principal, district_admin, coach
):
    Audience.objects.create(
        slug="here", name="Here", include={"buildings": [building.slug], "roles": ["teacher"]}
    )
    address = make_course("For teachers here", audiences=["here"]).get_url()
    elsewhere = make_principal(BuildingFactory())
    found = {
        who: client_of(who).get(address).status_code for who in (principal, district_admin, elsewhere, coach)
    }
    assert found == {principal: 200, district_admin: 200, elsewhere: 404, coach: 404}
    assert not client_of(principal).get(address).context["enroll_url"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"query": "inquiry"}, ["Cycles of inquiry"]),
        ({"topic": "data"}, ["Cycles of inquiry"]),
        ({"service": "data-coaching"}, ["Cycles of inquiry"]),
        ({"hours": "equity"}, ["Cycles of inquiry"]),
        ({"length": "long"}, ["Cycles of inquiry"]),
        ({"language": "es"}, []),
        ({"topic": "no such topic", "service": "<script>"}, ["Foundations", "Cycles of inquiry"]),
        ({"query": "x" * 5000}, []),
    ],
)
def test_filters_narrow_the_shelf_and_what_is_not_on_offer_is_let_be(
    client, db, asked, found, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):  # the search index is told on commit
        make_course("Foundations")
        _make_inquiry()
    if "x" * 5000 in asked.values():
        found = ["Foundations", "Cycles of inquiry"]  # too long to be a search: let be
    assert titles(client.get(reverse("cms:catalog"), asked)) == found


def _make_inquiry():
    inquiry = make_course("Cycles of inquiry", modules=0, service="data-coaching")
    make_module(inquiry, minutes=200)
    inquiry.topics.add("data")
    category = ClockHourCategory.objects.create(slug="equity", name="Equity")
    inquiry.clock_hours.add(ClockHours(category=category, hours=2))
    inquiry.save_revision().publish()


def test_a_change_of_filter_gets_the_shelf_alone(client, course):
    answer = client.get(reverse("cms:catalog"), headers={"HX-Request": "true"})
    assert b'id="shelf"' in answer.content
    assert b"<html" not in answer.content


@pytest.mark.parametrize("courses", [1, 6])
def test_the_catalog_costs_the_same_however_many_courses(
    client_of, teacher, courses, django_assert_max_num_queries
):
    for number in range(courses):
        make_course(f"Course {number}", modules=number)
    client = client_of(teacher)
    with django_assert_max_num_queries(26):
        assert len(titles(client.get(reverse("cms:catalog")))) == courses


def test_a_course_page_speaks_with_the_buildings_words_and_escapes_them(client_of, course, teacher, building):
    Edition.objects.create(
        course_key=course.translation_key,
        building=building,
        live=True,
        welcome="At **{building}** we begin here. <script>alert(1)</script>",
        goal="Every <b>student</b>",
    )
    page = client_of(teacher).get(course.get_url()).content.decode()
    assert "<strong>Heron Bend Middle School</strong>" in page
    assert "<script>alert" not in page
    assert "Every &lt;b&gt;student" in page


def test_a_module_has_no_public_text(client, course):
    module = ModulePage.objects.child_of(course).first()
    answer = client.get(module.get_url())
    assert answer.status_code == 302
    assert answer.url == course.get_url()


def test_an_edition_is_told_on_the_card(course, teacher, building):
    Edition.objects.create(course_key=course.translation_key, building=building, live=True, welcome="Hello")
    (card,) = catalog.find(standpoint=standpoint_of(teacher))
    assert card.tailored_by == "Heron Bend Middle School"
