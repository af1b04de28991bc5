"""Closing: what has to be there before a team can say that it is done, and the end itself."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from engagements import announcing, progressing, reporting
from engagements.models import Engagement
from engagements.protocols import Prompt, Step
from roster import audit
from roster.models import User


@dataclass(frozen=True)
class Gaps:
    """What keeps an engagement from being closed."""

    unanswered: list[tuple[Step, Prompt]] = field(default_factory=list)
    lacks_voices: bool = False

    def __bool__(self) -> bool:
        return bool(self.unanswered or self.lacks_voices)


class NotReady(Exception):
    """Something is still open: ``gaps`` says what."""

    def __init__(self, gaps: Gaps):
        super().__init__(gaps)
        self.gaps = gaps


class Ended(Exception):
    """The engagement has ended already."""


def gaps_of(engagement: Engagement) -> Gaps:
    """Return what is still open: required prompts, and voices where the protocol insists on them."""
    plan = engagement.protocol_version.plan
    answered = progressing.answered_prompts(engagement)
    insists = plan.settings.must_have_voices
    voices = {prompt.id for prompt in plan.prompts if prompt.kind == "voices"}
    return Gaps(
        unanswered=[
            (step, prompt)
            for step in plan.steps
            for prompt in step.prompts
            if prompt.id not in answered and (prompt.required or (insists and prompt.id in voices))
        ],
        lacks_voices=insists and not voices & answered,
    )


def close(*, engagement: Engagement, by: User, words: str = "") -> None:
    """Say that the work is done: nothing in it can be changed from now on.

    Raises:
        NotReady: something is still open.
        Ended: it has ended already.
    """
    gaps = gaps_of(engagement)
    if gaps:
        raise NotReady(gaps)
    state, review_on = Engagement.State.CLOSED, reporting.review_day(engagement)
    _end(engagement, by, "closed engagement", state=state, closing_words=words, review_on=review_on)


def stop(*, engagement: Engagement, by: User, words: str) -> None:
    """End the work before it is done, with the reason. What was written stays, and says it is unfinished.

    Raises:
        Ended: it has ended already.
    """
    _end(engagement, by, "stopped engagement", state=Engagement.State.STOPPED, closing_words=words)


def _end(engagement: Engagement, by: User, action: str, **ending) -> None:
    ending |= {"closed_at": timezone.now(), "closed_by": by}
    with transaction.atomic():
        under_way = Engagement.objects.filter(pk=engagement.pk, state=Engagement.State.UNDER_WAY)
        if not under_way.update(**ending):
            raise Ended(engagement)
        for name, value in ending.items():
            setattr(engagement, name, value)
        audit.record(actor=by, action=action, subject=engagement)
        announcing.ended(engagement, by)
