"""About how long is left follows from what is done, in the language that it is read in."""

import pytest
from django.urls import reverse

from courses import completing, enrolling, reflecting, studying
from courses.curricula import curriculum_of
from courses.taking import Lesson
from courses.timing import reading_seconds
from tests import factories
from tests.courses.doing import finish

LONG = "word " * 2280  # ten minutes of English


@pytest.fixture
def at(teacher):
    """The teacher in a module of forty minutes: a long text, a prompt, a long text."""
    course = factories.make_course("Timed", modules=0)
    body = [factories.text(LONG), factories.reflection(minimum_words=180), factories.text(LONG)]
    module = factories.make_module(course, body=body, minutes=40)
    return enrolling.enroll(person=teacher, course=course), module


def left(enrollment, module):
    return Lesson(enrollment, curriculum_of(enrollment), module.translation_key).minutes_left


def ids(module):
    return [block.id for block in module.body]


@pytest.mark.parametrize(
    ("text", "language", "seconds"),
    [
        ("word " * 228, "en", 60),
        ("palabra " * 109, "es", 30),
        ("word " * 228, "en-us", 60),
        ("字" * 255, "zh-hans", 60),
        ("か な " * 357, "ja", 120),
        ("ពាក្យ" * 120, "km", 60),
        ("word " * 90, "xx", 30),
    ],
)
def test_reading_takes_as_long_as_its_language_does(text, language, seconds):
    assert reading_seconds(text, language) == pytest.approx(seconds, abs=1)


def test_what_is_above_the_line_where_one_reads_is_behind(at):
    enrollment, module = at
    whole = left(enrollment, module)
    first, _prompt, last = ids(module)
    studying.remember_place(
        enrollment=enrollment, module_key=module.translation_key, place=f"{last}:0:50:abc123"
    )
    enrollment.refresh_from_db()
    assert whole == 40
    assert left(enrollment, module) == 27  # the prompt is still open, the first text is read
    studying.remember_place(enrollment=enrollment, module_key=module.translation_key, place=f"{first}:0:0:x")
    enrollment.refresh_from_db()
    assert left(enrollment, module) == 40


def test_a_prompt_that_is_answered_takes_its_own_time_away(at):
    enrollment, module = at
    prompt = ids(module)[1]
    words = "word " * 180
    reflecting.save(
        enrollment=enrollment, module_key=module.translation_key, block_id=prompt, text=words, based_on=0
    )
    assert 25 <= left(enrollment, module) <= 28
    enrollment.refresh_from_db()
    assert enrollment.minutes_left == left(enrollment, module)


def test_the_course_has_nothing_left_when_it_is_done_and_all_of_it_before(at):
    enrollment, module = at
    completing.recount(enrollment)
    enrollment.refresh_from_db()
    assert enrollment.minutes_left == 40
    finish(enrollment, curriculum_of(enrollment).resolve(module.translation_key))
    enrollment.refresh_from_db()
    assert enrollment.minutes_left == 0


def test_minutes_left_are_told_on_the_first_page_and_the_course_page(client_of, at, teacher):
    enrollment, _module = at
    completing.recount(enrollment)
    client = client_of(teacher)
    assert "40 minutes of the course left" in client.get(reverse("courses:learning")).content.decode()


@pytest.mark.parametrize("place", ["gone:1:2:3", "", ":::", "x" * 60])
def test_a_place_that_is_no_part_of_the_module_is_forgotten(client_of, at, teacher, place):
    enrollment, module = at
    studying.remember_place(enrollment=enrollment, module_key=module.translation_key, place=place)
    url = reverse("courses:module", args=[enrollment.pk, module.translation_key])
    assert 'data-resume-at=""' in client_of(teacher).get(url).content.decode()


def test_without_a_script_a_link_leads_to_where_one_stopped(client_of, at, teacher):
    enrollment, module = at
    last = ids(module)[-1]
    client = client_of(teacher)
    url = reverse("courses:place", args=[enrollment.pk, module.translation_key])
    assert client.post(url, {"block": f"{last}:3:40:k2j4h1"}).status_code == 204
    page = client.get(reverse("courses:module", args=[enrollment.pk, module.translation_key]))
    words = page.content.decode()
    assert f'data-resume-at="{last}:3:40:k2j4h1"' in words
    assert f'href="#block-{last}"' in words
    assert words.count(f'id="block-{last}"') == 1
