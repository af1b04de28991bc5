"""Noting: what a person marks and notes for themselves while they read. Nobody else ever sees it."""

import datetime
import html
import json
import re

from django.db.models import QuerySet
from django.utils import timezone

from courses.curricula import curriculum_of
from courses.models import Enrollment, Note

LIMIT = 5_000  # characters of a note
PASSAGE_LIMIT = 2_000
AROUND_LIMIT = 80
#: How long a removal can be undone.
KEPT_FOR = datetime.timedelta(days=1)

_NOT_TEXT = re.compile(r"<(textarea|script|template|select)\b.*?</\1>|<[^>]*>", re.DOTALL)


class NotAPassage(Exception):
    """This person's module has no such block."""


class NothingSaid(Exception):
    """Neither words of the text were marked nor a note written."""


class TooLong(Exception):
    """More than :data:`LIMIT` characters, or a passage of more than :data:`PASSAGE_LIMIT`."""


def note(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    text: str = "",
    quote: str = "",
    before: str = "",
    after: str = "",
) -> Note:
    """Keep ``text`` about the passage ``quote`` of a block, or about the whole block where nothing is quoted.

    Without ``text`` it is a highlight. Sending the same again (a double press, a lost answer) keeps one.

    Raises:
        NotAPassage: the module that this person gets has no such block.
        NothingSaid: neither ``text`` nor ``quote``.
        TooLong: of either.
    """
    text, quote = _tidy(text), quote.strip()
    if not text and not quote:
        raise NothingSaid
    if len(text) > LIMIT or len(quote) > PASSAGE_LIMIT:
        raise TooLong(max(len(text), len(quote)))
    resolved = curriculum_of(enrollment).resolve(module_key)
    if resolved.block(block_id) is None:
        raise NotAPassage(block_id)
    passage = _passage(quote, before, after)
    at = {"enrollment": enrollment, "module_key": module_key, "block_id": block_id}
    for there in Note.objects.filter(**at, removed_at=None):
        if (there.text, there.passage) == (text, passage):
            return there
    return Note.objects.create(**at, module_title=resolved.module.title, passage=passage, text=text)


def change(*, note: Note, text: str) -> Note:
    """Write the note anew. Emptied, it is a highlight again, where it marks something.

    Raises:
        NothingSaid: nothing is left of it; removing is another verb.
        TooLong: more than :data:`LIMIT` characters.
    """
    text = _tidy(text)
    if not text and not note.passage:
        raise NothingSaid
    if len(text) > LIMIT:
        raise TooLong(len(text))
    note.text, note.changed_at = text, timezone.now()
    note.save(update_fields=["text", "changed_at"])
    return note


def remove(*, note: Note) -> None:
    """Remove it; for a day it can be brought back, then it is gone for good."""
    Note.objects.filter(pk=note.pk, removed_at=None).update(removed_at=timezone.now())


def restore(*, note: Note) -> None:
    """Bring back what was removed."""
    Note.objects.filter(pk=note.pk).update(removed_at=None)


def clear_removed() -> int:
    """Delete for good what was removed more than a day ago (every night); return how many that were."""
    rows = Note.objects.filter(removed_at__lt=timezone.now() - KEPT_FOR)
    return rows.delete()[0]


def in_order(notes: QuerySet[Note]) -> QuerySet[Note]:
    """``notes`` as they are listed and taken along: course by course, the oldest first."""
    rows = notes.filter(removed_at=None).select_related("enrollment")
    return rows.order_by("enrollment__course_title", "enrollment", "module_title", "pk")


def stands_in(note: Note, markup: str) -> bool:
    """Do the marked words still stand in a block's markup? A note about the whole block always does.

    Blanks don't count: where a paragraph ends, markup and page disagree on them.
    """
    return _squeezed(note.quote) in _squeezed(html.unescape(_NOT_TEXT.sub("", markup)))


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _passage(quote: str, before: str, after: str) -> str:
    if not quote:
        return ""
    around = {"before": before[-AROUND_LIMIT:], "after": after[:AROUND_LIMIT]}
    return json.dumps({"quote": quote, **around}, ensure_ascii=False)


def _squeezed(text: str) -> str:
    return "".join(text.split())
