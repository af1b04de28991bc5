"""Noting: a person's own notes beside a step, which nobody else ever reads."""

from django.db import IntegrityError, transaction

from engagements import versioning
from engagements.kinds import LIMIT, TooLong
from engagements.models import Engagement, PrivateNote
from engagements.protocols import Step
from roster.models import User


def save_note(*, engagement: Engagement, person: User, step: Step, text: str, based_on: int) -> PrivateNote:
    """Save ``person``'s note, written on top of version ``based_on`` (0: nothing was there).

    Raises:
        versioning.Stale: another tab of the same person saved in between.
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
    versioning.write_over(note, based_on=based_on, text=text)
    return note
