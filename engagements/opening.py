"""Opening: how an engagement comes to be, with its coach and its lead; and its next cycle."""

from collections.abc import Iterable

from django.db import transaction

from engagements import announcing, progressing, publishing
from engagements.models import Engagement, Member, ProtocolVersion, ServiceRequest
from roster import audit
from roster.models import Building, User


class NotEnded(Exception):
    """The next cycle begins when this one has ended."""


class DoesNotRepeat(Exception):
    """The protocol has no next cycle."""


def open_engagement(
    *,
    by: User,
    version: ProtocolVersion,
    place,
    title: str,
    coaches: Iterable[User],
    leads: Iterable[User] = (),
    about: str = "",
    request: ServiceRequest | None = None,
    previous: Engagement | None = None,
) -> Engagement:
    """Open an engagement at ``place`` (a building or a district) along ``version``.

    Asked twice for the same request or the same previous cycle, it gives the engagement that is there.
    """
    with transaction.atomic():
        if existing := _opened_before(request, previous):
            return existing
        at = {"building": place} if isinstance(place, Building) else {"district": place}
        engagement = Engagement.objects.create(
            **at,
            service=version.service,
            protocol_version=version,
            title=title,
            about=about,
            is_confidential=version.plan.settings.confidential,
            request=request,
            previous=previous,
            cycle=previous.cycle + 1 if previous else 1,
            opened_by=by,
        )
        roles = dict.fromkeys(leads, Member.Role.LEAD) | dict.fromkeys(coaches, Member.Role.COACH)
        for person, role in roles.items():
            Member.objects.create(engagement=engagement, person=person, role=role, added_by=by)
        progressing.recount(engagement)
        audit.record(actor=by, action="opened engagement", subject=engagement)
    return engagement


def open_next_cycle(*, engagement: Engagement, by: User) -> Engagement:
    """Begin the cycle after one that ended, with its people, along the newest version of its protocol.

    Raises:
        NotEnded: this one is still under way.
        DoesNotRepeat: the protocol has no next cycle.
    """
    version = engagement.protocol_version
    if engagement.is_open:
        raise NotEnded(engagement)
    if not version.plan.settings.repeats:
        raise DoesNotRepeat(version)
    with transaction.atomic():
        following = open_engagement(
            by=by,
            version=publishing.newest(version.protocol_key, version.language) or version,
            place=engagement.place,
            title=engagement.title,
            about=engagement.about,
            coaches=(),
            previous=engagement,
        )
        if not following.members.exists():
            _bring_members(engagement, following, by)
            announcing.begun_again(following, by)
    return following


def _opened_before(request, previous) -> Engagement | None:
    asked = {"request": request} if request else {"previous": previous} if previous else None
    return Engagement.objects.filter(**asked).first() if asked else None


def _bring_members(engagement: Engagement, following: Engagement, by: User) -> None:
    kept = ("person_id", "name", "role", "constituency", "term_from", "term_to")
    Member.objects.bulk_create(
        Member(engagement=following, added_by=by, **{name: getattr(member, name) for name in kept})
        for member in engagement.members.present().exclude(role=Member.Role.GUEST)
    )
