"""Clock hours: what a course offers, what a person claims of it, and where that leaves their renewal.

A clock hour is 60 minutes of instruction, counted in half-hour steps (WAC 181-85-030). A participant may
claim fewer than the whole (WAC 181-85-205), never more; of a course that is taken with a coach never more
than they attended. Hours of a revoked certificate are zero in the
record, so that every sum of it is right without asking why.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from cms.models import CoursePage, RenewalRule
from courses.models import ClockHourEntry, Enrollment, Participation
from roster.models import Position, User
from roster.standing import standing_of

STEP = Decimal("0.5")
STEP_MINUTES = 30
NONE = Decimal("0.0")

#: Whose renewal follows which rules (WAC 181-79A). Paraeducators' certificates are renewed otherwise.
HOLDERS = {
    Position.Role.TEACHER: RenewalRule.Holder.TEACHER,
    Position.Role.COUNSELOR: RenewalRule.Holder.TEACHER,
    Position.Role.SPECIALIST: RenewalRule.Holder.TEACHER,
    Position.Role.PRINCIPAL: RenewalRule.Holder.ADMINISTRATOR,
    Position.Role.ASSISTANT_PRINCIPAL: RenewalRule.Holder.ADMINISTRATOR,
    Position.Role.DISTRICT_ADMIN: RenewalRule.Holder.ADMINISTRATOR,
    Position.Role.SUPERINTENDENT: RenewalRule.Holder.ADMINISTRATOR,
}


class NotClaimable(ValueError):
    """The hours are not in half-hour steps from zero to what is offered, or of no category offered."""


@dataclass(frozen=True)
class Offer:
    """Hours of one category that a course offers (decimal hours)."""

    category: str
    name: str
    hours: Decimal


@dataclass(frozen=True)
class RenewalStanding:
    """How far a person is in what one renewal rule asks of them (decimal hours)."""

    rule: RenewalRule
    earned: Decimal
    since: datetime.date

    @property
    def missing(self) -> Decimal:
        """What is still to earn."""
        return max(NONE, self.rule.hours - self.earned)

    @property
    def percent(self) -> int:
        """How much of it is there, 0 to 100."""
        return min(100, int(100 * self.earned / self.rule.hours))

    @property
    def is_met(self) -> bool:
        """Is nothing missing?"""
        return self.earned >= self.rule.hours


def offers_of(course: CoursePage) -> list[Offer]:
    """What ``course`` offers, by category."""
    rows = course.clock_hours.select_related("category").order_by("category__name")
    return [Offer(row.category.slug, row.category.name, row.hours) for row in rows]


def check(hours: dict[str, Decimal], offers: Iterable[Offer]) -> dict[str, Decimal]:
    """Return ``hours`` by category, whole where none were named, when they may be claimed.

    Raises:
        NotClaimable: not a half-hour step, below zero, above what is offered, or of another category.
    """
    offered = {offer.category: offer.hours for offer in offers}
    if hours.keys() - offered.keys():
        raise NotClaimable("The course offers no hours of this category.")
    claimed = {category: Decimal(hours.get(category, whole)) for category, whole in offered.items()}
    for category, claim in claimed.items():
        if not claim.is_finite() or claim % STEP or not 0 <= claim <= offered[category]:
            raise NotClaimable(f"{claim} hours of {offered[category]} can't be claimed.")
    return claimed


def attended_of(offers: Iterable[Offer], minutes: int) -> list[Offer]:
    """What ``minutes`` of attendance give of what is offered, at most the whole.

    Whole half hours alone count. Several categories get their share of them by the proportion in which they
    are offered, each cut down to half hours: nothing is ever rounded up, in a category or in all.
    """
    offers = list(offers)
    steps = {offer.category: int(offer.hours / STEP) for offer in offers}
    offered = sum(steps.values())
    there = min(minutes // STEP_MINUTES, offered)
    whole = max(1, offered)  # an editor may have taken all hours away since
    return [
        Offer(offer.category, offer.name, steps[offer.category] * there // whole * STEP) for offer in offers
    ]


def most_of(enrollment: Enrollment, offers: Iterable[Offer]) -> list[Offer]:
    """What the person may claim of ``offers`` at most: all, or what they attended where a coach vouched."""
    participation = participation_in(enrollment)
    return list(offers) if participation is None else attended_of(offers, participation.minutes)


def participation_in(enrollment: Enrollment) -> Participation | None:
    """The attendance that somebody vouched for; None in a course that everybody takes alone."""
    return Participation.objects.filter(enrollment=enrollment).first()


def offered_in(entries: Iterable[ClockHourEntry]) -> list[Offer]:
    """What was offered when the entries were made."""
    return [Offer(entry.category, entry.category_name, entry.offered) for entry in entries]


def credit(
    *, enrollment: Enrollment, offers: list[Offer], hours: dict[str, Decimal] | None = None
) -> list[ClockHourEntry]:
    """Enter what a completed enrollment earned: all that it may, or the fewer ``hours`` that are claimed.

    Crediting twice changes nothing: a claim that is there stands.

    Raises:
        NotClaimable: see :func:`check`.
    """
    most = most_of(enrollment, offers)
    claimed = check(hours or {}, most)
    if hours:
        _keep_claims(enrollment, claimed, most)
    earned_on = days_of(enrollment)[1]
    for offer in offers:
        ClockHourEntry.objects.get_or_create(
            enrollment=enrollment,
            category=offer.category,
            defaults={
                "person_id": enrollment.person_id,
                "category_name": offer.name,
                "hours": claimed[offer.category],
                "offered": offer.hours,
                "earned_on": earned_on,
            },
        )
    return entries_of(enrollment)


def entries_of(enrollment: Enrollment) -> list[ClockHourEntry]:
    """What the enrollment earned, by category."""
    return list(enrollment.clock_hour_entries.order_by("category_name"))


def as_claimed(entries: Iterable[ClockHourEntry]) -> list[Offer]:
    """What is claimed now, as the most that may still be claimed."""
    return [Offer(entry.category, entry.category_name, entry.hours) for entry in entries]


def days_of(enrollment: Enrollment) -> tuple[datetime.date, datetime.date]:
    """When a completed enrollment began and ended: its days with a coach, where somebody vouched for some."""
    participation = participation_in(enrollment)
    if participation and participation.days:
        return participation.dates[0], participation.dates[-1]
    return timezone.localdate(enrollment.enrolled_at), timezone.localdate(enrollment.completed_at)


def follow(enrollment: Enrollment, entries: Iterable[ClockHourEntry]) -> None:
    """Set hours and day to what attendance gives now, and no hours above what the person once claimed.

    Only :mod:`courses.certifying` calls it.
    """
    participation = participation_in(enrollment)
    most = {of.category: of.hours for of in attended_of(offered_in(entries), participation.minutes)}
    earned_on = days_of(enrollment)[1]
    for entry in entries:
        hours = most[entry.category]
        entry.hours = min(hours, Decimal(participation.claims.get(entry.category, hours)))
        entry.earned_on = earned_on
        entry.save(update_fields=["hours", "earned_on"])


def rewrite(enrollment: Enrollment, hours: dict[str, Decimal], *, is_claim: bool = False) -> None:
    """Set the claimed hours to what a certificate that supersedes or revokes now says.

    Only :mod:`courses.certifying` calls it: the certificate and the audit log hold what was before.
    ``is_claim``: somebody said so many, and no later attendance raises them.

    Raises:
        NotClaimable: see :func:`check`.
    """
    entries = entries_of(enrollment)
    most = most_of(enrollment, offered_in(entries))
    claimed = check(hours, most)
    if is_claim:
        _keep_claims(enrollment, claimed, most)
    for entry in entries:
        if entry.hours != claimed[entry.category]:
            entry.hours = claimed[entry.category]
            entry.save(update_fields=["hours"])


def _keep_claims(enrollment, claimed, most) -> None:
    fewer = {of.category: str(claimed[of.category]) for of in most if claimed[of.category] < of.hours}
    Participation.objects.filter(enrollment=enrollment).update(claims=fewer)


def total(hours: Iterable[Decimal]) -> Decimal:
    """Add up hours, with one decimal even where there are none."""
    return sum(hours, start=NONE)


def steps_to(most: Decimal) -> list[Decimal]:
    """All that may be claimed of ``most`` hours, the whole first."""
    return [step * STEP for step in range(int(most / STEP), -1, -1)]


def renewal_standing(
    person: User, *, on: datetime.date | None = None, entries: list[ClockHourEntry] | None = None
) -> list[RenewalStanding]:
    """How far ``person`` is in each renewal rule of the roles they hold, over the years it counts.

    The years are counted back from ``on`` (today): the day a certificate expires is known to the state,
    not to us. Two queries for any number of rules, one where their ``entries`` are known.
    """
    on = on or timezone.localdate()
    rules = rules_for(person)
    if not rules:
        return []
    entries = entries_by(person) if entries is None else entries
    return [_standing(rule, entries, on) for rule in rules]


def _standing(rule, entries, on) -> RenewalStanding:
    start = _years_before(on, rule.years)
    counting = (
        entry.hours
        for entry in entries
        if start < entry.earned_on <= on and (not rule.category or entry.category == rule.category.slug)
    )
    return RenewalStanding(rule=rule, earned=total(counting), since=start)


def entries_by(person: User) -> list[ClockHourEntry]:
    """All that ``person`` ever earned here, entry by entry. One query."""
    return list(ClockHourEntry.objects.filter(person=person).order_by("earned_on", "pk"))


def by_category(entries: Iterable[ClockHourEntry]) -> list[Offer]:
    """Add entries up by category; one that was renamed goes by its newest name."""
    sums: dict[str, Offer] = {}
    for entry in entries:
        before = sums[entry.category].hours if entry.category in sums else NONE
        sums[entry.category] = Offer(entry.category, entry.category_name, before + entry.hours)
    return list(sums.values())


def rules_for(person: User) -> list[RenewalRule]:
    """The renewal rules of the roles that ``person`` holds.

    Who renews as teacher and as administrator follows the administrator's rule where both have one for a
    category (10 hours of equity and not 15, WAC 181-79A).
    """
    held = {HOLDERS[position.role] for position in standing_of(person).positions if position.role in HOLDERS}
    rules = RenewalRule.objects.filter(holder__in=held).select_related("category")
    by_category: dict = {}
    for rule in sorted(rules, key=lambda rule: (rule.holder != RenewalRule.Holder.ADMINISTRATOR, rule.pk)):
        by_category.setdefault(rule.category_id, rule)
    return sorted(by_category.values(), key=lambda rule: (rule.category_id is not None, rule.pk))


def _years_before(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # February 29
        return day.replace(year=day.year - years, day=28)
