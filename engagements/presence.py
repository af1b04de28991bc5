"""Presence: who has a step open just now. Lives in the cache alone, and nothing depends on it.

One key for each member and step, so that two people never write into the same one. In local memory it is
what this process knows; with Redis, what all do.
"""

from collections.abc import Iterable

from django.core.cache import cache

from engagements.models import Member

#: Longer than two looks of a page (every 10 seconds), so that one lost on the way makes nobody vanish.
SECONDS = 35


def note(*, member: Member, step_id: str, prompt_id: str = "") -> None:
    """Note that ``member`` has the step open, and which prompt they write in, if any."""
    cache.set(_key(member.pk, step_id), prompt_id, SECONDS)


def leave(*, member: Member, step_id: str) -> None:
    """Forget that ``member`` has the step open."""
    cache.delete(_key(member.pk, step_id))


def others(*, members: Iterable[Member], step_id: str, but: Member | None) -> list[tuple[Member, str]]:
    """Return who else of ``members`` is here, each with the prompt they write in ("" for none)."""
    by_key = {_key(member.pk, step_id): member for member in members if but is None or member.pk != but.pk}
    found = cache.get_many(by_key)
    return [(member, found[key]) for key, member in by_key.items() if key in found]


def _key(member_pk: int, step_id: str) -> str:
    return f"engagements.presence:{member_pk}:{step_id}"
