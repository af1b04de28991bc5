"""Teamwork: the engagements of a place beside its completion: what is worked on, how far, and with whom.

What is confidential is never here by name, not even for who is in it: a report is passed around, and
a supervisor must not read off it who is coached (design, section 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from cms.models.pages import SERVICES
from engagements.models import Engagement, Member, Publication
from engagements.request_forms import word_for
from engagements.scopes import engagements_read_by
from reports.suppressing import may_show
from roster.models import Building, District, User
from roster.scopes import may_lead


@dataclass
class Work:
    """One engagement, its coaches' names, and the name of the page that it shows to everybody ("": none)."""

    engagement: Engagement
    coaches: list[str] = field(default_factory=list)
    public_slug: str = ""


@dataclass
class Kind:
    """How many engagements of one service are under way in the region, and how many have ended."""

    service: str
    under_way: int = 0
    ended: int = 0


def at_building(building: Building, user: User) -> list[Work]:
    """The building's engagements that ``user`` may read. One query."""
    return _works(user, Q(building=building))


def in_district(district: District, user: User) -> list[Work]:
    """The district's own engagements and those of its buildings that ``user`` may read. One query."""
    return _works(user, Q(district=district) | Q(building__district=district))


def ask_url(place: Building | District, user: User) -> str:
    """Where ``user`` asks PSESD for a service at ``place``; "" for who doesn't lead it."""
    if not may_lead(user, place):
        return ""
    return f"{reverse('engagements:request_new')}?{urlencode({'place': word_for(place)})}"


def in_region() -> list[Kind]:
    """Count by service, for administrators; of what is confidential only ten or more. One query."""
    names = dict(SERVICES)
    kinds: dict[tuple[str, bool], Kind] = {}
    rows = Engagement.objects.order_by().values_list("service", "is_confidential", "state")
    for service, is_confidential, state in rows:
        kind = kinds.setdefault((service, is_confidential), Kind(names.get(service, service)))
        if state == Engagement.State.UNDER_WAY:
            kind.under_way += 1
        else:
            kind.ended += 1
    return [kind for (_service, is_secret), kind in kinds.items() if not is_secret or _is_many(kind)]


def _works(user: User, there: Q) -> list[Work]:
    """Ask for those who steer, of whom every engagement has one: so its coaches come in the same query."""
    engagements = engagements_read_by(user).filter(there, is_confidential=False)
    shown = Publication.objects.filter(engagement=OuterRef("engagement"), taken_down_at=None).order_by()
    seats: Iterable[Member] = (
        Member.objects.present()
        .filter(role__in=Member.STEERS, engagement__in=engagements)
        .select_related("person", "engagement__building", "engagement__district")
        .annotate(public_slug=Subquery(shown.values("slug")[:1]))
        .order_by("engagement__opened_at", "pk")
    )
    found: dict[int, Work] = {}
    for seat in seats:
        work = found.setdefault(seat.engagement_id, Work(seat.engagement, public_slug=seat.public_slug or ""))
        if seat.role == Member.Role.COACH:
            work.coaches.append(seat.person.full_name)
    return sorted(found.values(), key=_under_way_first)


def _under_way_first(work: Work):
    return not work.engagement.is_open, -work.engagement.opened_at.timestamp()


def _is_many(kind: Kind) -> bool:
    """Both numbers are shown, so each must rest on enough, or on none at all."""
    return all(count == 0 or may_show(count) for count in (kind.under_way, kind.ended))
