"""A person's calendar: private by its address, right in its days, and silent about what they wrote."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from courses import committing, enrolling
from courses.curricula import curriculum_of
from notices import calendars
from tests import factories


@pytest.fixture
def enrollment(teacher):
    """The teacher in a course that is due, with a step taken on in their own words."""
    course = factories.make_course(modules=1, title="Warm demands", body=[factories.action("Ask again.")])
    enrollment = enrolling.enroll(person=teacher, course=course)
    enrollment.due_on = datetime.date(2027, 3, 1)
    enrollment.save()
    curriculum = curriculum_of(enrollment)
    resolved = curriculum.resolve(curriculum.modules[0].key)
    committing.commit(
        enrollment=enrollment,
        module_key=resolved.key,
        block_id=resolved.blocks[0].id,
        due_on=timezone.localdate(),
        own_words="With Anh, before lunch.",
    )
    return enrollment


def _fetch(client, person):
    return client.get(calendars.address_of(person).split("://", 1)[-1].partition("/")[2].join(["/", ""]))


def test_it_holds_due_days_and_steps_and_nothing_that_was_written(client, teacher, enrollment):
    calendars.make_feed(person=teacher)
    answer = _fetch(client, teacher)
    assert answer["Content-Type"].startswith("text/calendar")
    events = {str(event["summary"]): event for event in Calendar.from_ical(answer.content).events}
    assert set(events) == {"Due: Warm demands", "To try: Ask again."}
    assert events["Due: Warm demands"].decoded("dtstart") == datetime.date(2027, 3, 1)
    assert b"Anh" not in answer.content


def test_a_moment_stands_in_the_regions_time(teacher):
    at = datetime.datetime(2027, 7, 1, 17, 0, tzinfo=datetime.UTC)
    calendars.register_dates("of a test", lambda person: [calendars.Date("one", "Meeting", at)])
    try:
        written = calendars.write(calendars.make_feed(person=teacher)).decode()
    finally:
        calendars._sources.pop("of a test")
    assert "DTSTART;TZID=America/Los_Angeles:20270701T100000" in written


def test_a_new_address_ends_the_old_one(client, client_of, teacher):
    own = client_of(teacher)
    wish = reverse("notices:calendar_feed")
    own.post(wish, {"wish": "make"})
    old = calendars.address_of(teacher)
    assert old in own.get(reverse("notices:preferences")).content.decode()
    own.post(wish, {"wish": "renew"})
    token = old.rsplit("/", 1)[-1].removesuffix(".ics")
    assert client.get(reverse("notices:calendar", args=[token])).status_code == 404
    assert _fetch(client, teacher).status_code == 200
    own.post(wish, {"wish": "end"})
    assert calendars.address_of(teacher) == ""


@pytest.mark.parametrize("token", ["x", "x.y", ".", "a" * 400])
def test_an_address_that_was_made_up_leads_nowhere(client, db, token):
    assert client.get(reverse("notices:calendar", args=[token])).status_code == 404


def test_who_has_left_is_followed_no_longer(client, teacher, enrollment):
    calendars.make_feed(person=teacher)
    teacher.is_active = False
    teacher.save()
    assert _fetch(client, teacher).status_code == 404
