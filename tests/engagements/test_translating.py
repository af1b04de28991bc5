"""A member reads the protocol in their language; what the team writes hangs on one version."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from engagements import meeting, translating
from engagements.models import ProtocolVersion
from engagements.seats import Seat
from tests.engagements import making

COLUMNS = [
    {"id": "who", "title": "Who", "kind": "text"},
    {"id": "here", "title": "In this room?", "kind": "choice", "choices": ["Yes", "No"]},
]
COLUMNS_ES = [
    {"id": "who", "title": "Quién", "kind": "text"},
    {"id": "here", "title": "¿En esta sala?", "kind": "choice", "choices": ["Sí", "No está"]},
]


def phases(title, label, columns, rounds, *more):
    """One phase of one step with a table; ``more`` are further prompts."""
    table = making.prompt("table", "groups", label=label, columns=columns)
    step = making.step(table, *more, id_="whom", title=title, rounds=rounds)
    return {**making.phase(step, title=title), "id": "listen"}


@pytest.fixture
def version(db):
    """A protocol in English, with a Spanish translation of it."""
    english = making.make_version(
        phases("Whom it touches", "Whom?", COLUMNS, [{"title": "Look", "minutes": 5, "say": ""}])
    )
    structure = {
        "settings": making.SETTINGS,
        "phases": [
            phases("A quién le toca", "¿A quién?", COLUMNS_ES, [{"title": "Mirar", "minutes": 5, "say": ""}])
        ],
    }
    kept = {"protocol_key": english.protocol_key, "service": english.service, "title": "Mirar juntos"}
    ProtocolVersion.objects.create(**kept, language="es", number=1, structure=structure)
    return english


@pytest.fixture
def spanish_reader(client, maria):
    """A member who reads the site in Spanish, signed in."""
    maria.person.language = "es"
    maria.person.save()
    client.force_login(maria.person)
    return client


def page(client, engagement, name="step", *args) -> str:
    """A page of ``engagement``."""
    return client.get(reverse(f"engagements:{name}", args=[engagement.pk, *args])).content.decode()


def test_a_member_reads_the_steps_in_their_language(spanish_reader, engagement):
    read = page(spanish_reader, engagement, "step", "whom")
    assert "¿A quién?" in read and "Quién" in read and "Whom?" not in read
    assert '<option value="Yes">Sí</option>' in read
    shown = page(spanish_reader, engagement, "show")
    assert "A quién le toca" in shown and "Whom it touches" not in shown


def test_the_answer_hangs_on_the_same_prompt_and_each_reads_it_in_theirs(
    spanish_reader, engagement, lead, client
):
    url = reverse("engagements:answer", args=[engagement.pk, "groups"])
    said = {
        "row": "one",
        "cell-one-who": "Ruta 9",
        "cell-one-here": "Yes",
        "based_on": "0",
    }
    spanish_reader.post(url, said)
    answer = engagement.answers.get()
    assert (answer.prompt_id, answer.value["rows"][0]["cells"]["here"]) == ("groups", "Yes")
    engagement.protocol_version.refresh_from_db()
    assert '<option value="Yes" selected>Sí</option>' in page(spanish_reader, engagement, "step", "whom")
    client.force_login(lead.person)
    assert '<option value="Yes" selected>Yes</option>' in page(client, engagement, "step", "whom")


def test_who_only_reads_a_table_reads_its_answers_in_their_language(spanish_reader, engagement):
    url = reverse("engagements:answer", args=[engagement.pk, "groups"])
    said = {"row": "one", "cell-one-who": "Ella", "cell-one-here": "No", "based_on": "0"}
    spanish_reader.post(url, said)
    engagement.state, engagement.closed_at = "closed", engagement.opened_at
    engagement.save()
    assert "No está</td>" in page(spanish_reader, engagement, "step", "whom")


def test_a_step_whose_translation_asks_less_stays_as_it_is(spanish_reader, engagement, version):
    step = making.step(making.prompt(id_="another", label="¿Qué más?"), id_="whom", title="A quién le toca")
    structure = {"settings": making.SETTINGS, "phases": [making.phase(step)]}
    kept = {"protocol_key": version.protocol_key, "service": version.service, "title": "Mirar juntos"}
    ProtocolVersion.objects.create(**kept, language="es", number=2, structure=structure)
    read = page(spanish_reader, engagement, "step", "whom")
    assert "Whom?" in read and "¿Qué más?" not in read


def test_the_agenda_of_a_meeting_is_in_the_teams_words_whoever_plans_it(spanish_reader, engagement, maria):
    with translation.override("es"):
        step = Seat(engagement, maria).plan.step("whom")
        assert step.rounds[0].title == "Mirar"
        planned = meeting.plan(
            engagement=engagement,
            by=maria,
            title="Reunión",
            starts_at=timezone.now(),
            minutes_long=45,
            step=step,
        )
    assert [item.title for item in planned.agenda.all()] == ["Look"]


def test_a_reader_of_the_teams_language_costs_no_query_for_it(version, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert translating.plan_in(version, "en") == version.plan
    with django_assert_num_queries(1):
        assert translating.plan_in(version, "es").phases[0].title == "A quién le toca"
