"""Notes and highlights: kept with their passage, found again in an edited text, and their owner's alone."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cms.models import ModulePage
from courses import noting, sweeping
from courses.models import Note
from tests import factories

PASSAGE = {"quote": "who was asked", "before": "Nobody remembers", "after": "and who was not."}


@pytest.fixture
def course(db):
    """A course of one module whose text has a passage worth marking."""
    course = factories.make_course("Listening", modules=0)
    words = factories.text("Nobody remembers who was asked and who was not.")
    factories.make_module(course, title="First", body=[words, factories.reflection(), factories.check()])
    return course


@pytest.fixture
def passage(first):
    """The identity of the text block."""
    return {"module_key": first.key, "block_id": first.blocks[0].id}


@pytest.fixture
def noted(enrollment, passage):
    """A note about the passage."""
    return noting.note(enrollment=enrollment, **passage, **PASSAGE, text="My father's question.")


@pytest.fixture
def reader(client_of, teacher):
    """The teacher's client."""
    return client_of(teacher)


@pytest.fixture
def module_url(enrollment, first):
    """The module in the player."""
    return reverse("courses:module", args=[enrollment.pk, first.key])


def test_what_is_marked_and_noted_lies_sealed(noted):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, passage FROM courses_note WHERE id = %s", [noted.pk])
        stored = " ".join(cursor.fetchone())
    assert "father" not in stored and "asked" not in stored
    kept = Note.objects.get(pk=noted.pk)
    assert (kept.text, kept.quote, kept.before) == (
        "My father's question.",
        "who was asked",
        "Nobody remembers",
    )


def test_a_double_press_keeps_one(enrollment, passage, noted):
    again = noting.note(enrollment=enrollment, **passage, **PASSAGE, text="My father's question.")
    assert again.pk == noted.pk


def test_nothing_at_all_and_too_much_are_refused(enrollment, passage, noted):
    with pytest.raises(noting.NothingSaid):
        noting.note(enrollment=enrollment, **passage, text="  ")
    with pytest.raises(noting.TooLong):
        noting.note(enrollment=enrollment, **passage, text="x" * (noting.LIMIT + 1))
    with pytest.raises(noting.NotAPassage):
        noting.note(enrollment=enrollment, module_key=passage["module_key"], block_id="nowhere", text="x")
    assert noting.change(note=noted, text="").quote == "who was asked"  # a highlight again


@pytest.mark.parametrize(
    ("markup", "stands"),
    [
        ("<p>Nobody remembers <b>who was</b>\n asked and who was not.</p>", True),
        ("<p>A word more. Nobody remembers who was asked.</p>", True),
        ("<p>Nobody remembers who asked.</p>", False),
        ("<p>Nobody.</p><textarea>who was asked</textarea>", False),
    ],
)
def test_a_passage_is_found_again_where_its_words_still_stand(noted, markup, stands):
    assert noting.stands_in(noted, markup) is stands


def test_a_note_stays_when_its_passage_is_edited_away(reader, module_url, noted, first):
    assert 'data-quote="who was asked"' in reader.get(module_url).content.decode()
    page = ModulePage.objects.get(pk=first.module.pk)
    body = [dict(raw) for raw in page.body.raw_data]
    body[0]["value"]["body"] = "<p>Somebody else's words now.</p>"
    page.body = page.body.stream_block.to_python(body)
    page.save_revision().publish()
    shown = reader.get(module_url).content.decode()
    assert "My father&#x27;s question." in shown
    assert "About a passage that has changed" in shown
    assert "data-quote=" not in shown
    page.body = page.body.stream_block.to_python(body[1:])  # and then the whole block
    page.save_revision().publish()
    shown = reader.get(module_url).content.decode()
    assert "My father&#x27;s question." in shown
    assert reader.get(reverse("courses:own_note", args=[noted.pk])).status_code == 200


def test_without_script_a_note_is_made_edited_deleted_and_brought_back(
    reader, module_url, enrollment, passage
):
    shown = reader.get(module_url).content.decode()
    address = reverse("courses:note", args=[enrollment.pk, passage["module_key"], passage["block_id"]])
    assert f'href="{address}"' in shown
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"text": ""}).status_code == 422
    made = reader.post(address, {"text": "First thought"}, follow=True).content.decode()
    assert "First thought" in made
    own = Note.objects.get()
    assert not own.quote
    address = reverse("courses:own_note", args=[own.pk])
    assert f'href="{address}"' in made
    reader.post(address, {"text": "Second thought"})
    gone = reader.post(reverse("courses:note_removal", args=[own.pk]), follow=True).content.decode()
    assert "For a day you can bring it back" in gone
    assert "Second thought" not in reader.get(module_url).content.decode()
    back = reader.post(reverse("courses:note_restoration", args=[own.pk]), follow=True).content.decode()
    assert "Second thought" in back


def test_by_htmx_the_notes_of_one_block_come_back_with_the_list(reader, enrollment, passage):
    address = reverse("courses:note", args=[enrollment.pk, passage["module_key"], passage["block_id"]])
    answer = reader.post(address, PASSAGE, headers={"HX-Request": "true"}).content.decode()
    assert f'id="notes-{passage["block_id"]}"' in answer and 'id="my-notes" hx-swap-oob' in answer
    assert 'data-quote="who was asked"' in answer
    removal = reverse("courses:note_removal", args=[Note.objects.get().pk])
    answer = reader.post(removal, headers={"HX-Request": "true"}).content.decode()
    assert "Deleted." in answer and "Undo" in answer and "data-quote" not in answer


def test_what_was_removed_is_gone_for_good_the_next_night(noted):
    noting.remove(note=noted)
    sweeping.nightly()
    assert Note.objects.exists()
    Note.objects.update(removed_at=timezone.now() - datetime.timedelta(days=2))
    sweeping.nightly()
    assert not Note.objects.exists()


def test_nobody_else_ever_reads_one(noted, client_of, principal, coach, admin, module_url, enrollment):
    for person in (principal, coach, admin):
        client = client_of(person)
        assert client.get(reverse("courses:own_note", args=[noted.pk])).status_code == 404
        assert "father" not in client.get(reverse("reports:building", args=["heron-bend"])).content.decode()


def test_notes_cost_a_module_page_no_query(
    reader, module_url, enrollment, passage, django_assert_num_queries
):
    reader.get(module_url)
    reader.get(module_url)
    for number in range(5):
        noting.note(enrollment=enrollment, **passage, **PASSAGE, text=f"Thought {number}")
    with django_assert_num_queries(6):
        reader.get(module_url)


def test_all_notes_are_on_one_page_and_can_be_taken_along(reader, noted, client_of, building):
    shown = reader.get(reverse("courses:notes")).content.decode()
    assert "My father&#x27;s question." in shown and "who was asked" in shown
    address = reverse("courses:notes_export")
    text = reader.get(address).content.decode()
    assert "## Listening\n\n### First\n\n> who was asked\n\nMy father's question.\n" in text
    (exported,) = reader.get(address, {"as": "json"}).json()["notes"]
    assert exported["passage"] == {**PASSAGE, "before": "Nobody remembers"}
    other = client_of(factories.make_teacher(building))
    assert "father" not in other.get(reverse("courses:notes")).content.decode()
    assert other.get(address, {"as": "json"}).json()["notes"] == []
