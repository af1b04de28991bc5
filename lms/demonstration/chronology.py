"""When it was: what was just written is spread over the days that it took, step by step."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from engagements.answering import of_protocols
from engagements.models import AnswerVersion, Engagement
from engagements.protocols import Step

#: How long the next step has waited, of work that is under way.
_WAITS = datetime.timedelta(days=4)
_A_DAY = datetime.timedelta(days=1)
#: After what is written in a step, saying that it is done.
_AN_HOUR = datetime.timedelta(hours=1)


def set_back(engagement: Engagement, story: dict) -> None:
    """Let it have begun on its day; what was written in it came after, in the order of its steps."""
    now = timezone.now()
    begun = now + datetime.timedelta(days=story["began"])
    ended = now + datetime.timedelta(days=story["closed"]["days"]) if "closed" in story else now
    moments = {"opened_at": begun, "next_since": ended - _WAITS}
    if "closed" in story:
        moments["closed_at"] = ended
    Engagement.objects.filter(pk=engagement.pk).update(**moments)
    engagement.refresh_from_db()
    engagement.members.update(joined_at=begun)
    for step, at in _moments(engagement, begun, ended):
        _set_step(engagement, step, at)


def _moments(
    engagement: Engagement, begun: datetime.datetime, ended: datetime.datetime
) -> Iterator[tuple[Step, datetime.datetime]]:
    """Each step that something was written in, with the moment of it: of its meeting, where it had one."""
    written = set(of_protocols(engagement).values_list("prompt_id", flat=True))
    written |= set(engagement.voices.values_list("prompt_id", flat=True))
    written |= set(engagement.agreements.values_list("prompt_id", flat=True))
    steps = [
        step
        for step in engagement.protocol_version.plan.steps
        if any(prompt.id in written for prompt in step.prompts)
    ]
    met = {one.step_id: one.ends_at for one in engagement.meetings.exclude(held_at=None)}
    before = begun
    for number, step in enumerate(steps):
        if step.id not in met:
            # So many steps until the next one of which it is known when its team met for it.
            following = [met.get(one.id) for one in steps[number:]]
            known = next((place for place, at in enumerate(following) if at and at > before), len(following))
            until = following[known] if known < len(following) else ended - _A_DAY
            before = _after_school(before + (until - before) / (known + 1))
        else:
            before = max(before, met[step.id])
        yield step, before


def _after_school(at: datetime.datetime) -> datetime.datetime:
    """The same day, at an hour when teams write."""
    return timezone.localtime(at).replace(hour=15, minute=40)


def _set_step(engagement: Engagement, step: Step, at: datetime.datetime) -> None:
    ids = [prompt.id for prompt in step.prompts]
    engagement.steps_done.filter(step_id=step.id).update(at=at + _AN_HOUR)
    for number, id_ in enumerate(ids):
        # Written in one sitting, five minutes for each.
        moment = at + number * datetime.timedelta(minutes=5)
        engagement.answers.filter(prompt_id=id_).update(saved_at=moment)
        AnswerVersion.objects.filter(answer__engagement=engagement, answer__prompt_id=id_).update(at=moment)
        engagement.voices.filter(prompt_id=id_).update(written_at=moment, saved_at=moment)
        engagement.agreements.filter(prompt_id=id_).update(at=moment)
