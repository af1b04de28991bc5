"""Choosing: which kinds of notices also come by email. The notice itself always comes."""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.db import transaction

from notices.models import Kind, Notice, Preference

User = get_user_model()


def kinds_by_email(person: User) -> set[str]:
    """Return the kinds that ``person`` gets by email."""
    silent = Preference.objects.filter(person=person, by_email=False).values_list("kind", flat=True)
    return set(Kind.values) - set(silent)


def choose(*, person: User, kinds: Collection[str]) -> None:
    """Let exactly ``kinds`` come by email; what waits to be sent of the others is not sent."""
    with transaction.atomic():
        for kind in Kind.values:
            _set(person=person, kind=kind, by_email=kind in kinds)


def silence(*, person: User, kind: str) -> None:
    """Let no more emails of ``kind`` come, without touching the other kinds."""
    with transaction.atomic():
        _set(person=person, kind=kind, by_email=False)


def _set(*, person: User, kind: str, by_email: bool) -> None:
    Preference.objects.update_or_create(person=person, kind=kind, defaults={"by_email": by_email})
    if not by_email:
        Notice.objects.filter(person=person, kind=kind, emailed_at=None).update(email_wanted=False)
