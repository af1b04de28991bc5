"""The matrix of a course: narrowed, a page at a time, taken along, and no dearer for a region."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from cms.models import Audience, Edition
from roster.models import Building
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(building, elementary):
    """A course with a block for elementary buildings, and a region of three."""
    Audience.objects.create(slug="small", name="Elementary", include={"levels": ["elementary"]})
    course = factories.make_course("Tailored", modules=0)
    blocks = [factories.text("For all."), factories.text("On the carpet.", shown_to=["small"])]
    factories.make_module(course, title="The module", body=blocks)
    factories.BuildingFactory(name="Far High", slug="far-high", level="high")
    return course


def url(name, course):
    return reverse(f"coverage:{name}", args=[course.translation_key])


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"Heron Bend Middle School", "Salmonberry", "Far High"}),
        ({"district": "alder-valley"}, {"Heron Bend Middle School", "Salmonberry"}),
        ({"level": "high"}, {"Far High"}),
        ({"show": "tailored"}, {"Salmonberry"}),
        ({"show": "plain"}, {"Heron Bend Middle School", "Far High"}),
        ({"show": "plain", "level": "elementary"}, set()),
        ({"level": "kindergarten"}, {"Heron Bend Middle School", "Salmonberry", "Far High"}),
    ],
)
def test_the_matrix_is_narrowed_and_taken_along_as_it_is_narrowed(at_the_desk, course, asked, shown):
    page = at_the_desk.get(url("course", course), asked).context["page_obj"]
    assert {row.building.name for row in page} == shown
    lines = csv.DictReader(
        io.StringIO(at_the_desk.get(url("csv", course), asked).content.decode("utf-8-sig"))
    )
    assert {line["Building"] for line in lines} == shown
    book = openpyxl.load_workbook(io.BytesIO(at_the_desk.get(url("xlsx", course), asked).content))
    assert {row[1] for row in book.active.iter_rows(min_row=2, values_only=True)} == shown


def test_a_building_says_what_is_added_and_made_optional(at_the_desk, course, building):
    module = course.get_children().first()
    edition = Edition(course_key=course.translation_key, building=building)
    standing = {"module": module.pk, "standing": "optional"}
    edition.changes = edition.changes.stream_block.to_python([{"type": "standing", "value": standing}])
    edition.save()
    page = at_the_desk.get(url("course", course)).content.decode()
    assert "made optional" in page
    assert "1 added" in page
    assert "For 1 building nothing is tailored." in page


def test_a_region_is_fifty_buildings_a_page_and_asks_no_more_than_nine_do(
    at_the_desk, course, building, django_assert_num_queries, django_assert_max_num_queries
):
    region(building.district, 9)
    at_the_desk.get(url("course", course))
    with django_assert_max_num_queries(30) as few:
        at_the_desk.get(url("course", course))
    region(building.district, 60)
    with django_assert_num_queries(len(few)):
        answer = at_the_desk.get(url("course", course), {"p": "2"})
    assert len(answer.context["page_obj"]) == 10
    assert "Page 2 of 2" in answer.content.decode()
    assert building.district.name in answer.content.decode(), "a page begins with its district"


def region(district, size):
    """Add buildings until there are ``size``."""
    missing = size - Building.objects.count()
    factories.BuildingFactory.create_batch(missing, district=district)
