"""Noting: a person's own notes beside a step, which nobody else ever reads."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from engagements.kinds import LIMIT, TooLong
from engagements.models import Engagement, PrivateNote
from engagements.protocols import Step
from roster.models import User


class StaleNote(Exception):
    """Another tab of the same person saved in between; ``current`` is what it saved."""

    def __init__(self, current: PrivateNote):
        super().__init__(current)
        self.current = current


def save_note(*, engagement: Engagement, person: User, step: Step, text: str, based_on: int) -> PrivateNote:
    """Save ``person``'s note, written on top of version ``based_on`` (0: nothing was there).

    Raises:
        StaleNote: it was changed elsewhere; nothing is overwritten.
        TooLong: more than fits.
    """
    text = text.replace("\r\n", "\n").replace("\0", "")
    if len(text) > LIMIT:
        raise TooLong(len(text))
    where = {"engagement": engagement, "person": person, "step_id": step.id}
    note = PrivateNote.objects.filter(**where).first()
    if note is None:
        try:
            with transaction.atomic():
                return PrivateNote.objects.create(**where, text=text, version=1)
        except IntegrityError:
            note = PrivateNote.objects.get(**where)
    if note.text == text:
        return note
    written = PrivateNote.objects.filter(pk=note.pk, version=based_on).update(
        text=text, version=F("version") + 1, saved_at=timezone.now()
    )
    note.refresh_from_db()
    if not written:
        raise StaleNote(note)
    return note
