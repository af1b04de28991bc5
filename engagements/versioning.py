"""Versioning: writing over a row only while it stands as its writer had read it.

For rows of one text, which a person rereads whole. What a team writes together is merged instead
(``engagements.answering``).
"""

from django.db.models import F, Model
from django.utils import timezone


class Stale(Exception):
    """It was changed elsewhere in between, and nothing is overwritten; ``current`` is what stands."""

    def __init__(self, current: Model):
        super().__init__(current)
        self.current = current


def write_over(row: Model, *, based_on: int, **fresh) -> None:
    """Put the fields ``fresh`` into ``row``, which has ``version`` and ``saved_at``, as its next version.

    ``row`` has afterwards what stands, in both cases.

    Raises:
        Stale: it isn't at version ``based_on`` any more.
    """
    fresh |= {"version": F("version") + 1, "saved_at": timezone.now()}
    written = type(row).objects.filter(pk=row.pk, version=based_on).update(**fresh)
    row.refresh_from_db()
    if not written:
        raise Stale(row)
