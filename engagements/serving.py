"""Serving: which coach serves where, how much each carries, and what the coming weeks hold."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from engagements.models import Capacity, Engagement, Meeting, Member, ServiceRequest
from roster import audit
from roster.models import Position, User

WEEKS_AHEAD = 8
#: What a coach is taken to carry at once where nobody has said otherwise.
USUAL = Capacity._meta.get_field("engagements").default


@dataclass
class Week:
    """Seven days from a Monday, with a coach's meetings in them, in order of time."""

    monday: datetime.date
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def sunday(self) -> datetime.date:
        """Its last day."""
        return self.monday + datetime.timedelta(days=6)


@dataclass
class Service:
    """What one coach carries: engagements under way, requests on their desk, meetings by week."""

    coach: User
    places: list[str] = field(default_factory=list)
    capacity: int = USUAL
    note: str = ""
    engagements: list[Engagement] = field(default_factory=list)
    requests: int = 0
    weeks: list[Week] = field(default_factory=list)

    @property
    def room(self) -> int:
        """How many more there is room for; never below nought."""
        return max(0, self.capacity - len(self.engagements))

    @property
    def percent(self) -> int:
        """How much of the capacity is taken (0–100)."""
        return min(100, round(100 * len(self.engagements) / self.capacity)) if self.capacity else 100

    @property
    def has_meetings(self) -> bool:
        """Is anything planned in the weeks that are shown?"""
        return any(week.meetings for week in self.weeks)

    @property
    def sought_in(self) -> str:
        """The words by which it is found: the coach's name, and all places where they serve."""
        places = [*self.places, *(str(engagement.place) for engagement in self.engagements)]
        return " ".join([self.coach.full_name, *places]).casefold()

    @property
    def is_full(self) -> bool:
        """No room for another one?"""
        return self.room == 0


def coaches() -> list[User]:
    """Everybody who coaches for PSESD today, by name."""
    held = Position.objects.current().filter(role=Position.Role.COACH)
    people = User.objects.filter(is_active=True, pk__in=held.order_by().values("person"))
    return list(people.order_by("last_name", "first_name", "pk"))


def services(*, weeks: int = WEEKS_AHEAD) -> list[Service]:
    """Everybody's service, by name; the same few queries for any number of coaches.

    Who still coaches an engagement though their position has ended is listed too: somebody has to see it.
    """
    found = {coach.pk: Service(coach) for coach in coaches()}
    _add_engagements(found)
    _add_places(found)
    _add_capacities(found)
    _add_requests(found)
    _add_weeks(found, weeks)
    return sorted(found.values(), key=lambda service: (service.coach.last_name, service.coach.first_name))


def set_capacity(*, coach: User, engagements: int, note: str, by: User) -> Capacity:
    """Say how many engagements ``coach`` can carry at once, and what to know about it."""
    capacity, _ = Capacity.objects.update_or_create(
        coach=coach, defaults={"engagements": engagements, "note": note}
    )
    audit.record(
        actor=by, action="set capacity of coach", subject=coach, details={"engagements": engagements}
    )
    return capacity


def _add_engagements(found: dict[int, Service]) -> None:
    coaching = (
        Member.objects.present()
        .filter(role=Member.Role.COACH, engagement__state=Engagement.State.UNDER_WAY)
        .select_related("person", "engagement__building", "engagement__district")
        .order_by("engagement__opened_at", "pk")
    )
    for member in coaching:
        service = found.setdefault(member.person_id, Service(member.person))
        service.engagements.append(member.engagement)


def _add_places(found: dict[int, Service]) -> None:
    held = (
        Position.objects.current()
        .filter(person__in=found, role=Position.Role.COACH)
        .select_related("building", "district")
    )
    for position in held:
        if place := position.building or position.district:
            found[position.person_id].places.append(str(place))


def _add_capacities(found: dict[int, Service]) -> None:
    for capacity in Capacity.objects.filter(coach__in=found):
        found[capacity.coach_id].capacity = capacity.engagements
        found[capacity.coach_id].note = capacity.note


def _add_requests(found: dict[int, Service]) -> None:
    waiting = ServiceRequest.objects.filter(coach__in=found, state__in=ServiceRequest.WAITING)
    for coach_id in waiting.values_list("coach", flat=True):
        found[coach_id].requests += 1


def _add_weeks(found: dict[int, Service], weeks: int) -> None:
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    meetings = _meetings(found, monday, monday + datetime.timedelta(weeks=weeks))
    for service in found.values():
        for number in range(weeks):
            week = Week(monday + datetime.timedelta(weeks=number))
            own = (meeting for engagement in service.engagements for meeting in meetings[engagement.pk])
            inside = (meeting for meeting in own if week.monday <= _day(meeting) <= week.sunday)
            week.meetings = sorted(inside, key=lambda meeting: meeting.starts_at)
            service.weeks.append(week)


def _meetings(found, since: datetime.date, until: datetime.date) -> dict[int, list[Meeting]]:
    """Return by engagement what is to take place from ``since`` to the day before ``until``."""
    engagements = {engagement.pk for service in found.values() for engagement in service.engagements}
    meetings = (
        Meeting.objects.filter(engagement__in=engagements, called_off_at=None)
        .filter(starts_at__date__gte=since, starts_at__date__lt=until)
        .select_related("engagement__building", "engagement__district")
    )
    by_engagement = defaultdict(list)
    for meeting in meetings:
        by_engagement[meeting.engagement_id].append(meeting)
    return by_engagement


def _day(meeting: Meeting) -> datetime.date:
    return timezone.localtime(meeting.starts_at).date()
