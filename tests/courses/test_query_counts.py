"""What the pages that are opened most cost in queries: few, and as many for much as for little."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from cms import drawing, shelving
from courses import completing, enrolling, reflecting
from tests import factories


@pytest.fixture
def address(enrollment, first):
    """The address of the first module in the teacher's player."""
    return reverse("courses:module", args=[enrollment.pk, first.key])


@pytest.fixture
def asked(client_of, teacher):
    """Counts the queries of one page, asked by the teacher."""
    client = client_of(teacher)

    def count(url) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


def test_a_module_page_costs_12_queries_cold_and_6_warm(asked, address):
    asked(address)
    cache.clear()
    Site.get_site_root_paths()  # Two queries of Wagtail's own, once an hour.
    shelving._kept.clear()
    drawing._kept.clear()
    assert asked(address) <= 12
    assert asked(address) == 6


def test_opening_a_module_for_the_first_time_adds_two_writes(asked, address, enrollment):
    asked(address)
    enrollment.modules.all().delete()
    type(enrollment).objects.filter(pk=enrollment.pk).update(last_seen_at=None)
    assert asked(address) <= 8


def test_autosave_writes_once(enrollment, first, prompt):
    at = {"enrollment": enrollment, "module_key": first.key, "block_id": prompt}
    saved = reflecting.save(**at, text="Some words of mine", based_on=0)
    with CaptureQueriesContext(connection) as captured:
        reflecting.save(**at, text="Some more words of mine", based_on=saved.version)
    written = [row["sql"] for row in captured if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 1, written


def test_my_learning_costs_the_same_however_much_is_there(asked, teacher, enrollment):
    url = reverse("courses:learning")
    asked(url)
    few = asked(url)
    for number in range(4):
        enrolling.enroll(person=teacher, course=factories.make_course(f"Course {number}"))
    assert asked(url) == few <= 12


def test_the_catalog_costs_the_same_however_many_courses_there_are(asked, course):
    url = factories.the_catalog().url
    asked(url)
    few = asked(url)
    for number in range(4):
        factories.make_course(f"Course {number}")
    assert asked(url) == few <= 20


def test_recounting_a_course_asks_as_much_for_one_person_as_for_six(
    building, course, django_assert_num_queries
):
    enrolling.enroll(person=factories.make_teacher(building), course=course)
    completing.recompute_course(course.translation_key)
    with CaptureQueriesContext(connection) as captured:
        completing.recompute_course(course.translation_key)
    for _ in range(5):
        enrolling.enroll(person=factories.make_teacher(building), course=course)
    completing.recompute_course(course.translation_key)
    with django_assert_num_queries(len(captured)):
        completing.recompute_course(course.translation_key)
