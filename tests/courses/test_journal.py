"""The journal: all that a person wrote, found, read and taken along; with two hundred entries as with two."""

import datetime
import io
import json

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses import committing, enrolling, journal, noting, reflecting
from courses.models import Commitment, Reflection
from tests import factories

JOURNAL, EXPORT = "/journal/", "/journal/export/"


@pytest.fixture
def written(enrollment, first, second, prompt, step):
    """One reflection, and an action step that went well."""
    at = {"module_key": first.key, "block_id": prompt}
    reflection = reflecting.save(
        enrollment=enrollment, **at, text="The *river* was high:\n- brown\n- loud", based_on=0
    )
    commitment = committing.commit(
        enrollment=enrollment, module_key=second.key, block_id=step, due_on=timezone.localdate()
    )
    committing.settle(commitment=commitment, outcome="done", how_it_went="We walked to the **bank**.")
    return reflection


def write_many(enrollment, count, text="Word for word."):
    """Many reflections of one person, a day apart."""
    for number in range(count):
        Reflection.objects.create(
            enrollment=enrollment,
            module_key=enrollment.course_key,
            block_id=str(number),
            prompt=f"Question {number}?",
            module_title="A module",
            text=text,
            words=3,
            saved_at=timezone.now() - datetime.timedelta(days=number),
        )


def asked(page) -> list[str]:
    """What the entries of a page answer."""
    found = BeautifulSoup(page.content, "html.parser").select(".entry__asked")
    return [" ".join(heading.get_text().split()) for heading in found]


def test_reflections_and_action_steps_stand_together_as_they_read(client_of, teacher, written):
    page = client_of(teacher).get(JOURNAL)
    assert asked(page) == ["Action step Try one thing.", "What did you notice?"]
    assert b"<em>river</em> was high:" in page.content
    assert b"<li>loud</li>" in page.content
    assert b"We walked to the <strong>bank</strong>." in page.content


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"q": "RIVER loud"}, 1),
        ({"q": "river bank"}, 0),
        ({"q": "walked"}, 1),
        ({"kind": "action"}, 1),
        ({"kind": "reflection"}, 1),
        ({"sharing": "private"}, 2),
        ({"sharing": "coach"}, 0),
        ({"until": "2001-01-01"}, 0),
        ({"since": "2001-01-01"}, 2),
        ({"since": "yesterday", "kind": "nonsense", "course": "x", "page": "99"}, 2),
    ],
)
def test_what_is_looked_for_is_found(client_of, teacher, written, wish, found):
    page = client_of(teacher).get(JOURNAL, wish)
    assert len(asked(page)) == found
    assert found or b"Nothing fits that" in page.content


def test_a_course_narrows_it(client_of, teacher, written):
    other = enrolling.enroll(person=teacher, course=factories.make_course("Another"))
    write_many(other, 1)
    assert asked(client_of(teacher).get(JOURNAL, {"course": str(other.course_key)})) == ["Question 0?"]


def test_two_hundred_entries_cost_as_many_queries_as_two(client_of, teacher, written, enrollment):
    client = client_of(teacher)
    client.get(JOURNAL)
    with CaptureQueriesContext(connection) as few:
        client.get(JOURNAL)
    write_many(enrollment, 200)
    with CaptureQueriesContext(connection) as many:
        page = client.get(JOURNAL)
    assert len(many) == len(few) <= 9
    assert len(asked(page)) == 20
    assert b"202 entries" in page.content
    with CaptureQueriesContext(connection) as searched:
        assert len(asked(client.get(JOURNAL, {"q": "Question 150?"}))) == 1
    assert len(searched) <= 10


def test_nobody_elses_words_are_in_it(client_of, teacher, building, course, written):
    Reflection.objects.update(sharing="building")
    colleague = client_of(factories.make_teacher(building))
    assert asked(colleague.get(JOURNAL)) == []
    assert b"Nothing written yet" in colleague.get(JOURNAL).content
    for kind in ("json", "md"):
        assert b"river" not in colleague.get(EXPORT, {"as": kind}).content
    assert b"river" not in colleague.get(reverse("courses:journal_on_paper")).content


def test_it_is_taken_along_as_data_with_all_versions(client_of, teacher, written):
    reflecting.save(
        enrollment=written.enrollment,
        module_key=written.module_key,
        block_id=written.block_id,
        text="Low now.",
        based_on=1,
        keep_earlier=True,
    )
    taken = json.loads(client_of(teacher).get(EXPORT, {"as": "json"}).content)
    assert [entry["text"] for entry in taken["reflections"]] == ["Low now."]
    assert [version["why"] for version in taken["reflections"][0]["versions"]] == ["earlier"]
    assert taken["action_steps"][0]["how_it_went"] == "We walked to the **bank**."


def test_it_is_taken_along_as_text_and_on_paper_as_far_as_it_was_looked_for(client_of, teacher, written):
    client = client_of(teacher)
    text = client.get(EXPORT, {"as": "md", "kind": "action"}).content.decode()
    assert "### Try one thing." in text
    assert "I did it" in text
    assert "river" not in text
    paper = client.get(reverse("courses:journal_on_paper"), {"q": "river"}).content
    assert b"<em>river</em>" in paper
    assert b"bank" not in paper


def test_all_of_it_is_taken_along_with_ones_own_notes_and_what_was_looked_for_without(
    client_of, teacher, building, written
):
    at = {"module_key": written.module_key, "block_id": written.block_id}
    noting.note(enrollment=written.enrollment, **at, text="My father's question.", quote="who was asked")
    client, paper = client_of(teacher), reverse("courses:journal_on_paper")
    assert b"with your notes and highlights" in client.get(JOURNAL).content
    assert "> who was asked\n\nMy father's question." in client.get(EXPORT).content.decode()
    (note,) = client.get(EXPORT, {"as": "json"}).json()["notes"]
    assert note["passage"]["quote"] == "who was asked"
    assert b"father" in client.get(paper).content
    pdf = pikepdf.open(io.BytesIO(client.get(EXPORT, {"as": "pdf"}).content))
    parts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary)]
    assert any(part.get("/S") == "/BlockQuote" for part in parts)
    assert client.get(EXPORT, {"as": "json", "q": "river"}).json()["notes"] == []
    assert b"father" not in client.get(paper, {"q": "river"}).content
    other = client_of(factories.make_teacher(building))
    assert other.get(EXPORT, {"as": "json"}).json()["notes"] == []
    assert b"father" not in other.get(paper).content


def test_it_is_taken_along_as_a_tagged_document_in_any_script(client_of, teacher, written, enrollment):
    write_many(
        enrollment, 2, text="سألت **ثلاث** عائلات.\n\n1. واحد\n2. اثنان\n\n我们问了 [她](https://x.org)"
    )
    answer = client_of(teacher).get(EXPORT, {"as": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    pdf = pikepdf.open(io.BytesIO(answer.content))
    with pdf.open_metadata() as metadata:
        assert metadata.get("pdfuaid:part") == "1"
    assert str(pdf.docinfo.Title) == "Journal of Lucía García"


def test_deleting_from_the_journal_says_what_it_does_and_comes_back(client_of, teacher, enrollment, written):
    client = client_of(teacher)
    at = [enrollment.pk, written.module_key, written.block_id]
    url = f"{reverse('courses:reflection_deletion', args=at)}?from=journal"
    assert b"that part is open again" in client.get(url).content
    enrollment.modules.filter(module_key=written.module_key).update(completed_at=timezone.now())
    assert b"is done and stays done" in client.get(url).content
    assert client.post(url).url == reverse("courses:journal")
    assert Commitment.objects.exists()
    assert not Reflection.objects.exists()


def test_an_entry_deleted_in_another_tab_is_left_out(teacher, written):
    keys = list(journal.found(teacher))
    written.delete()
    assert [entry.kind for entry in journal.opened(teacher, keys)] == ["action"]


def test_what_is_typed_is_shown_as_it_will_be_read_and_not_kept(client_of, teacher):
    answer = client_of(teacher).post(reverse("courses:reading"), {"text": "**So** <b>\n- x"})
    assert answer.content.decode().startswith('<p dir="auto"><strong>So</strong> &lt;b&gt;</p><ul')
    assert not Reflection.objects.exists()
