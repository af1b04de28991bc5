"""Meetings that wait: for tomorrow, for a word whether they were held, for who was there; each told once."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses import sweeping
from engagements import attending, awaiting, desk, meeting
from engagements.models import Engagement, Meeting
from notices.models import Notice
from tests.engagements import making

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def past(lead, maria):
    """A meeting whose end is past by an hour; nobody has said a word of it."""
    return plan(lead, timezone.now() - 2 * HOUR)


def plan(by, at, **more):
    """Plan one and forget what was told of it."""
    words = {"title": "We look", "starts_at": at, "minutes_long": 60, "place": "Library"}
    found = meeting.plan(engagement=by.engagement, by=by, **words, **more)
    Notice.objects.all().delete()
    return found


def kinds_waiting(engagement):
    """What waits in an engagement."""
    return [one.kind for one in awaiting.waiting_in([engagement])]


def told():
    """Who was told what."""
    return sorted(Notice.objects.values_list("person__first_name", "title"))


def test_a_past_meeting_waits_until_it_is_held_and_then_for_who_was_there(past, engagement, lead, maria):
    assert kinds_waiting(engagement) == ["held"]
    meeting.hold(meeting=past)
    assert kinds_waiting(engagement) == ["attendance"]
    attending.note(meeting=past, by=lead, minutes={maria: 60})
    assert kinds_waiting(engagement) == []


def test_what_is_called_off_or_of_work_that_ended_or_still_runs_waits_for_nobody(past, engagement, lead):
    plan(lead, timezone.now() - HOUR / 2)
    meeting.call_off(meeting=past, by=lead)
    assert kinds_waiting(engagement) == []
    plan(lead, timezone.now() - 2 * HOUR)
    Engagement.objects.update(state=Engagement.State.STOPPED, closed_at=timezone.now())
    assert kinds_waiting(engagement) == []


def test_nobody_is_told_that_a_past_meeting_was_not_held(past, lead):
    meeting.call_off(meeting=past, by=lead)
    assert not Notice.objects.exists()


def test_it_is_on_the_coachs_desk_since_its_end(past, coach):
    [thing] = desk.desk_of(coach).waiting
    assert (thing.kind, thing.title, thing.since) == ("held", "We look", past.ends_at)
    assert thing.url == meeting.url_of(past)


def test_who_steers_sees_it_on_the_page_of_the_work_and_a_member_does_not(
    client_of, past, engagement, principal, maria
):
    page_url = reverse("engagements:show", args=[engagement.pk])
    assert "Was this meeting held?" in client_of(principal).get(page_url).content.decode()
    assert "Was this meeting held?" not in client_of(maria.person).get(page_url).content.decode()
    asked = "It was held: note who was there"
    assert asked in client_of(principal).get(meeting.url_of(past)).content.decode()
    assert asked not in client_of(maria.person).get(meeting.url_of(past)).content.decode()


def test_the_night_asks_who_steers_once_for_each_thing_that_waits(past, coach, principal):
    sweeping.nightly()
    sweeping.nightly()
    asked = told()
    assert [name for name, _ in asked] == sorted([coach.first_name, principal.first_name])
    assert all(title.startswith("Was the meeting held?") for _, title in asked)
    meeting.hold(meeting=past)
    sweeping.nightly()
    sweeping.nightly()
    assert Notice.objects.filter(title__startswith="Who was at").count() == 2
    assert Notice.objects.count() == 4


def test_what_waits_for_weeks_is_asked_no_more(past):
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(days=8))
    awaiting.ask()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("days", "heard"), [(0, 0), (1, 3), (2, 0)])
def test_the_team_is_reminded_the_day_before_and_only_once(lead, maria, days, heard):
    noon = timezone.localtime().replace(hour=23, minute=0)
    plan(lead, noon + datetime.timedelta(days=days))
    sweeping.nightly()
    sweeping.nightly()
    assert Notice.objects.filter(title__startswith="A meeting tomorrow").count() == heard


def test_nobody_is_reminded_of_what_was_called_off(lead, maria):
    planned = plan(lead, timezone.localtime() + datetime.timedelta(days=1))
    meeting.call_off(meeting=planned, by=lead)
    Notice.objects.all().delete()
    awaiting.remind()
    assert not Notice.objects.exists()


def test_a_confidential_meeting_is_told_without_its_title_or_place(building, coach, principal):
    version = making.make_version(confidential=True)
    team = making.make_engagement(building, version=version, coach=coach, lead=principal)
    by = making.member_of(team, coach)
    plan(by, timezone.localtime() + datetime.timedelta(days=1))
    plan(by, timezone.now() - 2 * HOUR)
    awaiting.remind()
    awaiting.ask()
    said = "".join(f"{row.title} {row.body}" for row in Notice.objects.all())
    assert "tomorrow" in said
    assert "held" in said
    assert "We look" not in said
    assert "Library" not in said


def test_the_desk_costs_the_same_however_many_meetings_wait(past, lead, coach):
    desk.desk_of(coach)  # what the coach may see is asked once
    with CaptureQueriesContext(connection) as few:
        desk.desk_of(coach)
    for _ in range(3):
        plan(lead, timezone.now() - 2 * HOUR)
    with CaptureQueriesContext(connection) as many:
        assert len(desk.desk_of(coach).waiting) == 4
    assert len(few) == len(many)
