"""The pages of an engagement: what each shows to whom, and what a form without script does."""

import json
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from engagements import answering, joining, presence
from engagements.models import Answer, Engagement, Member, PrivateNote, Voice
from tests import factories
from tests.engagements import making

SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def nobody_is_here():
    """Presence lives in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def everything(building, coach, principal):
    """An engagement whose one step asks in every way."""
    options = [{"id": "go", "title": "Go on"}, {"id": "stop", "title": "Stop"}]
    columns = [
        {"id": "what", "title": "What", "kind": "text", "choices": []},
        {"id": "when", "title": "When", "kind": "date", "choices": []},
        {"id": "who", "title": "Who", "kind": "choice", "choices": ["Staff", "Families"]},
    ]
    late = {"steps": 5, "low": "Not yet", "high": "Always", "moment": "late", "pair": "early"}
    step = making.step(
        making.prompt(id_="seen", minimum_words=3, help="<p>Look at all of it.</p>"),
        making.prompt("table", id_="table", columns=columns),
        making.prompt("scale", id_="early", **(late | {"moment": "early", "pair": "late"})),
        making.prompt("scale", id_="late", **late),
        making.prompt("choice", id_="choice", options=options, several=True),
        making.prompt(
            "decision", id_="decision", options=options, reasons=True, conditions=True, review_on=True
        ),
        making.prompt("agreement", id_="norms"),
        making.prompt("voices", id_="voices", least=1),
        id_="look",
        title="Look closely",
        guidance="<p>Read it aloud.</p>",
        norms="<p>One speaks.</p>",
        example="<p>Algebra.</p>",
        facilitation="<p>Wait for silence.</p>",
        rounds=[{"title": "Round one", "minutes": 5, "say": "Notice."}],
    )
    version = making.make_version(making.phase(step, making.step(id_="after")), private_notes=True)
    return making.make_engagement(building, version=version, coach=coach, lead=principal)


def step_url(engagement, step="look"):
    """The step's page."""
    return reverse("engagements:step", args=[engagement.pk, step])


def answer_url(engagement, prompt="seen"):
    """Where a prompt is saved."""
    return reverse("engagements:answer", args=[engagement.pk, prompt])


def words_of(response):
    """What a page says."""
    return unescape(response.content.decode())


def test_my_list_says_where_i_sit_and_what_is_next(client_of, engagement, principal):
    page = words_of(client_of(principal).get(reverse("engagements:list")))
    assert "Who gets into algebra" in page
    assert "Next: Look closely" in page


def test_who_is_in_no_team_is_told_how_it_begins(client_of, teacher):
    assert "You are in no team yet" in words_of(client_of(teacher).get(reverse("engagements:list")))


def test_the_list_costs_the_same_however_much_there_is(client_of, engagement, building, coach):
    client, url = client_of(coach), reverse("engagements:list")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(4):
        making.make_engagement(building, coach=coach)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many) <= 6


def test_a_step_asks_in_every_way_within_twelve_queries(client_of, everything, principal):
    client, url = client_of(principal), step_url(everything)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        page = words_of(client.get(url))
    assert len(captured) <= 12, [row["sql"] for row in captured]
    for words in ("Read it aloud", "One speaks", "Algebra", "Round one", "Go on", "Always", "I agree"):
        assert words in page
    assert "Wait for silence" not in page


def test_the_overview_costs_the_same_however_many_steps_and_members(
    client_of, everything, principal, building
):
    client, url = client_of(principal), reverse("engagements:show", args=[everything.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(5):
        person = factories.make_teacher(building)
        joining.add(engagement=everything, by=principal, role=Member.Role.MEMBER, person=person)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many) <= 12


def test_the_coach_alone_reads_the_facilitation_notes(client_of, everything, coach):
    assert "Wait for silence" in words_of(client_of(coach).get(step_url(everything)))


def test_a_form_saves_and_comes_back_to_its_prompt(client_of, engagement, principal):
    client = client_of(principal)
    response = client.post(answer_url(engagement), {"text": "Few girls.", "based_on": "0"})
    assert response.url.endswith("#prompt-seen")
    assert "Few girls." in words_of(client.get(response.url))


def test_without_script_two_texts_are_shown_to_choose_from(client_of, engagement, principal, maria):
    lead, member = client_of(principal), client_of(maria.person)
    lead.post(answer_url(engagement), {"text": "We ask families.", "based_on": "0"})
    lead.post(answer_url(engagement), {"text": "We hear families.", "based_on": "1"})
    response = member.post(answer_url(engagement), {"text": "We pay families.", "based_on": "1"})
    assert response.status_code == 409
    assert "We hear families." in words_of(response)
    assert "We pay families." in words_of(response)
    member.post(answer_url(engagement), {"text": "We pay families.", "based_on": "2"})
    assert Answer.objects.get().value == {"text": "We pay families."}


def test_a_script_hears_what_was_merged(client_of, engagement, principal, maria):
    lead, member = client_of(principal), client_of(maria.person)
    lead.post(answer_url(engagement), {"text": "Few girls. Nobody asks.", "based_on": "0"})
    lead.post(answer_url(engagement), {"text": "Few girls in grade 8. Nobody asks.", "based_on": "1"})
    base = json.dumps({"text": ["Few girls. Nobody asks."]})
    sent = {"text": "Few girls. Nobody asks why.", "based_on": "1", "base": base}
    answer = member.post(answer_url(engagement), sent, **SCRIPT).json()
    assert answer["merged"]
    assert answer["fields"] == {"text": ["Few girls in grade 8. Nobody asks why."]}


def test_a_script_gets_both_texts_where_they_overlap(client_of, engagement, principal, maria):
    lead, member = client_of(principal), client_of(maria.person)
    lead.post(answer_url(engagement), {"text": "We ask families.", "based_on": "0"})
    lead.post(answer_url(engagement), {"text": "We hear families.", "based_on": "1"})
    response = member.post(answer_url(engagement), {"text": "We pay families.", "based_on": "1"}, **SCRIPT)
    assert response.status_code == 409
    assert response.json()["current"]["lines"] == ["We hear families."]
    assert response.json()["mine"] == ["We pay families."]


@pytest.mark.parametrize("base", ["", "[]", "null", '{"text": "x"}', '{"text": [1, null]}', "{"])
def test_whatever_a_script_says_of_its_beginning_nothing_breaks(client_of, engagement, principal, base):
    sent = {"text": "Few girls.", "based_on": "0", "base": base}
    assert client_of(principal).post(answer_url(engagement), sent, **SCRIPT).status_code == 200


def test_a_page_hears_what_others_changed_and_who_is_here(client_of, engagement, principal, maria, text):
    answering.save(member=maria, prompt=text, fields={"text": ["Few girls."]}, based_on=0)
    presence.note(member=maria, step_id="look", prompt_id="seen")
    url = reverse("engagements:step_now", args=[engagement.pk, "look"])
    said = client_of(principal).get(url, {"have": "seen:0", "at": "seen"}).json()
    assert said["changed"]["seen"]["fields"] == {"text": ["Few girls."]}
    assert "Maria Solano is writing" in said["here"]
    assert client_of(principal).get(url, {"have": "seen:1"}).json()["changed"] == {}


def test_versions_say_who_wrote_what_and_bring_it_back(client_of, engagement, principal, maria, text):
    answering.save(member=maria, prompt=text, fields={"text": ["Few girls."]}, based_on=0)
    answering.save(member=maria, prompt=text, fields={"text": ["Nobody."]}, based_on=1)
    client, url = client_of(principal), reverse("engagements:versions", args=[engagement.pk, "seen"])
    page = words_of(client.get(url))
    assert "Few girls." in page
    assert "Maria Solano" in page
    first = Answer.objects.get().versions.get(number=1)
    client.post(url, {"version": first.pk})
    assert Answer.objects.get().value == {"text": "Few girls."}


def test_every_kind_of_prompt_keeps_what_its_form_sends(client_of, everything, principal):
    client = client_of(principal)
    sent = {
        "table": {
            "row": "r1",
            "cell-r1-what": "Ask",
            "cell-r1-when": "2027-03-01",
            "cell-r1-who": "Families",
        },
        "early": {"mark": "2"},
        "choice": {"choice": ["go"]},
        "decision": {"choice": "go", "reasons": "Because.", "review_on": "2027-05-01"},
    }
    for prompt, fields in sent.items():
        assert client.post(answer_url(everything, prompt), {**fields, "based_on": "0"}).status_code == 302
    page = words_of(client.get(step_url(everything)))
    for words in (
        "Ask</textarea>",
        "2027-03-01",
        '<option value="Families" selected>Families',
        "Because.",
        "At the beginning: 2",
    ):
        assert words in page


def test_who_looks_on_reads_and_has_no_form(client_of, everything, district_admin, principal):
    client_of(principal).post(answer_url(everything), {"text": "Few girls here.", "based_on": "0"})
    page = words_of(client_of(district_admin).get(step_url(everything)))
    assert "Few girls here." in page
    assert "data-shared" not in page
    assert "We are done here" not in page


def test_agreeing_is_for_oneself_and_can_be_taken_back(client_of, everything, principal):
    client, url = client_of(principal), reverse("engagements:agreement", args=[everything.pk, "norms"])
    client.post(url)
    assert "Take my agreement back" in words_of(client.get(step_url(everything)))
    client.post(url, {"back": "1"})
    assert not everything.agreements.exists()


def test_a_step_with_open_prompts_is_not_done_and_says_which(client_of, everything, principal):
    url = reverse("engagements:step_done", args=[everything.pk, "look"])
    response = client_of(principal).post(url)
    assert response.url.endswith("#finish")
    said = client_of(principal).get(response.url)
    assert "questions have no whole answer yet" in words_of(said)
    assertContains(said, 'href="#prompt-seen"')
    assertContains(said, "everybody in the team has to agree")


def test_a_step_is_done_and_opened_again(client_of, everything, principal):
    client, url = client_of(principal), reverse("engagements:step_done", args=[everything.pk, "after"])
    client.post(url)
    assert Engagement.objects.get().progress == 50
    client.post(url, {"again": "1"})
    assert Engagement.objects.get().progress == 0


def test_a_private_note_is_seen_by_its_writer_alone(client_of, everything, principal, coach):
    url = reverse("engagements:note", args=[everything.pk, "look"])
    client_of(principal).post(url, {"text": "I am not sure.", "based_on": "0"})
    assert "I am not sure." in words_of(client_of(principal).get(step_url(everything)))
    assert "I am not sure." not in words_of(client_of(coach).get(step_url(everything)))


def test_two_tabs_of_one_note_are_both_shown(client_of, everything, principal):
    client, url = client_of(principal), reverse("engagements:note", args=[everything.pk, "look"])
    client.post(url, {"text": "One.", "based_on": "0"})
    response = client.post(url, {"text": "Another.", "based_on": "0"})
    assert response.status_code == 409
    assert "One." in words_of(response)
    assert "Another." in words_of(response)
    assert PrivateNote.objects.get().text == "One."


def test_a_voice_is_written_down_changed_and_taken_out(client_of, everything, principal):
    client = client_of(principal)
    new = reverse("engagements:voice_new", args=[everything.pk, "voices"])
    words = {"who": "Rosa", "group": "Families", "said": "Nobody asked.", "consent": "team"}
    words |= {"attribution": "none", "language": "es"}
    client.post(new, words)
    voice = Voice.objects.get()
    url = reverse("engagements:voice", args=[everything.pk, "voices", voice.pk])
    client.post(url, words | {"changed": "We ask first.", "based_on": "1"})
    assert "We ask first." in words_of(client.get(step_url(everything)))
    assert client.post(url, words | {"said": "Other", "based_on": "1"}).status_code == 409
    client.post(reverse("engagements:voice_deletion", args=[everything.pk, "voices", voice.pk]))
    assert not Voice.objects.exists()


def test_a_guest_reads_no_other_voice(client_of, building, coach):
    voices = making.prompt("voices", id_="voices", least=1)
    version = making.make_version(making.phase(making.step(voices, id_="ask", for_roles=["guest", "lead"])))
    engagement = making.make_engagement(
        building, version=version, coach=coach, lead=factories.make_principal(building)
    )
    lead = engagement.members.get(role="lead")
    engagement.voices.create(prompt_id="voices", written_by=lead, group="Families", said="Nobody asked.")
    guest = factories.make_teacher(building)
    joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, person=guest)
    assert "Nobody asked." not in words_of(client_of(guest).get(step_url(engagement, "ask")))


def test_people_are_found_in_the_district_and_brought_in(client_of, engagement, principal, building):
    person = factories.make_teacher(building, first_name="Tavita", last_name="Leota")
    factories.make_teacher(factories.BuildingFactory(), first_name="Tavita", last_name="Elsewhere")
    client, url = client_of(principal), reverse("engagements:members", args=[engagement.pk])
    page = words_of(client.get(url, {"q": "tavita"}))
    assert "Leota" in page
    assert "Elsewhere" not in page
    client.post(reverse("engagements:member_new", args=[engagement.pk]), {"person": person.pk})
    assert engagement.members.filter(person=person).exists()


def test_somebody_without_an_account_is_added_by_name(client_of, engagement, principal):
    url = reverse("engagements:member_new", args=[engagement.pk])
    client_of(principal).post(url, {"name": "Rosa Peña", "role": "member"})
    assert engagement.members.get(person=None).called == "Rosa Peña"


def test_the_last_who_steers_cannot_leave(client_of, engagement, principal, coach):
    members = {member.person: member for member in engagement.members.all()}
    joining.leave(member=members[coach], by=principal)
    url = reverse("engagements:departure", args=[engagement.pk, members[principal].pk])
    assert "Somebody has to coach or lead it" in words_of(client_of(principal).post(url, follow=True))


def test_a_member_may_leave_and_take_nobody_else_out(client_of, engagement, maria, lead):
    client = client_of(maria.person)
    other = reverse("engagements:departure", args=[engagement.pk, lead.pk])
    assert client.post(other).status_code == 404
    client.post(reverse("engagements:departure", args=[engagement.pk, maria.pk]))
    maria.refresh_from_db()
    assert not maria.is_present


def test_closing_says_what_is_open_and_then_ends_it(client_of, engagement, principal, lead, text):
    client, url = client_of(principal), reverse("engagements:closing", args=[engagement.pk])
    assert "this is still open" in words_of(client.get(url))
    answering.save(member=lead, prompt=text, fields={"text": ["Few girls."]}, based_on=0)
    client.post(url, {"words": "Thank you."})
    assert "Thank you." in words_of(client.get(reverse("engagements:show", args=[engagement.pk])))
    assert client.post(answer_url(engagement), {"text": "More", "based_on": "1"}).status_code == 404


def test_an_administrator_sees_of_coaching_that_it_is_there(client_of, building, admin, coach, principal):
    version = making.make_version(confidential=True)
    engagement = making.make_engagement(
        building, version=version, coach=coach, lead=principal, about="My temper."
    )
    page = words_of(client_of(admin).get(reverse("engagements:show", args=[engagement.pk])))
    assert "its members' alone" in page
    assert "My temper." not in page


def test_a_newer_protocol_is_offered_and_taken(client_of, engagement, principal, lead, text):
    answering.save(member=lead, prompt=text, fields={"text": ["Kept."]}, based_on=0)
    phase = making.phase(making.step(making.prompt(id_="new")))
    making.make_version(phase, key=engagement.protocol_version.protocol_key, number=2)
    client, url = client_of(principal), reverse("engagements:renewal", args=[engagement.pk])
    assert "What do you see?" in words_of(client.get(url))
    page = words_of(client.post(url, follow=True))
    assert "Asked in the earlier version" in page
    assert "Kept." in page
