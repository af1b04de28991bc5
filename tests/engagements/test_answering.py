"""What several people write in one answer: merged, or refused with both texts; nothing is dropped."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagements import answering, kinds
from engagements.models import Answer, AnswerVersion
from engagements.protocols import read_prompt
from tests.engagements import making


def words(text):
    """A text as a form sends it."""
    return {"text": [text]}


def save(member, prompt, text, based_on, **more):
    """Save a text."""
    return answering.save(member=member, prompt=prompt, fields=words(text), based_on=based_on, **more)


def test_the_first_words_are_there_with_who_wrote_them(lead, text):
    saved = save(lead, text, "Few girls.", 0).answer
    assert (saved.value, saved.version, saved.saved_by) == ({"text": "Few girls."}, 1, lead)
    assert Answer.objects.get().is_enough


def test_two_who_write_in_different_places_are_merged(lead, maria, text):
    save(lead, text, "Few girls. Nobody asks.", 0)
    save(lead, text, "Few girls in grade 8. Nobody asks.", 1)
    saved = save(maria, text, "Few girls. Nobody asks why.", 1)
    assert saved.was_merged
    assert saved.answer.value == {"text": "Few girls in grade 8. Nobody asks why."}


def test_two_who_change_the_same_words_get_both_texts_to_choose(lead, maria, text):
    save(lead, text, "We ask families.", 0)
    save(lead, text, "We hear families.", 1)
    with pytest.raises(answering.Conflict) as met:
        save(maria, text, "We pay families.", 1)
    assert met.value.current.value == {"text": "We hear families."}
    assert met.value.sent == {"text": "We pay families."}
    aside = AnswerVersion.objects.get(why=AnswerVersion.Why.SET_ASIDE)
    assert (aside.value, aside.by) == ({"text": "We pay families."}, maria)


def test_what_is_refused_twice_is_set_aside_once(lead, maria, text):
    save(lead, text, "We ask families.", 0)
    save(lead, text, "We hear families.", 1)
    for _ in range(2):
        with pytest.raises(answering.Conflict):
            save(maria, text, "We pay families.", 1)
    assert AnswerVersion.objects.filter(why=AnswerVersion.Why.SET_ASIDE).count() == 1


def test_who_typed_on_while_a_merge_came_is_understood(lead, maria, text):
    save(lead, text, "Wor", 0)
    met = save(maria, text, "Hel", 0).answer
    assert met.value == {"text": "Hel\nWor"}
    saved = save(maria, text, "Hello", met.version, base=words("Hel")).answer
    assert saved.value == {"text": "Hello\nWor"}


def test_every_save_stays_as_a_version_with_who_and_when(lead, maria, text):
    save(lead, text, "One", 0)
    save(maria, text, "One two", 1)
    kept = [(version.number, version.value["text"], version.by) for version in AnswerVersion.objects.all()]
    assert kept == [(2, "One two", maria), (1, "One", lead)]


def test_the_same_again_writes_nothing(lead, text):
    save(lead, text, "One", 0)
    save(lead, text, "One", 1)
    assert AnswerVersion.objects.count() == 1


def test_opening_a_page_and_leaving_it_makes_no_answer(lead, text):
    save(lead, text, "  ", 0)
    assert not Answer.objects.exists()


def test_clearing_a_text_that_another_goes_on_with_is_refused(lead, maria, text):
    save(lead, text, "One two", 0)
    save(lead, text, "One two three", 1)
    with pytest.raises(answering.Conflict):
        save(maria, text, "", 1)


def test_an_old_page_whose_version_was_thinned_out_never_overwrites(lead, maria, text):
    save(lead, text, "One", 0)
    save(lead, text, "One two", 1)
    AnswerVersion.objects.filter(number=1).delete()
    with pytest.raises(answering.Conflict):
        save(maria, text, "One and a half", 1)


def test_an_earlier_version_comes_back_and_none_is_lost(lead, text):
    save(lead, text, "One", 0)
    save(lead, text, "Two", 1)
    answering.restore(member=lead, prompt=text, version=AnswerVersion.objects.get(number=1))
    assert Answer.objects.get().value == {"text": "One"}
    assert AnswerVersion.objects.count() == 3


def test_a_save_writes_the_answer_and_its_version(lead, text):
    save(lead, text, "One", 0)
    with CaptureQueriesContext(connection) as captured:
        save(lead, text, "One two", 1)
    written = [row["sql"] for row in captured if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 2, written


def test_what_a_team_writes_is_sealed_in_the_database(lead, text):
    save(lead, text, "Few girls.", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM engagements_answer")
        assert "girls" not in cursor.fetchone()[0]


def test_more_than_fits_is_refused_whole(lead, text):
    with pytest.raises(kinds.TooLong):
        save(lead, text, "x" * 20_001, 0)


def test_old_versions_thin_out_but_for_the_last_and_what_was_set_aside(lead, text):
    for number in range(5):
        save(lead, text, "word " * (number + 1), number)
    AnswerVersion.objects.update(at=timezone.now() - datetime.timedelta(days=3))
    assert answering.thin_versions() == 3
    assert answering.thin_versions() == 0
    assert sorted(AnswerVersion.objects.values_list("number", flat=True)) == [4, 5]


@pytest.mark.parametrize(
    ("prompt", "fields", "value"),
    [
        (making.prompt("scale", steps=5), {"mark": ["4"]}, {"mark": 4}),
        (making.prompt("scale", steps=5), {"mark": ["6"]}, {}),
        (
            making.prompt("choice", several=True, options=[{"id": "a", "title": "A"}]),
            {"choice": ["a", "x"]},
            {"chosen": ["a"]},
        ),
        (
            making.prompt("choice", several=False, options=[{"id": "a", "title": "A"}]),
            {"choice": ["a"]},
            {"choice": "a"},
        ),
        (
            making.prompt(
                "decision", options=[{"id": "a", "title": "A"}], reasons=True, conditions=True, review_on=True
            ),
            {"choice": ["a"], "reasons": ["Because"], "review_on": ["2027-05-01"]},
            {"choice": "a", "reasons": "Because", "review_on": "2027-05-01"},
        ),
        (
            making.prompt("table", columns=[{"id": "c", "title": "C", "kind": "text", "choices": []}]),
            {"row": ["r1", "r2", "../x"], "cell-r1-c": ["Yes"], "cell-r2-c": [" "], "cell-../x-c": ["No"]},
            {"rows": [{"id": "r1", "cells": {"c": "Yes"}}]},
        ),
    ],
)
def test_each_kind_reads_what_its_prompt_offers(prompt, fields, value):
    plan = (
        making.SETTINGS
        and making.ProtocolVersion(
            structure={"settings": making.SETTINGS, "phases": [making.phase(making.step(prompt))]}
        ).plan
    )
    asked = plan.prompt(prompt["id"])
    kind = kinds.KINDS[asked.kind]
    assert kind.read(asked, fields) == value
    assert kind.read(asked, kind.fields(asked, value)) == value


@pytest.mark.parametrize(
    ("text", "is_enough"), [("我们问了三个家庭", True), ("我们问了", False), ("- – …", False)]
)
def test_words_are_counted_in_scripts_without_spaces_too(text, is_enough):
    asked = read_prompt({**making.prompt("text", minimum_words=4)})
    assert kinds.KINDS["text"].is_enough(asked, {"text": text}) is is_enough
