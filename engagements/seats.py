"""Seats: what one person does in one engagement that they may see: reads, writes, steers."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language

from engagements import translating
from engagements.models import Engagement, Member
from engagements.protocols import Phase, ProtocolPlan, Step


@dataclass(frozen=True)
class Seat:
    """Where a person sits: at the table as ``member``, or beside it (``member`` is None) as who may look on.

    ``reads`` is false for an administrator before a confidential engagement: they see that it is there.
    """

    engagement: Engagement
    member: Member | None
    reads: bool = True

    @cached_property
    def plan(self) -> ProtocolPlan:
        """The protocol's version that the engagement follows, in the reader's language."""
        return translating.plan_in(self.engagement.protocol_version, get_language() or "")

    @cached_property
    def phases(self) -> list[tuple[Phase, list[Step]]]:
        """The phases with the steps that this person reads; without those that hold none."""
        found = [(phase, [step for step in phase.steps if self.sees(step)]) for phase in self.plan.phases]
        return [(phase, steps) for phase, steps in found if steps]

    @property
    def url(self) -> str:
        """The engagement's page."""
        return reverse("engagements:show", args=[self.engagement.pk])

    @property
    def is_whole(self) -> bool:
        """Do they read all of it, and not a guest's steps alone?"""
        return self.reads and (self.member is None or self.member.role != Member.Role.GUEST)

    @property
    def steers(self) -> bool:
        """Does this person say who is in it, and when it ends?"""
        return self.member is not None and self.member.steers

    @property
    def coaches(self) -> bool:
        """Do they read the facilitation notes?"""
        return self.member is not None and self.member.role == Member.Role.COACH

    @property
    def works(self) -> bool:
        """Do they work in the whole of it, while it is under way?"""
        return self.member is not None and self.member.works and self.engagement.is_open

    def sees(self, step: Step) -> bool:
        """May they read this step? A guest reads those alone that name guests."""
        return self.is_whole or (self.reads and step.is_for(Member.Role.GUEST))

    def writes(self, step: Step) -> bool:
        """May they write in this step?"""
        if self.member is None or not self.engagement.is_open:
            return False
        return self.sees(step) and step.is_for(self.member.role)


def seat_of(*, user, engagement: Engagement) -> Seat:
    """Return the seat of ``user``, who may know of ``engagement``: one query.

    Ask only with an engagement out of ``scopes.engagements_visible_to(user)``.
    """
    member = engagement.members.present().filter(person_id=user.pk).first()
    if member is not None:
        member.person = user
        member.engagement = engagement
    return Seat(engagement, member, reads=member is not None or not engagement.is_confidential)
