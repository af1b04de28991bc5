"""Joining: how somebody comes to be in an engagement, what they are there, and how they leave it."""

import datetime

from django.db import transaction
from django.utils import timezone

from engagements import announcing, registering
from engagements.models import Engagement, GuestLink, Member
from roster import audit
from roster.models import User


class AlreadyIn(Exception):
    """The person is in the engagement."""


class LastToSteer(Exception):
    """Somebody has to be there who says who is in it and when it ends."""


class NeedsAnAccount(Exception):
    """Who coaches or leads has to be able to sign in."""


def add(
    *,
    engagement: Engagement,
    by: User,
    role: str,
    person: User | None = None,
    name: str = "",
    constituency: str = "",
    term: tuple[datetime.date | None, datetime.date | None] = (None, None),
) -> Member:
    """Bring ``person`` in, or, by ``name``, somebody without an account.

    Who left and comes back has their place again: what they wrote, agreed to, took on and attended is theirs
    as before. When they were away is in the audit log.

    Raises:
        AlreadyIn: the person is there.
        NeedsAnAccount: the role can only be held by who signs in.
    """
    if person is None and role in Member.STEERS:
        raise NeedsAnAccount(role)
    with transaction.atomic():
        _alone(engagement)
        if person is not None and engagement.members.present().filter(person=person).exists():
            raise AlreadyIn(person)
        member = _former(engagement, person) or Member(engagement=engagement, person=person)
        member.name = "" if person else name
        member.role, member.constituency = role, constituency
        member.term_from, member.term_to = term
        member.added_by, member.joined_at, member.left_at = by, timezone.now(), None
        member.save()
        audit.record(actor=by, action="joined engagement", subject=engagement, details=_who(member))
        registering.register_newcomer(member=member, by=by)
        announcing.brought_in(member, by)
    return member


def change(
    *,
    member: Member,
    by: User,
    role: str,
    constituency: str = "",
    term: tuple[datetime.date | None, datetime.date | None] = (None, None),
) -> Member:
    """Give a member another role, another term, or others to speak for.

    Raises:
        LastToSteer: nobody would be left to say who is in it.
        NeedsAnAccount: the role can only be held by who signs in.
    """
    if member.person_id is None and role in Member.STEERS:
        raise NeedsAnAccount(role)
    with transaction.atomic():
        _alone(member.engagement)
        if role not in Member.STEERS:
            _somebody_else_steers(member)
        before = member.role
        member.role, member.constituency = role, constituency
        member.term_from, member.term_to = term
        member.save(update_fields=["role", "constituency", "term_from", "term_to"])
        if before != role:
            audit.record(
                actor=by,
                action="changed role in engagement",
                subject=member.engagement,
                details={**_who(member), "before": before},
            )
    return member


def leave(*, member: Member, by: User) -> None:
    """End a member's place, and the links that they came in by. What they wrote stays, under their name.

    Raises:
        LastToSteer: nobody would be left to say who is in it.
    """
    with transaction.atomic():
        _alone(member.engagement)
        _somebody_else_steers(member)
        now = timezone.now()
        if Member.objects.present().filter(pk=member.pk).update(left_at=now):
            member.left_at = now
            GuestLink.objects.filter(member=member, revoked_at=None).update(revoked_at=now)
            audit.record(actor=by, action="left engagement", subject=member.engagement, details=_who(member))


def missing_constituencies(engagement: Engagement) -> list[str]:
    """Return those for whom nobody at the table speaks, of the protocol's list."""
    today = timezone.localdate()
    spoken_for = {
        member.constituency
        for member in engagement.members.present()
        if member.term_to is None or member.term_to >= today
    }
    listed = engagement.protocol_version.plan.settings.constituencies
    return [constituency for constituency in listed if constituency not in spoken_for]


def _former(engagement: Engagement, person: User | None) -> Member | None:
    """Find the place that somebody had who left. Two people without an account may have one name."""
    return engagement.members.filter(person=person).order_by("-left_at").first() if person else None


def _alone(engagement: Engagement) -> None:
    """Let nobody else change the team until this change is whole."""
    Engagement.objects.select_for_update().get(pk=engagement.pk)


def _somebody_else_steers(member: Member) -> None:
    others = member.engagement.members.present().filter(role__in=Member.STEERS).exclude(pk=member.pk)
    if member.role in Member.STEERS and not others.exists():
        raise LastToSteer(member)


def _who(member: Member) -> dict:
    return {"member": member.pk, "person": member.person_id, "role": member.role}
