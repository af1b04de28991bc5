"""Hearing: what stakeholders said, written down with their consent, changed, and taken out when they ask."""

from django.db import transaction
from django.db.models import QuerySet

from engagements import versioning, withdrawing
from engagements.models import Engagement, Member, Voice
from engagements.protocols import Prompt
from roster import audit


def write_down(*, member: Member, prompt: Prompt, words: dict, link=None) -> Voice:
    """Write down what was said: ``words`` are the fields of a voice that its form has checked."""
    return Voice.objects.create(
        engagement=member.engagement, prompt_id=prompt.id, written_by=member, link=link, **words
    )


def rewrite(*, voice: Voice, by: Member, words: dict, based_on: int) -> Voice:
    """Change a voice that was read at version ``based_on``; kept reports go no further than it goes now.

    Raises:
        versioning.Stale: somebody else changed it meanwhile.
    """
    with transaction.atomic():
        versioning.write_over(voice, based_on=based_on, **words)
        withdrawing.follow(voice=voice, by=by)
    return voice


def voices_read_by(*, engagement: Engagement, member: Member | None) -> QuerySet[Voice]:
    """Return the voices that ``member`` reads; None looks on. A guest isn't the team: they read their own."""
    if member is not None and member.role == Member.Role.GUEST:
        return engagement.voices.filter(written_by=member)
    return engagement.voices.all()


def take_out(*, voice: Voice, by: Member) -> None:
    """Delete a voice for good, from kept reports too: whoever it belongs to said so.

    The log keeps that, and no word of it.
    """
    details = {"prompt": voice.prompt_id}
    with transaction.atomic():
        audit.record(actor=by.person, action="took a voice out", subject=voice.engagement, details=details)
        withdrawing.strike(voice=voice, by=by)
        voice.delete()
