"""Meetings: planned, moved, called off, held; their agenda, minutes, attendance, and who hears of what."""

import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from engagements import agenda, attending, dating, joining, meeting, minuting
from engagements.models import Engagement, EngagementFile, Meeting, Member
from notices import calendars
from notices.models import Notice
from roster.models import AuditEntry
from tests import factories
from tests.engagements import making

ROUNDS = [
    {"title": "Notice", "minutes": 5, "say": "Only what you see."},
    {"title": "Wonder", "minutes": 10, "say": "Now ask."},
]


@pytest.fixture
def version(db):
    """A protocol of one step, held as a meeting in two rounds."""
    step = making.step(making.prompt(id_="seen"), id_="look", rounds=ROUNDS, facilitation="<p>Wait.</p>")
    return making.make_version(making.phase(step))


@pytest.fixture
def planned(engagement, lead, maria):
    """A meeting of tomorrow, with the step's rounds."""
    return plan(engagement, lead, step=engagement.protocol_version.plan.step("look"))


@pytest.fixture
def held(engagement, lead, maria):
    """A meeting that took place today."""
    found = plan(engagement, lead, days=0)
    meeting.hold(meeting=found)
    return found


def plan(engagement, by, *, days=1, **more):
    """Plan one, ``days`` from now."""
    at = timezone.now() + datetime.timedelta(days=days)
    words = {"title": "We look", "starts_at": at, "minutes_long": 60, "place": "Library"}
    return meeting.plan(engagement=engagement, by=by, **words, **more)


def change(planned, by, **other):
    """Change one thing of a meeting."""
    names = ("title", "starts_at", "minutes_long", "place")
    return meeting.change(meeting=planned, by=by, **{name: getattr(planned, name) for name in names} | other)


def url(name, row, *args):
    """An address of a meeting."""
    return reverse(f"engagements:{name}", args=[row.engagement_id, row.pk, *args])


def page_of(response):
    """What a page says."""
    return unescape(response.content.decode())


def told(person):
    """The titles that a person was told of meetings, the last last."""
    keys = Notice.objects.filter(person=person, key__startswith="meeting:").order_by("pk")
    return list(keys.values_list("title", flat=True))


def test_the_rounds_of_a_step_become_the_agenda(planned):
    assert [(item.title, item.minutes_long, item.say) for item in planned.agenda.all()] == [
        ("Notice", 5, "Only what you see."),
        ("Wonder", 10, "Now ask."),
    ]


def test_all_but_who_planned_it_are_told(planned, maria, coach, principal):
    assert len(told(maria.person)) == len(told(coach)) == 1
    assert told(principal) == []


def test_nobody_is_told_of_what_is_past_but_of_what_was_to_come_and_is_past_now(planned, lead, maria):
    plan(planned.engagement, lead, days=-2)
    assert len(told(maria.person)) == 1
    yesterday = planned.starts_at - datetime.timedelta(days=2)
    change(planned, lead, starts_at=yesterday)
    change(planned, lead, place="Gym")
    assert len(told(maria.person)) == 2


def test_a_guest_is_told_of_no_meeting(engagement, lead, coach, building):
    person = factories.make_teacher(building)
    joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, person=person)
    plan(engagement, lead)
    assert told(person) == []


def test_moving_tells_once_for_each_change_and_back_again_too(planned, lead, maria):
    first = planned.starts_at
    later = first + datetime.timedelta(hours=2)
    change(planned, lead, starts_at=later)
    change(planned, lead, starts_at=later)
    change(planned, lead, starts_at=first)
    assert len(told(maria.person)) == 3
    assert "moved" in told(maria.person)[-1]


def test_another_title_alone_tells_nobody(planned, lead, maria):
    change(planned, lead, title="We look again")
    assert len(told(maria.person)) == 1


def test_calling_off_twice_tells_once_and_ends_it(planned, lead, maria):
    meeting.call_off(meeting=planned, by=lead)
    meeting.call_off(meeting=planned, by=lead)
    assert len(told(maria.person)) == 2
    with pytest.raises(meeting.Settled):
        change(planned, lead, place="Gym")


def test_what_has_not_come_was_not_held(planned):
    with pytest.raises(meeting.NotYet):
        meeting.hold(meeting=planned)


def test_what_was_held_is_not_called_off(held, lead):
    with pytest.raises(meeting.Settled):
        meeting.call_off(meeting=held, by=lead)


def entry(person):
    """The one entry of a person's calendar, as a calendar program reads it."""
    [event] = Calendar.from_ical(calendars.write(calendars.make_feed(person=person))).events
    return event


def test_a_calendar_has_a_meeting_with_its_end_and_place_as_it_moves(planned, lead, maria):
    later = planned.starts_at.replace(microsecond=0) + datetime.timedelta(hours=2)
    change(planned, lead, starts_at=later, minutes_long=45, place="Gym")
    found = entry(maria.person)
    assert (str(found["summary"]), str(found["location"]), found["transp"]) == ("We look", "Gym", "OPAQUE")
    assert found.decoded("dtstart") == later
    assert found.decoded("dtend") == later + datetime.timedelta(minutes=45)


def test_a_calendar_says_that_a_meeting_is_called_off_until_its_time_is_past(planned, lead, maria):
    meeting.call_off(meeting=planned, by=lead)
    found = entry(maria.person)
    said = (str(found["summary"]), found["status"], found["transp"])
    assert said == ("Called off: We look", "CANCELLED", "TRANSPARENT")
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(minutes=1))
    assert list(dating.dates_of(maria.person)) == []


def test_what_was_planned_in_work_that_ended_leaves_the_calendar_and_what_was_held_stays(
    planned, held, engagement, maria
):
    Engagement.objects.update(state=Engagement.State.STOPPED, closed_at=timezone.now())
    assert [date.uid for date in dating.dates_of(maria.person)] == [f"meeting-{held.pk}"]


def test_neither_calendar_nor_notice_tells_of_a_confidential_meeting(building, coach, principal):
    version = making.make_version(confidential=True)
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    plan(engagement, making.member_of(engagement, coach))
    [date] = dating.dates_of(principal)
    notice = Notice.objects.get(person=principal, key__startswith="meeting")
    said = f"{date.title} {date.words} {date.place} {notice.body}"
    assert "look" not in said
    assert "Library" not in said


def test_points_change_places_and_stay_at_an_end(planned):
    first, second = planned.agenda.all()
    agenda.move(first, earlier=True)
    agenda.move(second, earlier=True)
    third = agenda.add(meeting=planned, title="Close", minutes_long=5)
    agenda.move(third, earlier=True)
    assert [item.title for item in planned.agenda.all()] == ["Wonder", "Close", "Notice"]


def test_attendance_is_corrected_and_every_correction_is_in_the_log(held, lead, maria):
    attending.note(meeting=held, by=lead, minutes={maria: 60, lead: 0})
    attending.note(meeting=held, by=lead, minutes={maria: 45, lead: 0})
    assert held.attendance.get(member=maria).minutes_there == 45
    logged = AuditEntry.objects.filter(action="noted attendance")
    assert logged.count() == 2
    assert logged.order_by("pk").last().details["minutes"] == [{"member": maria.pk, "before": 60, "now": 45}]


def test_nobody_attends_what_was_not_held(planned, lead, maria):
    with pytest.raises(attending.NotHeld):
        attending.note(meeting=planned, by=lead, minutes={maria: 60})


def test_a_form_plans_a_meeting_from_a_step(client_of, engagement, principal):
    sent = {"step": "look", "title": "Together", "day": "2027-03-02", "time": "15:30", "minutes_long": "45"}
    client_of(principal).post(reverse("engagements:meeting_new", args=[engagement.pk]), sent)
    found = engagement.meetings.get()
    assert timezone.localtime(found.starts_at).isoformat() == "2027-03-02T15:30:00-08:00"
    assert found.agenda.count() == 2


def test_members_read_the_agenda_without_what_the_facilitator_says(client_of, planned, maria):
    page = page_of(client_of(maria.person).get(url("meeting", planned)))
    assert "Notice" in page
    assert "Only what you see." not in page
    assert "Facilitate it" not in page


def test_rounds_are_facilitated_one_at_a_time(client_of, planned, principal, coach):
    page = page_of(client_of(principal).get(url("facilitate", planned, 1)))
    assert "Only what you see." in page
    assert "5 minutes" in page
    assert "Wait." not in page
    assert "Wait." in page_of(client_of(coach).get(url("facilitate", planned, 2)))
    assert client_of(coach).get(url("facilitate", planned, 3)).status_code == 404


def test_who_was_there_is_noted_by_a_form_and_exported(client_of, held, lead, maria, principal):
    maria.person.preferred_name = "=Maria"
    maria.person.save()
    client = client_of(principal)
    client.post(url("attendance", held), {f"minutes-{maria.pk}": "60", f"minutes-{lead.pk}": ""})
    page = page_of(client.get(reverse("engagements:hours", args=[held.engagement_id])))
    assert "1.0" in page
    file = client.get(reverse("engagements:hours_csv", args=[held.engagement_id])).content.decode()
    assert "'=Maria" in file


@pytest.mark.parametrize("minutes", ["-5", "721", "1.5", "9999999", "many", "²"])
def test_minutes_that_are_none_are_refused(client_of, held, maria, principal, minutes):
    response = client_of(principal).post(url("attendance", held), {f"minutes-{maria.pk}": minutes})
    assert response.status_code == 422
    assert not held.attendance.exists()


def test_once_the_work_has_ended_its_meetings_are_a_record(client_of, planned, principal):
    engagement = planned.engagement
    type(engagement).objects.filter(pk=engagement.pk).update(state="closed", closed_at=timezone.now())
    client = client_of(principal)
    assert client.get(url("meeting", planned)).status_code == 200
    assert client.get(url("meeting_change", planned)).status_code == 404
    asked = minuting.minutes_of(planned).id
    assert client.post(url("minutes", planned, asked), {"text": "Late"}).status_code == 404


def test_a_meetings_page_costs_the_same_for_any_number(client_of, held, lead, maria, principal):
    client = client_of(principal)
    attending.note(meeting=held, by=lead, minutes={maria: 60})
    client.get(url("meeting", held))
    with CaptureQueriesContext(connection) as few:
        client.get(url("meeting", held))
    for title in ("One", "Two", "Three"):
        agenda.add(meeting=held, title=title, minutes_long=5)
        EngagementFile.objects.create(engagement=held.engagement, meeting=held, name=title, by=lead)
    attending.note(meeting=held, by=lead, minutes={lead: 60})
    with CaptureQueriesContext(connection) as many:
        client.get(url("meeting", held))
    assert len(few) == len(many) <= 11
