"""Progressing: steps that are done, how far that brings a team, and whose turn is next."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from engagements import announcing
from engagements.models import Engagement, Member, StepDone
from engagements.protocols import Phase, Prompt, ProtocolPlan, Step


class Unanswered(Exception):
    """The step has required ``prompts`` that nobody has answered."""

    def __init__(self, prompts: list[Prompt]):
        super().__init__([prompt.label for prompt in prompts])
        self.prompts = prompts


@dataclass(frozen=True)
class PhaseSoFar:
    """A phase with how many of its steps are done."""

    phase: Phase
    done: int

    @property
    def percent(self) -> int:
        """The phase's progress."""
        return 100 * self.done // len(self.phase.steps)


def finish_step(*, engagement: Engagement, step: Step, by: Member) -> None:
    """Say that the team is done with ``step``; saying it twice is saying it once.

    Raises:
        Unanswered: required prompts are open.
    """
    open_ones = unanswered(engagement, step.prompts)
    if open_ones:
        raise Unanswered(open_ones)
    with transaction.atomic():
        StepDone.objects.get_or_create(engagement=engagement, step_id=step.id, defaults={"by": by})
        before = engagement.next_step_id
        recount(engagement)
        if engagement.next_step_id not in ("", before):
            announcing.turn(engagement, by)


def reopen_step(*, engagement: Engagement, step: Step) -> None:
    """Take back that a step is done: there is more to say."""
    with transaction.atomic():
        StepDone.objects.filter(engagement=engagement, step_id=step.id).delete()
        recount(engagement)


def recount(engagement: Engagement) -> None:
    """Store how far the engagement is, and whose the next step is and since when."""
    plan = engagement.protocol_version.plan
    done = done_steps(engagement)
    left = [step for step in plan.steps if step.id not in done]
    following = left[0] if left else None
    before = engagement.next_step_id
    engagement.progress = 100 * (len(plan.steps) - len(left)) // len(plan.steps) if plan.steps else 0
    engagement.next_step_id = following.id if following else ""
    engagement.next_step_title = following.title[:255] if following else ""
    engagement.next_is_for = _whose(following)
    if engagement.next_step_id != before:
        engagement.next_since = timezone.now()
    engagement.save(
        update_fields=["progress", "next_step_id", "next_step_title", "next_is_for", "next_since"]
    )


def done_steps(engagement: Engagement) -> frozenset[str]:
    """Return the ids of the steps that are done."""
    return frozenset(engagement.steps_done.values_list("step_id", flat=True))


def phases_so_far(plan: ProtocolPlan, done: frozenset[str]) -> list[PhaseSoFar]:
    """Return each phase with its progress."""
    return [PhaseSoFar(phase, sum(step.id in done for step in phase.steps)) for phase in plan.phases]


def unanswered(engagement: Engagement, prompts) -> list[Prompt]:
    """Return the required ones of ``prompts`` that have no answer yet."""
    required = [prompt for prompt in prompts if prompt.required]
    if not required:
        return []
    answered = answered_prompts(engagement)
    return [prompt for prompt in required if prompt.id not in answered]


def answered_prompts(engagement: Engagement) -> frozenset[str]:
    """Return the ids of the prompts that hold enough. An agreement does when every present member agreed."""
    found = set(engagement.answers.filter(is_enough=True).values_list("prompt_id", flat=True))
    for rows in (engagement.files, engagement.action_items):
        found.update(rows.exclude(prompt_id="").values_list("prompt_id", flat=True))
    return frozenset(found | _agreed(engagement) | _heard(engagement))


def _agreed(engagement: Engagement) -> set[str]:
    asked = {member.pk for member in engagement.members.present() if member.person_id and member.works}
    by_prompt: dict[str, set[int]] = {}
    for prompt_id, member_id in engagement.agreements.values_list("prompt_id", "member"):
        by_prompt.setdefault(prompt_id, set()).add(member_id)
    return {prompt_id for prompt_id, members in by_prompt.items() if asked <= members}


def _heard(engagement: Engagement) -> set[str]:
    """Prompts with as many voices as they ask for, each with what was said in it."""
    count: dict[str, int] = {}
    for voice in engagement.voices.all():
        if voice.said.strip():
            count[voice.prompt_id] = count.get(voice.prompt_id, 0) + 1
    least = {
        prompt.id: prompt.own.get("least", 1)
        for prompt in engagement.protocol_version.plan.prompts
        if prompt.kind == "voices"
    }
    return {prompt_id for prompt_id, number in count.items() if number >= least.get(prompt_id, 1)}


def _whose(step: Step | None) -> str:
    """Whose turn it is, where the step names one role alone."""
    roles = [role for role in step.for_roles if role != Member.Role.GUEST] if step else []
    return roles[0] if len(roles) == 1 else ""
