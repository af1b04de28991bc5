"""What a person marks and notes for themselves while they read."""

import json

from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.encrypted import EncryptedTextField
from courses.models.responses import Response


class Note(Response):
    """A highlight, a note, or both, about a passage of one block. Its owner's alone, for ever.

    ``passage`` is what was marked, as it read then, with the words before and after it (the idea of a
    *text quote selector*): it is found again in an edited text where the words still stand, and when they
    don't the note is still whole. Empty: the note is about the block. Both texts are sealed; which words
    somebody marked says as much as what they wrote. A removed note is kept for a day, so that removing can
    be undone.
    """

    module_title = models.CharField(max_length=255)
    passage = EncryptedTextField(default="", blank=True)
    text = EncryptedTextField(default="", blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["enrollment", "module_key"], name="note_by_module"),
            # The night clears what was removed.
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="note_removed"),
        ]

    @property
    def quote(self) -> str:
        """The marked words."""
        return self._passage.get("quote", "")

    @property
    def before(self) -> str:
        """The words before the marked ones: they tell apart what stands twice."""
        return self._passage.get("before", "")

    @property
    def after(self) -> str:
        """The words after them."""
        return self._passage.get("after", "")

    @property
    def _passage(self) -> dict:
        return json.loads(self.passage) if self.passage else {}
