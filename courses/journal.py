"""The journal: all that a person wrote in their courses, to read again, search and take along.

Reflections and action steps stand together, by the day on which they were last written. The database holds
sealed texts, so a search opens the person's own and looks through them here: a person has hundreds at most.
Without a search only those of one page are opened.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from courses.models import Commitment, Reflection
from courses.scopes import own_commitments, own_enrollments, own_reflections
from courses.sharing import titles_by_key

REFLECTION, ACTION = "reflection", "action"


@dataclass(frozen=True)
class Wish:
    """What to look for: words, a kind, a course's key, who can read it, days (both included)."""

    words: str = ""
    kind: str = ""
    course_key: str = ""
    sharing: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Key:
    """Which entry it is, and when it was last written: all that finding and ordering need."""

    at: datetime.datetime
    kind: str
    pk: int


@dataclass(frozen=True)
class Entry:
    """One thing that a person wrote: an answer to a prompt, or an action step and how it went."""

    kind: str
    at: datetime.datetime
    row: Reflection | Commitment

    @property
    def is_reflection(self) -> bool:
        """Is it an answer to a prompt?"""
        return self.kind == REFLECTION

    @property
    def asked(self) -> str:
        """What was asked, or what was taken on."""
        return self.row.prompt if self.is_reflection else self.row.step

    @property
    def text(self) -> str:
        """The person's own words."""
        return self.row.text if self.is_reflection else self.row.how_it_went

    @property
    def course_title(self) -> str:
        """The title of the course."""
        return self.row.enrollment.course_title

    @property
    def module_title(self) -> str:
        """The title of the module."""
        return self.row.module_title

    @property
    def url(self) -> str:
        """Where it stands in its module."""
        row = self.row
        return f"{reverse('courses:module', args=[row.enrollment_id, row.module_key])}#block-{row.block_id}"


def found(user, wish: Wish = Wish()) -> Sequence[Key]:
    """Which of the user's entries fit, the newest first."""
    keys = sorted(_keys(user, wish), key=lambda key: (key.at, key.pk), reverse=True)
    wanted = wish.words.casefold().split()
    if not wanted:
        return keys
    fitting = {(entry.kind, entry.row.pk) for entry in opened(user, keys) if _has_all(entry, wanted)}
    return [key for key in keys if (key.kind, key.pk) in fitting]


def opened(user, keys: Iterable[Key], *, with_versions: bool = False) -> list[Entry]:
    """The entries of those keys, in their order. Two queries, however many they are."""
    keys = list(keys)
    wanted = {kind: [key.pk for key in keys if key.kind == kind] for kind in (REFLECTION, ACTION)}
    reflections = own_reflections(user).select_related("enrollment")
    if with_versions:
        reflections = reflections.prefetch_related("versions")
    rows = {
        REFLECTION: reflections.in_bulk(wanted[REFLECTION]),
        ACTION: own_commitments(user).select_related("enrollment").in_bulk(wanted[ACTION]),
    }
    # What was deleted in another tab since it was found is left out.
    return [Entry(key.kind, key.at, rows[key.kind][key.pk]) for key in keys if key.pk in rows[key.kind]]


def courses_of(user) -> list[tuple[str, str]]:
    """The courses in which the user wrote something, as (key, title)."""
    enrollments = own_enrollments(user)
    wrote = enrollments.filter(reflections__words__gt=0) | enrollments.filter(commitments__isnull=False)
    wrote |= enrollments.filter(reflections__is_marked=True)
    return titles_by_key(wrote)


def _keys(user, wish: Wish) -> Iterable[Key]:
    if wish.kind != ACTION:
        rows = own_reflections(user).exclude(words=0, is_marked=False).annotate(at=F("saved_at"))
        rows = rows.filter(sharing=wish.sharing) if wish.sharing else rows
        yield from _fitting(rows, REFLECTION, wish)
    # Nobody but its owner ever sees an action step.
    if wish.kind != REFLECTION and wish.sharing in ("", Reflection.Sharing.PRIVATE):
        rows = own_commitments(user).annotate(at=Coalesce("settled_at", "made_at"))
        yield from _fitting(rows, ACTION, wish)


def _fitting(rows: QuerySet, kind: str, wish: Wish) -> Iterable[Key]:
    if wish.course_key:
        rows = rows.filter(enrollment__course_key=wish.course_key)
    if wish.since:
        rows = rows.filter(at__date__gte=wish.since)
    if wish.until:
        rows = rows.filter(at__date__lte=wish.until)
    return (Key(at, kind, pk) for pk, at in rows.order_by().values_list("pk", "at"))


def _has_all(entry: Entry, wanted: Iterable[str]) -> bool:
    text = " ".join([entry.text, entry.asked, entry.module_title, entry.course_title]).casefold()
    return all(word in text for word in wanted)
