"""Inviting: how a person who came with a roster gets in, by a link that sets their password."""

from django.db import transaction

from roster import audit, invitations, tasks
from roster.models import User


def invite(*, people, by: User | None = None) -> int:
    """Send an invitation to each of ``people`` who has no password yet; return to how many.

    The emails go out in the background. Inviting again sends a new link; the old one ends with its use or
    after three days (``PASSWORD_RESET_TIMEOUT``).
    """
    with transaction.atomic():
        invited = list(invitations.without_password(people))
        for person in invited:
            audit.record(actor=by, action="invited", subject=person)
            tasks.send_invitation.delay_on_commit(person.pk)
    return len(invited)
