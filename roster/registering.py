"""Registering: how a person comes to have an account, how its facts change, and how it closes."""

from django.db import transaction
from django.db.models import Q

from roster import audit
from roster.appointing import require_another_administrator
from roster.models import Position, User

#: What the audit log keeps of a person; never the password.
FACTS = ["email", "first_name", "last_name", "preferred_name", "language", "certificate_number", "is_active"]


def register(*, person: User, by: User | None = None) -> User:
    """Save a new person, who has no password until they set one by the link of their invitation.

    Raises:
        ValidationError: a field is wrong, or somebody has this email already.
    """
    person.set_unusable_password()
    person.full_clean()
    with transaction.atomic():
        person.save()
        audit.record(actor=by, action="registered", subject=person, details=facts_of(person))
    return person


def revise(*, person: User, by: User | None) -> dict:
    """Save an edited person and return what changed, name by name: before and after.

    Closing an account (``is_active``) signs it out everywhere: nobody is found for its sessions any more.
    Nothing is saved or written when nothing changed.

    Raises:
        ValidationError: a field is wrong.
        LastAdministrator: nobody would be left who may keep the roster.
    """
    with transaction.atomic():
        before = User.objects.select_for_update().get(pk=person.pk)
        was, now = facts_of(before), facts_of(person)
        changed = {name: [was[name], now[name]] for name in FACTS if was[name] != now[name]}
        if not changed:
            return changed
        person.full_clean()
        if before.is_active and not person.is_active:
            _may_close(person)
        person.save(update_fields=FACTS)
        audit.record(actor=by, action="changed person", subject=person, details=changed)
    return changed


def facts_of(person: User) -> dict:
    """Return what the audit log keeps of a person."""
    return {name: getattr(person, name) for name in FACTS}


def _may_close(person: User) -> None:
    administers = Position.objects.current().filter(person=person, role=Position.Role.PSESD_ADMIN).exists()
    if administers:
        require_another_administrator(without=Q(person=person))
