"""Inviting: a link by which somebody without an account answers at one step, in their language, for a while.

What opens it stands behind the ``#`` of the address: no server, proxy or log ever sees it, and the database
keeps a hash (decision 0047).
"""

import datetime
import hashlib
import secrets
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements import hearing, joining, translating
from engagements.models import Engagement, GuestLink, Member, Voice
from engagements.protocols import NotInProtocol, Prompt, Step
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.letters import absolute

#: Of one link: no classroom writes more, and no script fills a team's page.
VOICES_LIMIT = 20
SAVES_LIMIT, SAVES_SECONDS = 30, 600


class NotForGuests(Exception):
    """The step isn't one that guests are asked at."""


class TooMuch(Exception):
    """The link has been used more than a person could."""


class Full(Exception):
    """As much is written by the link as it takes: what is there can still be changed, or taken back."""


class Over(Exception):
    """The engagement has ended: nothing new is written; what was can still be taken back."""


@dataclass(frozen=True)
class GuestStep:
    """A step as a guest reads it; ``language`` is that of its words, which may not be the guest's own."""

    step: Step
    prompts: list[Prompt]
    language: str


def steps_for_guests(engagement: Engagement) -> list[Step]:
    """Return the steps that name guests and ask for voices."""
    plan = engagement.protocol_version.plan
    return [step for step in plan.steps if step.is_for(Member.Role.GUEST) and step.has_voices]


def invite(
    *, by: Member, step: Step, language: str, days: int, guest: Member | None = None, name: str = ""
) -> tuple[GuestLink, str]:
    """Make a link for ``guest``, or for somebody new of this ``name``; return it with its full address.

    The address is shown once: nothing that is kept leads back to it.

    Raises:
        NotForGuests: guests aren't asked at ``step``.
    """
    engagement = by.engagement
    if step not in steps_for_guests(engagement):
        raise NotForGuests(step.id)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if guest is None:
            guest = joining.add(engagement=engagement, by=by.person, role=Member.Role.GUEST, name=name)
        link = GuestLink.objects.create(
            engagement=engagement,
            member=guest,
            step_id=step.id,
            token_hash=_hash(token),
            language=language,
            made_by=by,
            expires_at=timezone.now() + datetime.timedelta(days=days),
        )
        _record(link, by, "made link for guest")
    return link, f"{absolute(reverse('engagements:guest_door'))}#{token}"


def revoke(*, link: GuestLink, by: Member) -> None:
    """Let a link open nothing from now on. What was written by it stays with the team."""
    with transaction.atomic():
        if GuestLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
            _record(link, by, "revoked link for guest")


def link_behind(token: str) -> GuestLink | None:
    """Return the link that ``token`` opens; None where it opens nothing, for whichever reason."""
    return open_links().filter(token_hash=_hash(token.strip())).first()


def link_once_behind(token: str) -> GuestLink | None:
    """Return the link of ``token``, whether it opens or not: who has it may be told what became of it."""
    return GuestLink.objects.filter(token_hash=_hash(token.strip())).select_related("member").first()


def why_shut(link: GuestLink) -> str:
    """Return why a link opens nothing: "revoked", "left" (its guest left the team), "expired" or "gone"."""
    if link.revoked_at is not None:
        return "revoked"
    if link.member.left_at is not None:
        return "left"
    return "expired" if link.expires_at <= timezone.now() else "gone"


def open_links() -> QuerySet[GuestLink]:
    """Return the links that open their step now, whose guest has not left."""
    now = timezone.now()
    return GuestLink.objects.filter(revoked_at=None, expires_at__gt=now, member__left_at=None).select_related(
        "engagement__protocol_version",
        "engagement__building__district",
        "engagement__district",
        "member__person",
    )


def note_opened(link: GuestLink) -> None:
    """Remember when it was first opened."""
    if link.opened_at is None:
        GuestLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


def step_of(link: GuestLink) -> GuestStep | None:
    """Return the link's step, in its language where the protocol is in it; None where the step is gone."""
    version = link.engagement.protocol_version
    try:
        step = version.plan.step(link.step_id)
    except NotInProtocol:
        return None
    asked = tuple(prompt for prompt in step.prompts if prompt.kind == "voices")
    step, language = translating.step_in(version, replace(step, prompts=asked), link.language)
    return GuestStep(step, list(step.prompts), language)


def voices_of(link: GuestLink) -> QuerySet[Voice]:
    """Return what was written by this link, and by no other."""
    return Voice.objects.filter(link=link)


def write(*, link: GuestLink, prompt: Prompt, words: dict) -> Voice:
    """Write down what a guest says, and tell who made the link.

    Raises:
        Over: the engagement has ended.
        Full: as much is written by the link as it takes.
        TooMuch: more at once than a person writes.
    """
    _must_be_a_person(link)
    if not link.engagement.is_open:
        raise Over(link.engagement)
    if voices_of(link).count() >= VOICES_LIMIT:
        raise Full(link)
    link.member.engagement = link.engagement
    with transaction.atomic():
        voice = hearing.write_down(
            member=link.member, prompt=prompt, words={**words, "language": link.language}, link=link
        )
        _tell_host(link, voice)
    return voice


def rewrite(*, link: GuestLink, voice: Voice, words: dict, based_on: int) -> Voice:
    """Change what a guest said, or how far it may go: after the end too, since it is theirs.

    Raises:
        versioning.Stale: it was changed elsewhere meanwhile.
        TooMuch: more often than a person would.
    """
    _must_be_a_person(link)
    return hearing.rewrite(voice=voice, by=link.member, words=words, based_on=based_on)


def _hash(token: str) -> str:
    """No salt: a token has 256 random bits, and is found by this."""
    return hashlib.sha256(token.encode()).hexdigest()


def _must_be_a_person(link: GuestLink) -> None:
    key = f"guest-saves:{link.pk}"
    cache.add(key, 0, SAVES_SECONDS)
    if cache.incr(key) > SAVES_LIMIT:
        raise TooMuch(link)


def _record(link: GuestLink, by: Member, action: str) -> None:
    details = {"link": link.pk, "guest": link.member_id, "step": link.step_id}
    audit.record(actor=by.person, action=action, subject=link.engagement, details=details)


def _tell_host(link: GuestLink, voice: Voice) -> None:
    host = link.made_by
    if host.person is None or not host.is_present:
        return
    tell_each(
        people=[host.person],
        kind=Kind.ENGAGEMENT,
        key=f"voice:{voice.pk}",
        title=_("A guest has written in “%(title)s”"),
        body=_("Somebody used the link that you made. Open the step to read what they say."),
        names={"title": link.engagement.title},
        url=reverse("engagements:step", args=[link.engagement_id, link.step_id]),
    )
