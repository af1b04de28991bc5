"""Prompts that ask for a mark, that offer ways to begin, and that bring an earlier answer back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses import enrolling, reflecting, studying
from courses.curricula import curriculum_of
from courses.models import Reflection
from tests import factories

SCALE = {"kind": "scale", "steps": 5, "low": "Hardly ever", "high": "Every week"}


@pytest.fixture
def course(db):
    """A scale early in a course and late in it, and a prompt that brings back what was written at another."""
    course = factories.make_course(modules=0, title="Marks")
    early = [
        factories.reflection("How often do you ask again?", anchor="ask-early", **SCALE),
        factories.reflection("Whom did you ask?", anchor="whom"),
    ]
    late = [
        factories.reflection("How often now?", anchor="ask-late", before="ask-early", **SCALE),
        factories.reflection("And now?", quotes="whom", starters="What I noticed was\nThis time"),
    ]
    factories.make_module(course, title="Early", body=early)
    factories.make_module(course, title="Late", body=late)
    return course


@pytest.fixture
def early(enrollment):
    """Where the early prompts are: the scale, and the one in words."""
    return _places(enrollment, 0)


@pytest.fixture
def late(enrollment):
    """Where the late prompts are: the scale again, and the one that quotes."""
    return _places(enrollment, 1)


def _places(enrollment, number):
    curriculum = curriculum_of(enrollment)
    resolved = curriculum.resolve(curriculum.modules[number].key)
    return [
        {"enrollment": enrollment, "module_key": resolved.key, "block_id": block.id}
        for block in resolved.blocks
    ]


def _page(client_of, enrollment, at):
    url = reverse("courses:module", args=[enrollment.pk, at["module_key"]])
    return client_of(enrollment.person).get(url).content.decode()


def test_a_scale_is_answered_by_its_mark_and_the_words_that_are_asked_for(enrollment, early):
    scale, words = early
    reflecting.save(**words, text="Two students.", based_on=0)
    studying.mark_read(enrollment=enrollment, module_key=scale["module_key"])
    reflecting.save(**scale, text="No mark yet.", based_on=0)
    assert enrollment.modules.get().completed_at is None
    reflecting.save(**scale, text="No mark yet.", mark="2", based_on=1)
    assert enrollment.modules.get().completed_at


def test_a_mark_is_refused_and_set_aside_with_its_words(early):
    reflecting.save(**early[0], text="Why.", mark="2", based_on=0)
    with pytest.raises(reflecting.Stale):
        reflecting.save(**early[0], text="Why.", mark="5", based_on=0)
    stored = Reflection.objects.get()
    assert stored.mark == "2"
    assert stored.scale == {"steps": 5, "low": "Hardly ever", "high": "Every week"}
    (aside,) = stored.versions.all()
    assert (aside.text, aside.mark) == ("Why.", "5")
    assert reflecting.restore(version=aside, based_on=1).mark == "5"


def test_a_form_in_which_nothing_is_ticked_leaves_the_mark(early):
    reflecting.save(**early[0], text="", mark="3", based_on=0)
    assert reflecting.save(**early[0], text="Words.", based_on=1).mark == "3"
    assert reflecting.save(**early[0], text="Words.", mark="", based_on=2).is_marked is False


@pytest.mark.parametrize("mark", ["0", "6", "x", "1.0"])
def test_a_scale_has_no_other_steps(early, mark):
    with pytest.raises(reflecting.NotOnTheScale):
        reflecting.save(**early[0], text="", mark=mark, based_on=0)


def test_a_mark_lies_sealed_in_the_database(early):
    reflecting.save(**early[0], text="", mark="4", based_on=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM courses_reflection")
        assert cursor.fetchone()[0].startswith("gAAAA")


def test_without_script_a_scale_is_a_group_of_radios_and_saves(client_of, enrollment, early):
    page = _page(client_of, enrollment, early[0])
    assert page.count('type="radio" name="mark"') == 5
    at = early[0]
    url = reverse("courses:reflection", args=[enrollment.pk, at["module_key"], at["block_id"]])
    client = client_of(enrollment.person)
    assert client.post(url, {"text": "", "mark": "4", "based_on": "0"}).status_code == 302
    assert Reflection.objects.get().mark == "4"
    assert client.post(url, {"text": "", "mark": "9", "based_on": "1"}).status_code == 422
    stale = client.post(
        url, {"text": "x", "mark": "1", "based_on": "0"}, headers={"accept": "application/json"}
    )
    assert stale.json()["current"]["fields"] == {"text": [""], "mark": ["4"]}


def test_a_pair_shows_both_answers_at_the_late_prompt_and_at_the_end(client_of, enrollment, early, late):
    reflecting.save(**early[0], text="Seldom, I saw.", mark="2", based_on=0)
    page = _page(client_of, enrollment, late[0])
    assert "Seldom, I saw." in page
    assert "2 of 5" in page
    reflecting.save(**late[0], text="Most weeks.", mark="4", based_on=0)
    end = client_of(enrollment.person).get(reverse("courses:end", args=[enrollment.pk])).content.decode()
    for said in ("Seldom, I saw.", "2 of 5", "Most weeks.", "4 of 5", "How often now?"):
        assert said in end


def test_a_prompt_brings_back_what_was_written_or_says_why_not(client_of, enrollment, early, late):
    assert "haven't written anything yet" in _page(client_of, enrollment, late[1])
    reflecting.save(**early[1], text="Nobody at all.", based_on=0)
    page = _page(client_of, enrollment, late[1])
    assert "Nobody at all." in page
    assert "What I noticed was …" in page


def test_own_words_come_back_even_when_the_earlier_prompt_is_gone(client_of, enrollment, course, early, late):
    reflecting.save(**early[1], text="Nobody at all.", based_on=0)
    module = course.get_children().first().specific
    hidden = [
        {**stored, "value": {**stored["value"], "shown_to": ["nobody"]}} for stored in module.body.raw_data
    ]
    module.body = type(module)._meta.get_field("body").to_python(factories.body_json(hidden))
    module.save()
    assert "Nobody at all." in _page(client_of, enrollment, late[1])


def test_who_never_got_the_earlier_prompt_is_told_so(client_of, enrollment, course, late):
    course.get_children().first().unpublish()
    assert "isn't part of your course" in _page(client_of, enrollment, late[1])


def test_bringing_answers_back_costs_no_query(client_of, enrollment, early, late):
    reflecting.save(**early[1], text="Nobody at all.", based_on=0)
    _page(client_of, enrollment, late[1])
    url = reverse("courses:module", args=[enrollment.pk, late[0]["module_key"]])
    client = client_of(enrollment.person)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(url)
    assert len(queries) <= 12


def test_the_journal_holds_what_has_a_mark_and_no_words(client_of, enrollment, early):
    reflecting.save(**early[0], text="", mark="4", based_on=0)
    assert "4 of 5" in client_of(enrollment.person).get(reverse("courses:journal")).content.decode()


def test_another_cycle_begins_without_the_answers_of_the_last(client_of, enrollment, course, early):
    reflecting.save(**early[1], text="Nobody at all.", based_on=0)
    done = {"status": "complete", "progress": 100, "completed_at": timezone.now()}
    type(enrollment).objects.filter(pk=enrollment.pk).update(**done)
    enrollment.refresh_from_db()
    again = enrolling.retake(enrollment=enrollment, course=course)
    assert "Nobody at all." not in _page(client_of, again, _places(again, 1)[1])
