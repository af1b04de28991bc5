"""What a team writes down of a meeting: notes at its points and minutes, by several at once, and on paper."""

import json
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagements import agenda, answering, meeting, minuting, printing_minutes
from engagements.kinds import KINDS
from engagements.minuting import WorkingMeeting
from engagements.models import Answer, AnswerVersion
from engagements.seats import Seat
from roster.models import Position
from tests import factories
from tests.engagements import making

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def begun(engagement, lead):
    """A meeting of today with one point."""
    found = plan(lead)
    agenda.add(meeting=found, title="Notice", minutes_long=10)
    return found


@pytest.fixture
def point(begun):
    """Its point."""
    found = begun.agenda.get()
    found.meeting = begun
    return found


def plan(by):
    """Plan a meeting of today."""
    return meeting.plan(
        engagement=by.engagement, by=by, title="We look", starts_at=timezone.now(), minutes_long=60
    )


def url(name, row, *args):
    """An address of a meeting."""
    return reverse(f"engagements:{name}", args=[row.engagement_id, row.pk, *args])


def write(client, row, asked, text, based_on=0, **more):
    """Send a text as a form does."""
    return client.post(url("minutes", row, asked.id), {"text": text, "based_on": based_on}, **more)


def page_of(response):
    """What a page says."""
    return unescape(response.content.decode())


def test_notes_of_members_stand_on_the_meetings_page_and_in_the_facilitators_view(
    client_of, begun, point, maria, principal
):
    write(client_of(maria.person), begun, minuting.notes_at(point), "Three forms were empty.")
    client = client_of(principal)
    assert "Three forms were empty." in page_of(client.get(url("meeting", begun)))
    assert "Three forms were empty." in page_of(client.get(url("facilitate", begun, 1)))


def test_who_facilitates_without_script_comes_back_to_the_round(client_of, begun, point, principal):
    asked = minuting.notes_at(point)
    sent = {"text": "Empty forms.", "based_on": "0"}
    response = client_of(principal).post(f"{url('minutes', begun, asked.id)}?round=1", sent)
    assert response.url == url("facilitate", begun, 1)


def test_what_two_wrote_in_the_minutes_is_merged(client_of, begun, maria, principal):
    asked = minuting.minutes_of(begun)
    write(client_of(maria.person), begun, asked, "We read three forms.")
    write(client_of(maria.person), begun, asked, "We read three forms aloud.", based_on=1)
    said = write(client_of(principal), begun, asked, "Today we read three forms.", based_on=1, **JSON).json()
    assert said["merged"]
    assert said["fields"]["text"] == ["Today we read three forms aloud."]


def test_minutes_that_change_the_same_words_are_both_on_the_page_and_kept(client_of, begun, maria, principal):
    asked = minuting.minutes_of(begun)
    client, other = client_of(principal), client_of(maria.person)
    write(other, begun, asked, "We saw.")
    write(other, begun, asked, "We found.", based_on=1)
    response = write(client, begun, asked, "We heard.", based_on=1)
    assert response.status_code == 409
    assert "We found." in page_of(response)
    assert "We heard." in page_of(response)
    assert "We heard." in page_of(client.get(url("minutes_versions", begun, asked.id)))


def test_an_earlier_version_of_the_minutes_comes_back(client_of, begun, principal):
    asked, client = minuting.minutes_of(begun), client_of(principal)
    write(client, begun, asked, "We saw.")
    write(client, begun, asked, "", based_on=1)
    first = AnswerVersion.objects.get(number=1)
    client.post(url("minutes_versions", begun, asked.id), {"version": first.pk})
    assert Answer.objects.get().value == {"text": "We saw."}


def test_a_script_hears_what_others_wrote_and_where_they_write(client_of, begun, point, maria, principal):
    notes = minuting.notes_at(point).id
    theirs = client_of(maria.person)
    write(theirs, begun, minuting.notes_at(point), "Empty forms.")
    theirs.get(url("meeting_now", begun), {"at": notes})
    said = client_of(principal).get(url("meeting_now", begun), {"have": f"{notes}:0"}).json()
    assert said["changed"][notes]["fields"] == {"text": ["Empty forms."]}
    assert "Maria" in said["here"]


def test_a_point_with_notes_stays_on_the_agenda(client_of, begun, point, lead, principal):
    asked = minuting.notes_at(point)
    answering.save(member=lead, prompt=asked, fields={"text": ["Empty."]}, based_on=0)
    client_of(principal).post(url("agenda_item", begun, point.pk), {"remove": "1"})
    assert begun.agenda.exists()
    with pytest.raises(agenda.HasNotes):
        agenda.remove(point)


def test_nobody_writes_of_a_meeting_that_was_called_off_and_what_was_written_is_read(
    client_of, begun, lead, principal
):
    asked, client = minuting.minutes_of(begun), client_of(principal)
    write(client, begun, asked, "We waited for Sione.")
    meeting.call_off(meeting=begun, by=lead)
    assert write(client, begun, asked, "More.", based_on=1).status_code == 404
    assert "We waited for Sione." in page_of(client.get(url("meeting", begun)))


def test_another_meetings_notes_are_not_here(client_of, begun, lead, principal):
    elsewhere = minuting.minutes_of(plan(lead))
    assert write(client_of(principal), begun, elsewhere, "Here?").status_code == 404


def test_minutes_are_no_answer_that_a_protocol_asked_earlier(client_of, begun, principal):
    client = client_of(principal)
    write(client, begun, minuting.minutes_of(begun), "We read three forms.")
    page = page_of(client.get(reverse("engagements:show", args=[begun.engagement_id])))
    assert "Asked in the earlier version" not in page


def test_minutes_are_printed_with_notes_and_who_was_there(client_of, begun, point, lead, principal):
    answering.save(
        member=lead, prompt=minuting.notes_at(point), fields={"text": ["Empty forms."]}, based_on=0
    )
    meeting.hold(meeting=begun)
    begun.attendance.create(member=lead, minutes_there=60, noted_by=lead)
    begun.attendance.create(
        member=begun.engagement.members.exclude(pk=lead.pk).get(), was_there=False, noted_by=lead
    )
    words = printing_minutes.minutes_words(WorkingMeeting(Seat(begun.engagement, lead), begun))
    assert words["points"] == [{"heading": "Notice", "lines": [{"text": "Empty forms.", "dir": "ltr"}]}]
    assert words["people"] == [f"{lead.called}, Lead, 60 minutes"]
    assert client_of(principal).get(url("minutes_pdf", begun)).content.startswith(b"%PDF")


class TestNoWordIsLost(TestCase):
    """Whatever two people write, in whatever order their saves come: each word stands or is kept."""

    @classmethod
    def setUpTestData(cls):
        building = factories.BuildingFactory()
        coach = factories.make_person(Position.Role.COACH, building=building)
        lead = factories.make_person(Position.Role.PRINCIPAL, building=building)
        team = making.make_engagement(building, coach=coach, lead=lead)
        cls.writers = [making.member_of(team, coach), making.member_of(team, lead)]
        cls.asked = minuting.minutes_of(plan(cls.writers[0]))

    # Who writes (0 or 1), where in their text (a share of it), and whether they take a word out first.
    @given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1), st.booleans()), min_size=2, max_size=8))
    def test_in_the_minutes(self, turns):
        texts, seen, written = ["", ""], [0, 0], set()
        for number, (who, place, takes_out) in enumerate(turns):
            words = texts[who].split()
            at = round(place * len(words))
            words[at : at + takes_out] = [f"word{number}"]
            written.add(f"word{number}")
            texts[who], seen[who] = self._save(self.writers[who], " ".join(words), seen[who])
        kept = [json.dumps(value) for value in AnswerVersion.objects.values_list("value", flat=True)]
        assert {word for word in written if any(word in text for text in kept)} == written

    def _save(self, writer, text, based_on):
        """Save; who meets another's words goes on from those."""
        try:
            saved = answering.save(
                member=writer, prompt=self.asked, fields={"text": [text]}, based_on=based_on
            ).answer
        except answering.Conflict as met:
            saved = met.current
        return KINDS[self.asked.kind].fields(self.asked, saved.value)["text"][0], saved.version
