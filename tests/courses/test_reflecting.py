"""A reflection: never overwritten unseen, never lost, read by nobody it wasn't shared with."""

import datetime
import json
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import ModulePage
from courses import enrolling, reflecting
from courses.curricula import curriculum_of
from courses.models import Reflection, ReflectionVersion
from courses.scopes import reflections_visible_to
from roster.models import Position
from tests import factories


@pytest.fixture
def at(enrollment, first, prompt):
    """Where the prompt is."""
    return {"enrollment": enrollment, "module_key": first.key, "block_id": prompt}


@pytest.fixture
def url(enrollment, first, prompt):
    """Where it is saved."""
    return reverse("courses:reflection", args=[enrollment.pk, first.key, prompt])


def post_as_script(client, url, **sent):
    return client.post(url, sent, headers={"accept": "application/json"})


def test_a_stale_tab_never_overwrites_newer_words(at):
    reflecting.save(**at, text="Newer words.", based_on=0)
    reflecting.save(**at, text="Newer words, and more.", based_on=1)
    with pytest.raises(reflecting.Stale) as stale:
        reflecting.save(**at, text="From the old tab.", based_on=1)
    assert stale.value.current.text == "Newer words, and more."
    stored = Reflection.objects.get()
    assert (stored.text, stored.version) == ("Newer words, and more.", 2)
    assert [(kept.text, kept.why) for kept in stored.versions.all()] == [("From the old tab.", "set-aside")]


def test_a_refused_text_that_is_sent_again_is_set_aside_once(at):
    reflecting.save(**at, text="One.", based_on=0)
    for _ in range(2):
        with pytest.raises(reflecting.Stale):
            reflecting.save(**at, text="Another.", based_on=0)
    assert ReflectionVersion.objects.count() == 1


def test_saving_the_same_words_again_is_not_a_new_version(at):
    reflecting.save(**at, text="The same.", based_on=0)
    assert reflecting.save(**at, text="The same.", based_on=0).version == 1


def test_an_earlier_text_is_kept_once_in_ten_minutes(at):
    with time_machine.travel(timezone.now(), tick=False) as now:
        reflecting.save(**at, text="First.", based_on=0)
        reflecting.save(**at, text="Second.", based_on=1)
        assert not ReflectionVersion.objects.exists()
        now.shift(datetime.timedelta(minutes=11))
        reflecting.save(**at, text="Third.", based_on=2)
        reflecting.save(**at, text="Fourth.", based_on=3)
    assert [kept.text for kept in ReflectionVersion.objects.all()] == ["Second."]


def test_who_chooses_between_two_versions_loses_neither(at):
    reflecting.save(**at, text="Theirs.", based_on=0)
    with pytest.raises(reflecting.Stale):
        reflecting.save(**at, text="Mine.", based_on=0)
    reflecting.save(**at, text="Mine.", based_on=1, keep_earlier=True)
    assert Reflection.objects.get().text == "Mine."
    assert "Theirs." in {kept.text for kept in ReflectionVersion.objects.all()}


def test_restoring_an_earlier_text_keeps_the_present_one(at):
    reflection = reflecting.save(**at, text="Early.", based_on=0)
    reflection = reflecting.save(**at, text="Late.", based_on=1, keep_earlier=True)
    restored = reflecting.restore(version=reflection.versions.get(), based_on=2)
    assert (restored.text, restored.version) == ("Early.", 3)
    assert {kept.text for kept in restored.versions.all()} == {"Early.", "Late."}


def test_the_database_holds_no_readable_word(at):
    reflecting.save(**at, text="Nobody's business.", based_on=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM courses_reflection")
        assert "business" not in cursor.fetchone()[0]


def test_an_autosave_is_one_write(client_of, teacher, at, url):
    reflecting.save(**at, text="Some words are here.", based_on=0)
    client = client_of(teacher)
    with CaptureQueriesContext(connection) as asked:
        answer = post_as_script(client, url, text="Some words are here, and more.", based_on=1)
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    writes = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writes) == 1
    assert len(asked) <= 15


def test_a_script_is_told_of_a_conflict_with_both_texts(client_of, teacher, at, url):
    reflecting.save(**at, text="There already.", based_on=0)
    answer = post_as_script(client_of(teacher), url, text="Typed here.", based_on=0)
    assert answer.status_code == 409
    current, yours = answer.json()["current"], answer.json()["yours"]
    assert (current["fields"], yours) == ({"text": ["There already."]}, "Typed here.")


def test_without_a_script_a_conflict_is_a_page_to_choose_on(client_of, teacher, at, url):
    client = client_of(teacher)
    reflecting.save(**at, text="There already.", based_on=0)
    page = client.post(url, {"text": "Typed <b>here</b>.", "based_on": 0})
    assert page.status_code == 409
    assert b"There already." in page.content
    assert b"Typed &lt;b&gt;here&lt;/b&gt;." in page.content
    client.post(url, {"text": "Typed <b>here</b>.", "based_on": 1, "keep": 1})
    assert Reflection.objects.get().text == "Typed <b>here</b>."


def test_without_a_script_words_are_saved_by_the_button(client_of, teacher, url, enrollment, first):
    answer = client_of(teacher).post(url, {"text": "By hand.", "based_on": 0})
    assert answer.status_code == 302
    assert Reflection.objects.get().text == "By hand."
    page = client_of(teacher).get(reverse("courses:module", args=[enrollment.pk, first.key]))
    assert b"By hand." in page.content


@pytest.mark.parametrize("as_script", [True, False])
def test_a_text_too_long_comes_back_politely_and_whole(client_of, teacher, url, as_script):
    text = "long " * 40_000
    client = client_of(teacher)
    if as_script:
        answer = post_as_script(client, url, text=text, based_on=0)
        assert answer.json() == {"problem": "too-long", "limit": 20_000}
    else:
        answer = client.post(url, {"text": text, "based_on": 0})
        assert text.strip().encode() in answer.content
    assert answer.status_code == 413
    assert not Reflection.objects.exists()


def test_a_forged_prompt_is_not_found_and_nothing_is_stored(
    client_of, teacher, enrollment, first, second, check
):
    client = client_of(teacher)
    for module_key, block_id in [
        (first.key, "nonsense"),
        (first.key, str(uuid.uuid4())),
        (first.key, check.id),
        (second.key, first.blocks[1].id),
        (uuid.uuid4(), first.blocks[1].id),
    ]:
        url = reverse("courses:reflection", args=[enrollment.pk, module_key, block_id])
        assert client.post(url, {"text": "Hello", "based_on": 0}).status_code == 404
    assert not Reflection.objects.exists()


def test_words_on_a_prompt_that_editors_took_away_can_still_be_saved(at, first):
    reflecting.save(**at, text="Begun.", based_on=0)
    page = ModulePage.objects.get(pk=first.module.pk)
    page.body = page.body.stream_block.to_python([factories.text()])
    page.save()
    assert reflecting.save(**at, text="Begun, and gone on.", based_on=1).prompt == "What did you notice?"


def test_words_are_saved_while_the_course_is_away(at, course):
    reflecting.save(**at, text="Begun.", based_on=0)
    course.unpublish()
    assert reflecting.save(**at, text="Gone on.", based_on=1).version == 2


def test_deleting_opens_a_required_prompt_again_but_not_a_module_that_is_done(enrollment, at):
    reflection = reflecting.save(**at, text="Here.", based_on=0)
    assert enrollment.progress == 25
    reflecting.delete(reflection=reflection)
    enrollment.refresh_from_db()
    assert enrollment.progress == 0
    assert not Reflection.objects.exists()


def test_sharing_goes_only_as_far_as_the_prompt_offers(at, first, prompt):
    page = ModulePage.objects.get(pk=first.module.pk)
    raw = [dict(block) for block in page.body.raw_data]
    next(block for block in raw if block["id"] == prompt)["value"]["share"] = "coach"
    page.body = page.body.stream_block.to_python(raw)
    page.save()
    reflection = reflecting.save(**at, text="For my coach.", based_on=0)
    for forged in ("building", "everybody", ""):
        with pytest.raises(reflecting.NotOffered):
            reflecting.share(reflection=reflection, sharing=forged)
    reflecting.share(reflection=reflection, sharing="coach")
    assert Reflection.objects.get().sharing == "coach"
    reflecting.share(reflection=reflection, sharing="private")
    assert Reflection.objects.get().sharing == "private"


#: Who may read what somebody shared how: design, section 7. Strangers work elsewhere.
READERS = {
    "private": {"owner"},
    "coach": {"owner", "coach", "district_coach"},
    "building": {"owner", "coach", "district_coach", "principal", "colleague"},
}


@pytest.mark.parametrize("sharing", READERS)
def test_nobody_reads_what_was_not_shared_with_them(at, building, district, teacher, sharing, request):
    reflection = reflecting.save(**at, text="Mine.", based_on=0)
    Reflection.objects.update(sharing=sharing)
    elsewhere = factories.BuildingFactory(district=district)
    people = {
        "owner": teacher,
        "colleague": factories.make_teacher(building),
        "stranger": factories.make_teacher(elsewhere),
        "stranger_coach": factories.make_person(Position.Role.COACH, building=elsewhere),
        "district_coach": factories.make_person(Position.Role.COACH, district=district),
        "superuser": factories.PersonFactory(is_superuser=True, is_staff=True),
        **{
            name: request.getfixturevalue(name)
            for name in ["principal", "coach", "district_admin", "editor", "admin"]
        },
    }
    readers = {name for name, person in people.items() if reflection in reflections_visible_to(person)}
    assert readers == READERS[sharing]


def test_another_persons_reflection_does_not_exist(
    client_of, principal, building, at, enrollment, first, prompt
):
    reflecting.save(**at, text="Mine.", based_on=0)
    for person in (principal, factories.make_teacher(building)):
        client = client_of(person)
        for name in ("reflection", "reflection_sharing", "reflection_versions", "reflection_deletion"):
            url = reverse(f"courses:{name}", args=[enrollment.pk, first.key, prompt])
            assert client.post(url, {"text": "Forged", "based_on": 1}).status_code == 404
            assert client.get(url).status_code in (404, 405)
    assert Reflection.objects.get().text == "Mine."


def test_the_journal_finds_what_its_owner_wrote_and_nothing_else(client_of, teacher, building, course, at):
    reflecting.save(**at, text="The river was high.", based_on=0)
    Reflection.objects.update(sharing="building")
    other = enrolling.enroll(person=factories.make_teacher(building), course=course)
    module = curriculum_of(other).resolve(at["module_key"])
    reflecting.save(
        enrollment=other,
        module_key=module.key,
        block_id=at["block_id"],
        text="A colleague's river.",
        based_on=0,
    )
    Reflection.objects.update(sharing="building")
    client = client_of(teacher)
    found = client.get(reverse("courses:journal"), {"q": "RIVER"})
    assert b"The river was high." in found.content
    assert b"colleague" not in found.content
    assert b"Nothing fits that" in client.get(reverse("courses:journal"), {"q": "mountain"}).content
    exported = client.get(reverse("courses:journal_export"), {"as": "json"})
    assert [entry["text"] for entry in json.loads(exported.content)["reflections"]] == ["The river was high."]
    markdown = client.get(reverse("courses:journal_export"), {"as": "markdown"}).content.decode()
    assert "### What did you notice?" in markdown
