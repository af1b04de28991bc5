"""Usage: how many engagements run on which version of a protocol. Totals only: editors see no engagement."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from engagements.models import Engagement, ProtocolVersion

_UNDER_WAY = Count("engagements", filter=Q(engagements__state=Engagement.State.UNDER_WAY))


def versions_of(protocol_key: UUID, language: str) -> QuerySet[ProtocolVersion]:
    """The versions of a protocol in one language, newest first, with ``under_way`` and ``used`` counts."""
    versions = ProtocolVersion.objects.filter(protocol_key=protocol_key, language=language)
    return versions.annotate(under_way=_UNDER_WAY, used=Count("engagements")).order_by("-number")


def under_way_on(protocol_keys: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
    """How many engagements are under way on any version, by the protocol's key and language. One query."""
    versions = ProtocolVersion.objects.filter(protocol_key__in=set(protocol_keys)).order_by()
    counted = versions.values("protocol_key", "language").annotate(count=_UNDER_WAY)
    return {(row["protocol_key"], row["language"]): row["count"] for row in counted}


def was_used(protocol_key: UUID) -> bool:
    """Has an engagement ever run on it, in any language?"""
    return Engagement.objects.filter(protocol_version__protocol_key=protocol_key).exists()
