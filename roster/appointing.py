"""Appointing: how a person comes to hold a position, moves, and leaves it. All of it is audited."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roster import audit
from roster.models import Building, District, Position, User
from roster.signals import positions_changed

Role = Position.Role


class LastAdministrator(ValidationError):
    """Nobody would be left who may keep the roster."""

    def __init__(self):
        super().__init__(
            _("This is the last PSESD administrator. Appoint another one first."), code="last_administrator"
        )


def appoint(
    *,
    person: User,
    role: str,
    building: Building | None = None,
    district: District | None = None,
    title: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    by: User | None = None,
) -> Position:
    """Give ``person`` a position; asking twice gives the position that they hold already.

    Args:
        starts_on, ends_on: first and last day, both included; from today and without end when left out.
        by: who appoints; None for the system itself.

    Raises:
        ValidationError: the role doesn't fit the place, or the last day lies before the first.
    """
    starts_on = starts_on or timezone.localdate()
    held = Position.objects.current(starts_on).filter(
        person=person, role=role, building=building, district=district
    )
    with transaction.atomic():
        # Two presses of one button come one after the other: the second finds what the first wrote.
        User.objects.select_for_update().only("pk").get(pk=person.pk)
        if already := held.first():
            return already
        position = Position(
            person=person,
            role=role,
            building=building,
            district=district,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        position.full_clean()
        position.save()
        audit.record(actor=by, action="appointed", subject=position, details=facts_of(position))
        positions_changed.send(sender=Position, person_ids={person.pk})
    return position


def revise(*, position: Position, by: User | None) -> Position:
    """Save an edited position, and write down what it was before; nothing happens when nothing changed.

    Raises:
        ValidationError: the position as edited can't be.
        LastAdministrator: it was the last administrator's.
    """
    with transaction.atomic():
        before = Position.objects.select_for_update().get(pk=position.pk)
        was, now = facts_of(before), facts_of(position)
        changed = {name: [was[name], now[name]] for name in now if was[name] != now[name]}
        if not changed:
            return position
        position.full_clean()
        if not _administers(position) and _administers(before):
            require_another_administrator(without=Q(pk=position.pk), after=position.ends_on)
        position.save()
        audit.record(actor=by, action="changed position", subject=position, details=changed)
        positions_changed.send(sender=Position, person_ids={before.person_id, position.person_id})
    return position


def end_position(
    *, position: Position, on: datetime.date | None = None, by: User | None = None, reason: str = ""
) -> Position:
    """Write the last day of a position (today when left out). Ending it twice changes nothing more.

    A position that has not begun ends on its first day at the earliest.

    Raises:
        LastAdministrator: nobody would be left who may keep the roster.
    """
    with transaction.atomic():
        position = Position.objects.select_for_update().get(pk=position.pk)
        last_day = max(on or timezone.localdate(), position.starts_on)
        if position.ends_on is not None and position.ends_on <= last_day:
            return position
        if position.role == Role.PSESD_ADMIN:
            require_another_administrator(without=Q(pk=position.pk), after=last_day)
        position.ends_on = last_day
        position.save(update_fields=["ends_on"])
        details = {**facts_of(position), "reason": reason}
        audit.record(actor=by, action="ended position", subject=position, details=details)
        positions_changed.send(sender=Position, person_ids={position.person_id})
    return position


def move(
    *,
    position: Position,
    building: Building | None = None,
    district: District | None = None,
    role: str | None = None,
    title: str | None = None,
    on: datetime.date | None = None,
    by: User | None = None,
) -> Position:
    """End a position the day before ``on`` and give its person the next one, in one step.

    Role and title stay as they were where they are left out. A position that began on that day or later was
    never held: it takes the new place instead of being ended.
    """
    on = on or timezone.localdate()
    role, title = role or position.role, position.title if title is None else title
    with transaction.atomic():
        if position.starts_on >= on:
            position.building, position.district, position.role, position.title = (
                building,
                district,
                role,
                title,
            )
            return revise(position=position, by=by)
        end_position(position=position, on=on - datetime.timedelta(days=1), by=by, reason="moved")
        return appoint(
            person=position.person,
            role=role,
            building=building,
            district=district,
            title=title,
            starts_on=on,
            by=by,
        )


def follow_the_calendar(today: datetime.date | None = None) -> set[int]:
    """Tell of the positions that begin today or ended yesterday: nobody's hand changed them, the day did."""
    today = today or timezone.localdate()
    turned = Position.objects.filter(Q(starts_on=today) | Q(ends_on=today - datetime.timedelta(days=1)))
    person_ids = set(turned.values_list("person_id", flat=True))
    if person_ids:
        with transaction.atomic():
            positions_changed.send(sender=Position, person_ids=person_ids)
    return person_ids


def require_another_administrator(*, without: Q, after: datetime.date | None = None) -> None:
    """Check that without the positions that match, somebody still keeps the roster on the day ``after``.

    Raises:
        LastAdministrator: nobody would.
    """
    administrators = Position.objects.select_for_update().filter(
        role=Role.PSESD_ADMIN, person__is_active=True, starts_on__lte=timezone.localdate()
    )
    day = max(after or timezone.localdate(), timezone.localdate())
    if not administrators.exclude(without).filter(Q(ends_on=None) | Q(ends_on__gt=day)).exists():
        raise LastAdministrator


def facts_of(position: Position) -> dict:
    """Return what the audit log keeps of a position."""
    return {
        "person": position.person.email,
        "role": position.role,
        "title": position.title,
        "building": position.building.slug if position.building else None,
        "district": position.district.slug if position.district else None,
        "starts_on": position.starts_on.isoformat(),
        "ends_on": position.ends_on.isoformat() if position.ends_on else None,
    }


def _administers(position: Position) -> bool:
    """Say whether this is an administrator's position that goes on beyond its last known day."""
    return position.role == Role.PSESD_ADMIN and position.ends_on is None
