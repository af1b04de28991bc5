"""Calendars: a person's dates, at a private address that any calendar program can follow.

Apps above register what belongs in it with :func:`register_dates`; this one knows none of it. An address is a
secret that leaves the site and may end in a calendar that others see, so what is registered must say nothing
that its owner would keep for themselves (decision 0021).
"""

import datetime
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar, Event

from notices.models import CalendarFeed
from roster.letters import absolute

User = get_user_model()
ZONE = ZoneInfo("America/Los_Angeles")
_signer = signing.Signer(salt="notices.calendar", sep=".")


@dataclass(frozen=True)
class Date:
    """One entry of a calendar.

    ``uid`` names it for good: a calendar program moves the entry that it knows instead of adding another.
    ``starts`` is a day (the whole of it) or a moment; ``ends`` goes with a moment. What ``is_off``
    takes nobody's time: a calendar strikes it through, so that who had it there sees what became of it.
    """

    uid: str
    title: str
    starts: datetime.date | datetime.datetime
    ends: datetime.datetime | None = None
    words: str = ""
    place: str = ""
    url: str = ""
    is_off: bool = False


Dates = Callable[[User], Iterable[Date]]
_sources: dict[str, Dates] = {}


def register_dates(name: str, dates: Dates) -> None:
    """Add what ``dates`` gives for a person to their calendar; one of the same name is replaced."""
    _sources[name] = dates


def make_feed(*, person: User) -> CalendarFeed:
    """Give ``person`` a calendar at a new address; the one that they had, if any, is followed no longer."""
    with transaction.atomic():
        CalendarFeed.objects.filter(person=person).delete()
        return CalendarFeed.objects.create(person=person, serial=secrets.token_urlsafe(32))


def end_feed(*, person: User) -> None:
    """Take the calendar away: its address leads nowhere from now on."""
    CalendarFeed.objects.filter(person=person).delete()


def address_of(person: User) -> str:
    """Return the full address of the calendar of ``person``; empty when they have none."""
    feed = CalendarFeed.objects.filter(person=person).first()
    return absolute(reverse("notices:calendar", args=[_signer.sign(feed.serial)])) if feed else ""


def feed_at(token: str) -> CalendarFeed | None:
    """Return the feed of an address; None for one that was made up or taken back, or of who has left."""
    try:
        serial = _signer.unsign(token)
    except signing.BadSignature:
        return None
    return CalendarFeed.objects.filter(serial=serial, person__is_active=True).select_related("person").first()


def write(feed: CalendarFeed) -> bytes:
    """Write the calendar, in its owner's language and the region's time."""
    with translation.override(feed.person.language), timezone.override(ZONE):
        calendar = Calendar()
        calendar.add("prodid", "-//Puget Sound ESD//Equity in Education//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", settings.WAGTAIL_SITE_NAME)
        calendar.add("x-wr-timezone", ZONE.key)
        for dates in _sources.values():
            for date in dates(feed.person):
                calendar.add_component(_event(date))
        calendar.add_missing_timezones()
        return calendar.to_ical()


def _event(date: Date) -> Event:
    event = Event()
    event.add("uid", f"{date.uid}@equity-in-education")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("summary", date.title)
    event.add("class", "PRIVATE")
    takes_time = isinstance(date.starts, datetime.datetime) and not date.is_off
    event.add("transp", "OPAQUE" if takes_time else "TRANSPARENT")
    if date.is_off:
        event.add("status", "CANCELLED")
    if isinstance(date.starts, datetime.datetime):
        event.add("dtstart", date.starts.astimezone(ZONE))
        event.add("dtend", (date.ends or date.starts).astimezone(ZONE))
    else:
        event.add("dtstart", date.starts)
        event.add("dtend", date.starts + datetime.timedelta(days=1))
    if date.words:
        event.add("description", date.words)
    if date.place:
        event.add("location", date.place)
    if date.url:
        event.add("url", absolute(date.url))
    return event
