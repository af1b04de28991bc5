"""The journal: all that a person wrote in their courses, to read again, search and take along.

The database holds sealed texts, so a search opens the person's own and looks through them here: a person
has hundreds at most.
"""

import datetime
import json
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Reflection
from courses.scopes import own_reflections


@dataclass(frozen=True)
class Wish:
    """What to look for: words, a course's key, days (both included)."""

    words: str = ""
    course_key: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


def entries(user, wish: Wish = Wish()) -> list[Reflection]:
    """The user's reflections that fit, the newest first."""
    rows = own_reflections(user).exclude(words=0).select_related("enrollment").order_by("-saved_at", "-pk")
    if wish.course_key:
        rows = rows.filter(enrollment__course_key=wish.course_key)
    rows = _between(rows, wish)
    wanted = wish.words.casefold().split()
    return [entry for entry in rows if _has_all(entry, wanted)] if wanted else list(rows)


def courses_of(user) -> list[tuple[str, str]]:
    """The courses in which the user wrote something, as (key, title)."""
    rows = own_reflections(user).order_by("enrollment__course_title")
    pairs = rows.values_list("enrollment__course_key", "enrollment__course_title").distinct()
    return list({str(key): title for key, title in pairs}.items())


def as_markdown(user, found: list[Reflection]) -> str:
    """The journal as a text that any editor opens."""
    lines = [f"# {_('Journal of %(name)s') % {'name': user.full_name}}", ""]
    course = None
    for entry in sorted(found, key=lambda entry: (entry.enrollment.course_title, entry.saved_at)):
        if entry.enrollment.course_title != course:
            course = entry.enrollment.course_title
            lines += [f"## {course}", ""]
        day = date_format(timezone.localtime(entry.saved_at), "DATE_FORMAT")
        lines += [f"### {entry.prompt}", "", f"*{entry.module_title}, {day}*", "", entry.text, ""]
    return "\n".join(lines)


def as_json(user, found: list[Reflection]) -> str:
    """The journal as data: every word and its identity, with all earlier versions."""
    return json.dumps(
        {
            "of": user.email,
            "exported_at": timezone.now().isoformat(),
            "reflections": [_as_dict(entry) for entry in found],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_dict(entry) -> dict:
    return {
        "course": entry.enrollment.course_title,
        "course_key": str(entry.enrollment.course_key),
        "cycle": entry.enrollment.cycle,
        "module": entry.module_title,
        "module_key": str(entry.module_key),
        "prompt": entry.prompt,
        "block_id": entry.block_id,
        "text": entry.text,
        "shared_with": entry.sharing,
        "saved_at": entry.saved_at.isoformat(),
        "versions": [
            {"text": version.text, "saved_at": version.saved_at.isoformat(), "why": version.why}
            for version in entry.versions.all()
        ],
    }


def _between(rows: QuerySet, wish: Wish) -> QuerySet:
    if wish.since:
        rows = rows.filter(saved_at__date__gte=wish.since)
    if wish.until:
        rows = rows.filter(saved_at__date__lte=wish.until)
    return rows


def _has_all(entry, wanted) -> bool:
    text = " ".join([entry.text, entry.prompt, entry.module_title, entry.enrollment.course_title]).casefold()
    return all(word in text for word in wanted)
