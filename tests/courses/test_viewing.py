"""A film counts as watched when it was played, or when its transcript was read; its place is remembered."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses import enrolling, viewing
from courses.models import MediaPosition
from courses.viewing import allowed, merged, total
from tests import factories

stretches = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def seconds_in(some):
    return {second for begin, end in some for second in range(begin, end)}


@given(stretches)
def test_merging_keeps_every_second_and_counts_none_twice(some):
    whole = merged(some)
    assert seconds_in(whole) == seconds_in(some)
    assert total(whole) == len(seconds_in(some))
    assert merged(whole) == whole
    assert all(first[1] < second[0] for first, second in zip(whole, whole[1:], strict=False))


@given(stretches, st.floats(0, 100))
def test_nobody_is_credited_with_more_than_the_clock_allows(some, seconds):
    believed = allowed(merged(some), seconds)
    assert total(believed) <= seconds
    assert seconds_in(believed) <= seconds_in(some)
    if total(merged(some)) <= int(seconds):
        assert believed == merged(some)


@pytest.fixture
def at(teacher):
    """The teacher before a film of ten seconds that is to be watched."""
    return place(teacher, required="watching")


def place(teacher, **film):
    course = factories.make_course("Filmed", modules=0)
    module = factories.make_module(course, body=[factories.film(**film)])
    enrollment = enrolling.enroll(person=teacher, course=course)
    return {
        "enrollment": enrollment,
        "module_key": module.translation_key,
        "block_id": module.body[0].id,
    }


def watch(at, *reports):
    """Report so: seconds of the clock that passed before, and the stretches that were played."""
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as clock:
        position = viewing.report(**at, seconds=0, length=10, played=[])
        for passed, played in reports:
            clock.shift(datetime.timedelta(seconds=passed))
            position = viewing.report(**at, seconds=played[-1][1], length=10, played=played)
    return position


@pytest.mark.parametrize(
    ("reports", "is_done"),
    [
        ([(10, [(0, 10)])], True),
        ([(5, [(0, 5)]), (5, [(5, 10)])], True),
        ([(5, [(0, 10)])], True),  # at double speed
        ([(0, [(0, 10)])], False),  # at once
        ([(0, [(0, 3)])] * 9, False),  # a little at a time, at once
        ([(10, [(0, 5)]), (10, [(0, 5)])], False),  # one half twice
        ([(30, [(9, 10)])], False),  # jumped to the end
        ([(10, [(0, 9)])], True),  # without the credits
    ],
)
def test_playing_is_counted_by_stretches_and_clock(at, reports, is_done):
    assert (watch(at, *reports).done_at is not None) == is_done


def test_a_page_can_not_make_a_film_shorter_than_its_captions(at):
    viewing.report(**at, seconds=1, length=1, played=[(0, 1)])
    assert MediaPosition.objects.get().length == 10
    assert MediaPosition.objects.get().done_at is None


def test_the_place_is_remembered_from_device_to_device(client_of, at, teacher):
    client = client_of(teacher)
    url = reverse("courses:viewing", args=[at["enrollment"].pk, at["module_key"], at["block_id"]])
    assert client.post(url, {"seconds": "7", "length": "10", "played": "0-7,x,9-"}).json() == {}
    page = client_of(teacher).get(reverse("courses:module", args=[at["enrollment"].pk, at["module_key"]]))
    assert 'data-media-at="7"' in page.content.decode()


def test_reading_the_transcript_counts_the_same(client_of, at, teacher):
    url = reverse("courses:viewing_read", args=[at["enrollment"].pk, at["module_key"], at["block_id"]])
    answer = client_of(teacher).post(url)
    assert answer.url.endswith(f"#block-{at['block_id']}")
    position = MediaPosition.objects.get()
    assert position.read_at
    assert position.done_at
    at["enrollment"].refresh_from_db()
    assert at["enrollment"].progress == 50  # the film counts; the end of the text is open


def test_watching_moves_the_progress_of_the_page(client_of, at, teacher):
    client = client_of(teacher)
    url = reverse("courses:viewing", args=[at["enrollment"].pk, at["module_key"], at["block_id"]])
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client.post(url, {"seconds": "0", "length": "10", "played": ""})
        clock.shift(datetime.timedelta(seconds=10))
        moved = client.post(url, {"seconds": "10", "length": "10", "played": "0-10"}).json()["moved"]
    assert set(moved) == {"progress", "standing", "finish"}
    assert "1 of 2 required parts done" in moved["progress"]


def test_a_film_that_is_not_asked_for_completes_nothing_and_holds_nobody_up(teacher):
    at = place(teacher)
    watch(at, (10, [(0, 10)]))
    at["enrollment"].refresh_from_db()
    assert at["enrollment"].progress == 0
    assert "film" not in str(at["enrollment"].modules.values_list("done", "required"))


def test_what_plays_elsewhere_or_is_no_film_is_not_counted(client_of, teacher):
    at = place(teacher, file=None, captions=None, src="https://example.org/film")
    with pytest.raises(viewing.NotPlayed):
        viewing.report(**at, seconds=1, length=10, played=[])
    url = reverse("courses:viewing", args=[at["enrollment"].pk, at["module_key"], at["block_id"]])
    assert client_of(teacher).post(url, {"seconds": "1"}).status_code == 404


@pytest.mark.parametrize("type_", ["video", "audio"])
def test_the_words_are_on_the_page_without_a_script(client_of, teacher, type_):
    at = place(teacher, type_=type_)
    page = client_of(teacher).get(reverse("courses:module", args=[at["enrollment"].pk, at["module_key"]]))
    words = page.content.decode()
    assert f"<{type_}" in words
    assert " controls" in words
    assert 'data-begins="4.0"' in words
    assert "<b>Ms. Lund</b> I read it twice." in words
    assert "All that is said." in words
