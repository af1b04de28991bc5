"""Where a person is in a film or a recording, and how much of it they have played."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models.responses import Response

#: Seconds beyond the clock that a player's reports may be off by: rounding, a slow network.
GRACE = 3


class MediaPosition(Response):
    """One film or recording of one module, as far as one person is in it.

    ``played`` are the stretches that were really played, in whole seconds, merged and in order, so that a
    report that comes twice counts once; ``allowance`` is by how many seconds the player may be ahead of the
    clock (see :mod:`courses.viewing`). ``done_at`` is when it counted as watched, by playing or by
    ``read_at``, the transcript read to its end. It never goes away again.
    """

    seconds = models.PositiveIntegerField(default=0)
    length = models.PositiveIntegerField(default=0)
    played = models.JSONField(default=list)
    played_seconds = models.PositiveIntegerField(default=0)
    allowance = models.FloatField(default=GRACE)
    begun_at = models.DateTimeField(default=timezone.now)
    reported_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "module_key", "block_id"], name="media_position_once_a_block"
            ),
            # Reading is a way of having watched: the one can't be without the other.
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(done_at__isnull=False), name="media_read_is_done"
            ),
        ]
