"""Importing: a district's staff file becomes people and positions. All of it or nothing.

A person is known by their email, whatever its case. A position is known by person, role, place and days: a
line whose days touch a position that is there corrects it, another one adds a position. A file never ends
what it doesn't name: a line's ``ends_on`` does.
"""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from roster import appointing, registering, staff_files
from roster.audit import entry
from roster.models import AuditEntry, Position, StaffImport, User
from roster.signals import positions_changed
from roster.staff_files import LineError, StaffLine

POSITION_FIELDS = ["title", "starts_on", "ends_on"]


class Kind(models.TextChoices):
    """What an import does to one row."""

    NEW_PERSON = "new person", _lazy("new person")
    CHANGED_PERSON = "changed person", _lazy("changed person")
    NEW_POSITION = "new position", _lazy("new position")
    CHANGED_POSITION = "changed position", _lazy("changed position")


@dataclass(frozen=True)
class Change:
    """One thing that an import would do, in words."""

    line: int
    kind: Kind
    subject: str
    details: str = ""


@dataclass
class Plan:
    """What an import would do, or why it can't."""

    errors: list[LineError] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    new_people: dict[str, User] = field(default_factory=dict)
    changed_people: dict[str, tuple[User, dict]] = field(default_factory=dict)
    new_positions: list[Position] = field(default_factory=list)
    changed_positions: list[tuple[Position, dict]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return a mark of what would be done, so that a person confirms just what they were shown."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()

    def counted(self) -> dict[str, int]:
        """Return how many changes there are of each kind."""
        counts = dict.fromkeys(Kind.values, 0)
        for change in self.changes:
            counts[change.kind.value] += 1
        return counts


class CannotImport(Exception):
    """The file has errors; ``plan.errors`` says which, by line. Nothing was written."""

    def __init__(self, plan: Plan):
        super().__init__("\n".join(f"line {error.line}: {error.message}" for error in plan.errors))
        self.plan = plan


class PlanHasChanged(Exception):
    """The roster has changed since the preview, so the import would do other things than were confirmed."""


def plan(text: str) -> Plan:
    """Work out what importing the file's text would do. Writes nothing."""
    read = staff_files.read(text)
    planned = Plan(errors=read.errors)
    if planned.errors:
        return planned
    people = _people_by_email({line.email for line in read.lines})
    positions = _positions_by_person(people.values())
    for line in read.lines:
        person = _plan_person(line, people, planned)
        _plan_position(line, person, positions.setdefault(line.email, []), planned)
    planned.errors += _without_administrator(planned)
    return planned


def import_staff(text: str, *, by: User | None = None, confirmed: str | None = None) -> Plan:
    """Import the file's text in one transaction, and return what was done.

    Args:
        confirmed: the digest of the plan that a person has confirmed; not compared when left out.

    Raises:
        CannotImport: the file has errors.
        PlanHasChanged: it would do other things than were confirmed.
    """
    with transaction.atomic():
        planned = plan(text)
        if planned.errors:
            raise CannotImport(planned)
        if confirmed is not None and planned.digest != confirmed:
            raise PlanHasChanged
        _carry_out(planned, by)
    return planned


def carry_out(*, upload: StaffImport, confirmed: str, by: User) -> Plan | None:
    """Import an uploaded file, once: a second press of the button does nothing and returns None.

    Raises:
        CannotImport, PlanHasChanged: as ``import_staff``; the upload stays open.
    """
    with transaction.atomic():
        claimed = StaffImport.objects.filter(pk=upload.pk, imported_at=None).update(
            imported_at=timezone.now()
        )
        if not claimed:
            return None
        planned = import_staff(upload.text, by=by, confirmed=confirmed)
        upload.refresh_from_db()
        upload.summary = planned.counted()
        upload.save(update_fields=["summary"])
    return planned


def _people_by_email(emails: set[str]) -> dict[str, User]:
    # Every email is kept in small letters by each verb that writes one.
    people: dict[str, User] = {}
    wanted = sorted(emails)
    for start in range(0, len(wanted), 500):
        for person in User.objects.filter(email__in=wanted[start : start + 500]):
            people[person.email] = person
    return people


def _positions_by_person(people) -> dict[str, list[Position]]:
    known = {person.pk: person for person in people}
    positions: dict[str, list[Position]] = {}
    ids = sorted(known)
    for start in range(0, len(ids), 500):
        held = Position.objects.filter(person__in=ids[start : start + 500])
        for position in held.select_related("building", "district").order_by("pk"):
            position.person = known[position.person_id]
            positions.setdefault(position.person.email, []).append(position)
    return positions


def _plan_person(line: StaffLine, people: dict[str, User], planned: Plan) -> User:
    facts = dict(line.person)
    person = people.get(line.email)
    if person is None:
        person = User(email=line.email, **facts)
        person.set_unusable_password()
        people[line.email] = planned.new_people[line.email] = person
        planned.changes.append(Change(line.line, Kind.NEW_PERSON, person.full_name, line.email))
        return person
    if changed := _changed(person, facts):
        planned.changed_people[line.email] = (person, changed)
        planned.changes.append(Change(line.line, Kind.CHANGED_PERSON, person.full_name, _in_words(changed)))
    return person


def _plan_position(line: StaffLine, person: User, held: list[Position], planned: Plan) -> None:
    position = _same(line, held)
    if position is None:
        position = Position(
            person=person,
            role=line.role,
            title=line.title,
            building=line.building,
            district=line.district,
            starts_on=line.starts_on or timezone.localdate(),
            ends_on=line.ends_on,
        )
        held.append(position)
        planned.new_positions.append(position)
        planned.changes.append(Change(line.line, Kind.NEW_POSITION, person.full_name, position.label))
        return
    wanted = {
        "title": line.title,
        "starts_on": line.starts_on or position.starts_on,
        "ends_on": line.ends_on,
    }
    if changed := _changed(position, wanted):
        planned.changed_positions.append((position, changed))
        subject = f"{person.full_name}: {position.label}"
        planned.changes.append(Change(line.line, Kind.CHANGED_POSITION, subject, _in_words(changed)))
    else:
        planned.unchanged += 1


def _same(line: StaffLine, held: list[Position]) -> Position | None:
    """Return the position that the line means: one with its first day, else one whose days touch its days."""
    there = [p for p in held if (p.role, p.building_id, p.district_id) == line.place]
    starts_on = line.starts_on or timezone.localdate()
    exact = (p for p in there if p.starts_on == starts_on)
    touching = (
        p
        for p in there
        if (p.ends_on is None or p.ends_on >= starts_on)
        and (line.ends_on is None or line.ends_on >= p.starts_on)
    )
    return next(exact, None) or next(touching, None)


def _changed(row, wanted: dict) -> dict:
    """Set what differs on the row, and return it by name: before and after."""
    changed = {
        name: [getattr(row, name), value] for name, value in wanted.items() if getattr(row, name) != value
    }
    for name, (_before, after) in changed.items():
        setattr(row, name, after)
    return changed


def _in_words(changed: dict) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')}: {_shown(before)} → {_shown(after)}"
        for name, (before, after) in changed.items()
    )


def _shown(value) -> str:
    return str(value) if value not in ("", None) else "–"


def _without_administrator(planned: Plan) -> list[LineError]:
    ended = [
        position.pk
        for position, changed in planned.changed_positions
        if position.role == Position.Role.PSESD_ADMIN and position.ends_on
    ]
    if not ended or any(p.role == Position.Role.PSESD_ADMIN for p in planned.new_positions):
        return []
    try:
        with transaction.atomic():
            appointing.require_another_administrator(without=Q(pk__in=ended))
    except ValidationError as error:
        line = next(change.line for change in planned.changes if change.kind == Kind.CHANGED_POSITION)
        return [LineError(line, message) for message in error.messages]
    return []


def _carry_out(planned: Plan, by: User | None) -> None:
    User.objects.bulk_create(planned.new_people.values(), batch_size=500)
    for person, changed in planned.changed_people.values():
        person.save(update_fields=list(changed))
    for position in planned.new_positions:
        position.person = position.person  # its id is known only now that the person is saved
    Position.objects.bulk_create(planned.new_positions, batch_size=500)
    for position, changed in planned.changed_positions:
        position.save(update_fields=list(changed))
    AuditEntry.objects.bulk_create(_entries(planned, by), batch_size=500)
    touched = [*planned.new_positions, *(position for position, _changed in planned.changed_positions)]
    if person_ids := {position.person_id for position in touched}:
        positions_changed.send(sender=Position, person_ids=person_ids)


def _entries(planned: Plan, by: User | None) -> list[AuditEntry]:
    entries = [
        entry(actor=by, action="registered", subject=person, details=registering.facts_of(person))
        for person in planned.new_people.values()
    ]
    entries += [
        entry(actor=by, action="changed person", subject=person, details=changed)
        for person, changed in planned.changed_people.values()
    ]
    entries += [
        entry(actor=by, action="appointed", subject=position, details=appointing.facts_of(position))
        for position in planned.new_positions
    ]
    entries += [
        entry(actor=by, action="changed position", subject=position, details=changed)
        for position, changed in planned.changed_positions
    ]
    return entries
