"""Guests without an account: one step by a link, in their language, and their words stay theirs."""

import datetime
import logging
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagements import closing, inviting, joining
from engagements.models import GuestLink, ProtocolVersion, Voice
from notices.models import Notice
from tests.engagements import making

DOOR, PAGE = reverse("engagements:guest_door"), reverse("engagements:guest")
SAID = {"said": "Nobody asked us.", "group": "A mother", "consent": "report", "attribution": "group"}


@pytest.fixture(autouse=True)
def nothing_was_saved():
    """What a link may save is counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def version(db):
    """A protocol with a step of the team's, and one at which guests are asked."""
    asked = making.step(
        making.prompt("voices", "voices", label="What is it like?", least=1),
        making.prompt(id_="ours", label="What do we make of it?"),
        id_="ask",
        title="Your voice",
        for_roles=["lead", "member", "guest", "coach"],
    )
    return making.make_version(making.phase(making.step(making.prompt(id_="seen"), id_="look"), asked))


@pytest.fixture
def invited(lead, version):
    """A link for Rosa, in Spanish, with its address."""
    step = version.plan.step("ask")
    return inviting.invite(by=lead, step=step, language="es", days=7, name="Rosa Vega")


@pytest.fixture
def link(invited):
    """The link alone."""
    return invited[0]


@pytest.fixture
def guest(invited):
    """Rosa's phone, after she opened the link."""
    phone = Client()
    phone.post(DOOR, {"link": invited[1]})
    return phone


def words_of(response) -> str:
    """What a page says."""
    return unescape(response.content.decode())


def write_url(prompt="voices") -> str:
    """Where a guest's words are sent."""
    return reverse("engagements:guest_voice_new", args=[prompt])


def test_what_opens_a_link_is_in_no_row_and_no_log(invited, caplog):
    link, address = invited
    token = address.partition("#")[2]
    assert len(token) > 40
    assert token not in str(list(GuestLink.objects.values()))
    with caplog.at_level(logging.DEBUG):
        phone = Client()
        phone.post(DOOR, {"link": address})
        phone.get(PAGE)
        Client().post(DOOR, {"link": f"{address}x"})
    assert token not in caplog.text
    link.refresh_from_db()
    assert link.opened_at


def test_a_guest_reads_their_step_and_nothing_of_the_team(guest, engagement, lead):
    response = guest.get(PAGE)
    page = words_of(response)
    assert "What is it like?" in page
    assert "What do we make of it?" not in page
    assert "Who gets into algebra" not in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_guest_is_asked_in_their_language_where_the_protocol_is_in_it(guest, version):
    assert '<h1 lang="en"' in words_of(guest.get(PAGE))
    spanish = making.step(
        making.prompt("voices", "voices", label="¿Cómo es?", least=1), id_="ask", title="Su voz"
    )
    ProtocolVersion.objects.create(
        protocol_key=version.protocol_key,
        language="es",
        number=1,
        title="Mirar juntos",
        service=version.service,
        structure={"settings": making.SETTINGS, "phases": [making.phase(spanish)]},
    )
    page = words_of(guest.get(PAGE))
    assert "¿Cómo es?" in page
    assert '<html lang="es"' in page


def test_a_guest_writes_changes_and_takes_back(guest, lead):
    guest.post(write_url(), SAID)
    voice = Voice.objects.get()
    assert (voice.said, voice.language, voice.consent) == ("Nobody asked us.", "es", "report")
    assert Notice.objects.get(person=lead.person).url.endswith("/steps/ask/")
    assert "Nobody asked us." in words_of(guest.get(PAGE))
    change = reverse("engagements:guest_voice", args=[voice.pk])
    guest.post(change, {**SAID, "consent": "team", "based_on": "1"})
    assert guest.post(change, {**SAID, "consent": "public", "based_on": "1"}).status_code == 422
    voice.refresh_from_db()
    assert voice.consent == "team"
    assert guest.post(reverse("engagements:guest_voice_deletion", args=[voice.pk])).status_code == 302
    assert not Voice.objects.exists()


def test_who_is_to_be_named_gives_a_name(guest):
    assert guest.post(write_url(), {**SAID, "attribution": "named"}).status_code == 422
    assert not Voice.objects.exists()


def test_one_guest_never_reads_or_changes_anothers_words(guest, lead, version):
    guest.post(write_url(), SAID)
    voice = Voice.objects.get()
    _, address = inviting.invite(by=lead, step=version.plan.step("ask"), language="en", days=7, name="Kofi")
    other = Client()
    other.post(DOOR, {"link": address})
    assert "Nobody asked us." not in words_of(other.get(PAGE))
    for name in ("guest_voice", "guest_voice_deletion"):
        assert other.post(reverse(f"engagements:{name}", args=[voice.pk]), SAID).status_code == 404
    assert guest.post(write_url("ours"), SAID).status_code == 404


def test_a_link_that_is_revoked_too_old_or_whose_guest_left_opens_nothing(guest, invited, lead, version):
    link, address = invited
    ways = [
        lambda: inviting.revoke(link=link, by=lead),
        lambda: GuestLink.objects.update(
            revoked_at=None, expires_at=timezone.now() - datetime.timedelta(hours=1)
        ),
        lambda: (
            GuestLink.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1)),
            joining.leave(member=link.member, by=lead.person),
        ),
    ]
    for close in ways:
        close()
        assert guest.get(PAGE).status_code == 404
        assert guest.post(write_url(), SAID).status_code == 404
        assert Client().post(DOOR, {"link": address}).status_code == 422
    assert not Voice.objects.exists()


def test_after_the_end_nothing_new_is_written_and_words_are_still_taken_back(guest, engagement, principal):
    guest.post(write_url(), SAID)
    closing.stop(engagement=engagement, by=principal, words="Over")
    assert guest.post(write_url(), SAID).status_code == 422
    guest.post(reverse("engagements:guest_voice_deletion", args=[Voice.objects.get().pk]))
    assert not Voice.objects.exists()


def test_a_link_writes_no_more_than_a_person(link, version, monkeypatch):
    monkeypatch.setattr(inviting, "SAVES_LIMIT", 2)
    words = {"said": "One", "group": "A father"}
    prompt = version.plan.prompt("voices")
    for _ in range(2):
        inviting.write(link=link, prompt=prompt, words=words)
    with pytest.raises(inviting.TooMuch):
        inviting.write(link=link, prompt=prompt, words=words)


def test_the_team_says_what_changed_and_never_rewrites_a_guest(guest, client_of, principal, engagement):
    guest.post(write_url(), SAID)
    voice = Voice.objects.get()
    url = reverse("engagements:voice", args=[engagement.pk, "voices", voice.pk])
    client_of(principal).post(
        url, {**SAID, "said": "All is well.", "consent": "public", "changed": "We ask.", "based_on": "1"}
    )
    voice.refresh_from_db()
    assert (voice.said, voice.consent, voice.changed) == ("Nobody asked us.", "report", "We ask.")
    step = client_of(principal).get(reverse("engagements:step", args=[engagement.pk, "ask"]))
    assert "Written by themselves" in words_of(step)


def test_who_steers_makes_a_link_and_sees_its_address_once(client_of, principal, engagement, maria):
    client = client_of(principal)
    posted = {"name": "Kofi", "step": "ask", "language": "en", "days": "7"}
    made = words_of(client.post(reverse("engagements:link_new", args=[engagement.pk]), posted))
    assert f"{DOOR}#" in made
    page = words_of(client_of(maria.person).get(reverse("engagements:links", args=[engagement.pk])))
    assert "Kofi" in page
    assert "Not opened yet" in page
    assert f"{DOOR}#" not in page
    wrong = client.post(reverse("engagements:link_new", args=[engagement.pk]), {**posted, "step": "look"})
    assert wrong.status_code == 422


def test_opening_and_closing_a_page_each_begin_a_session_that_nobody_knew_before(invited):
    shared = Client()
    session = shared.session
    session["theme"] = "of who was here before"
    session.save()
    keys = [shared.cookies["sessionid"].value]
    shared.post(DOOR, {"link": invited[1]})
    keys.append(shared.cookies["sessionid"].value)
    left = shared.post(reverse("engagements:guest_leave"))
    keys.append(shared.cookies["sessionid"].value)
    assert len(set(keys)) == 3
    assert left["Clear-Site-Data"] == '"cache"'
    assert shared.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("shut", "words"),
    [
        ({"expires_at": datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)}, "Se abría hasta el"),
        ({"revoked_at": datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)}, "El equipo lo retiró."),
        ({"step_id": "no-more"}, "ya no es parte de este trabajo"),
    ],
)
def test_a_link_that_opens_nothing_says_why_in_its_own_language(guest, invited, shut, words):
    GuestLink.objects.update(**shut)
    for response in (guest.get(PAGE), Client().post(DOOR, {"link": invited[1]})):
        page = words_of(response)
        assert '<html lang="es"' in page
        assert words in page
    assert "ya no es parte" not in words_of(Client().post(DOOR, {"link": f"{invited[1]}x"}))


def test_a_link_that_is_full_says_so_and_offers_no_form(guest, link, version, monkeypatch):
    monkeypatch.setattr(inviting, "VOICES_LIMIT", 1)
    guest.post(write_url(), SAID)
    page = words_of(guest.get(PAGE))
    assert "Por este enlace ya no cabe nada más" in page
    assert f'action="{write_url()}"' not in page
    assert "Por este enlace ya no cabe nada más" in words_of(guest.post(write_url(), SAID))
    assert Voice.objects.count() == 1


def test_after_the_end_who_wrote_nothing_is_thanked_and_asked_for_nothing(guest, engagement, principal):
    closing.stop(engagement=engagement, by=principal, words="Over")
    page = words_of(guest.get(PAGE))
    assert "Gracias por venir" in page
    assert f'action="{write_url()}"' not in page


def test_a_guest_reads_arabic_from_right_to_left_with_nothing_left_in_english(guest, engagement):
    guest.post(write_url(), SAID)
    guest.get(PAGE)  # with the thanks, still in Spanish
    GuestLink.objects.update(language="ar")
    voice = Voice.objects.get()
    names = set(f"{engagement.place} Puget Sound ESD".split())
    own_words = ("guest_voice", "guest_voice_deletion")
    for url in (PAGE, *(reverse(f"engagements:{name}", args=[voice.pk]) for name in own_words)):
        page = words_of(guest.get(url))
        assert 'lang="ar" dir="rtl"' in page
        main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        main = re.sub(
            r'<(\w+)[^>]*lang="en".*?</\1>|<(blockquote|textarea).*?</\2>', "", main, flags=re.DOTALL
        )
        english = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", " ", main))) - names
        assert not english, url
