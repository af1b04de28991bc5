"""Agreeing: each member says for themselves that they stand by what a team agreed on."""

from engagements.models import Agreement, Member
from engagements.protocols import Prompt


def agree(*, member: Member, prompt: Prompt) -> Agreement:
    """Agree, once; the day of the first time stays."""
    return Agreement.objects.get_or_create(
        prompt_id=prompt.id, member=member, defaults={"engagement": member.engagement}
    )[0]


def take_back(*, member: Member, prompt: Prompt) -> None:
    """Take one's own agreement back."""
    Agreement.objects.filter(prompt_id=prompt.id, member=member).delete()
