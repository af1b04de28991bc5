"""The audit log: who changed a role, a record or a certificate, and when. Only ever added to."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from roster.models import AuditEntry


def record(*, actor, action: str, subject: Model, details: dict | None = None) -> AuditEntry:
    """Write down that ``actor`` did ``action`` to ``subject``.

    Call it in the transaction that makes the change, so that neither is there without the other.

    Args:
        actor: a person; None (or somebody not signed in) for what the system did by itself.
        action: what was done, in the past tense: "appointed", "revoked certificate".
        subject: a saved row. Its words are kept, because the entry outlives it.
        details: what a later reader needs (dates, models' ids and text become JSON). Never a reflection.
    """
    written = entry(actor=actor, action=action, subject=subject, details=details)
    written.save()
    return written


def entry(*, actor, action: str, subject: Model, details: dict | None = None) -> AuditEntry:
    """Return the entry unsaved, for verbs that write thousands at once; the arguments are ``record``'s."""
    return AuditEntry(
        actor=actor if actor is not None and actor.is_authenticated else None,
        action=action,
        subject_kind=subject._meta.model_name[:40],
        subject_id=str(subject.pk),
        subject=str(subject)[:300],
        details=json.loads(json.dumps(details or {}, cls=DjangoJSONEncoder)),
    )
