"""Taking along: what a person wrote as a file that they keep: Markdown, JSON, PDF.

Notes and highlights go along with the whole journal, not with what was looked for in it.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses import printing, reading
from courses.journal import Entry
from courses.models import Note


def by_course(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries of each course, in the order in which they were written."""
    ordered = sorted(entries, key=lambda entry: (entry.course_title, entry.at))
    return [(title, list(group)) for title, group in groupby(ordered, key=lambda entry: entry.course_title)]


def as_markdown(user, entries: Iterable[Entry], notes: Sequence[Note] = ()) -> str:
    """The journal as a text that any editor opens, the notes after it."""
    lines = [f"# {_title(user)}", ""]
    for course, group in by_course(entries):
        lines += [f"## {course}", ""]
        for entry in group:
            lines += [f"### {entry.asked}", "", f"*{_about(entry)}*", ""]
            lines += [entry.text, ""] if entry.text else []
    return "\n".join(lines) + (f"\n{notes_as_markdown(user, notes)}" if notes else "")


def as_json(user, entries: Iterable[Entry], notes: Iterable[Note] = ()) -> str:
    """The journal as data: every word and its identity, reflections with all earlier versions; the notes."""
    entries = list(entries)
    return _data(
        user,
        reflections=[_reflection(entry.row) for entry in entries if entry.is_reflection],
        action_steps=[_action(entry.row) for entry in entries if not entry.is_reflection],
        notes=[_note(note) for note in notes],
    )


def as_pdf(user, entries: Iterable[Entry], notes: Iterable[Note] = ()) -> bytes:
    """The journal as a PDF (PDF/UA-1), each block in its own direction; the notes at its end."""
    return printing.render("journal", _words(user, list(entries), list(notes)), at=timezone.now())


def notes_as_markdown(user, notes: Iterable[Note]) -> str:
    """Notes as one text, course by course and module by module, each passage as a quotation."""
    lines, course, module = [f"# {_('Notes of %(name)s') % {'name': user.full_name}}"], None, None
    for note in notes:
        if note.enrollment.course_title != course:
            course, module = note.enrollment.course_title, None
            lines.append(f"## {course}")
        if note.module_title != module:
            module = note.module_title
            lines.append(f"### {module}")
        quoted = "\n".join(f"> {line}" for line in note.quote.splitlines())
        lines += filter(None, (quoted, note.text))
    return "\n\n".join(lines) + "\n"


def notes_as_json(user, notes: Iterable[Note]) -> str:
    """Notes as data, with all that finds their passages again."""
    return _data(user, notes=[_note(note) for note in notes])


def _data(user, **written) -> str:
    whole = {"of": user.email, "exported_at": timezone.now().isoformat(), **written}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _words(user, entries, notes) -> dict:
    return {
        "language": translation.get_language(),
        "title": _title(user),
        "author": user.full_name,
        "overline": _("Journal"),
        "heading": user.full_name,
        "footer": _("Journal of %(name)s, private") % {"name": user.full_name},
        "as_of": _("As of %s") % date_format(timezone.localdate(), "DATE_FORMAT"),
        "empty": _("Nothing written yet"),
        "courses": [
            {"title": title, "entries": [_printed(entry) for entry in group]}
            for title, group in by_course(entries)
        ],
        "notes_heading": _("Notes and highlights"),
        "notes": [_printed_note(note) for note in notes],
    }


def _printed_note(note: Note) -> dict:
    day = date_format(timezone.localtime(note.made_at), "DATE_FORMAT")
    return {
        "quote": note.quote,
        "dir": reading.direction(note.quote),
        "about": " · ".join([note.enrollment.course_title, note.module_title, day]),
        "text": reading.to_tree(note.text),
    }


def _printed(entry: Entry) -> dict:
    return {
        "asked": entry.asked,
        "dir": reading.direction(entry.asked),
        "about": _about(entry),
        "text": reading.to_tree(entry.text),
    }


def _title(user) -> str:
    return _("Journal of %(name)s") % {"name": user.full_name}


def _about(entry: Entry) -> str:
    """Where and when it was written, and what became of it."""
    parts = [entry.module_title, date_format(timezone.localtime(entry.at), "DATE_FORMAT")]
    if entry.is_reflection:
        parts += [entry.row.marked] if entry.row.mark else []
        return " · ".join([*parts, str(entry.row.get_sharing_display())])
    outcome = entry.row.get_outcome_display() if entry.row.outcome else _("Waiting")
    return " · ".join([_("Action step"), *parts, str(outcome)])


def _reflection(row) -> dict:
    return {
        **_place(row),
        "prompt": row.prompt,
        "text": row.text,
        "mark": row.mark,
        "scale": row.scale,
        "shared_with": row.sharing,
        "saved_at": row.saved_at.isoformat(),
        "versions": [
            {
                "text": version.text,
                "mark": version.mark,
                "saved_at": version.saved_at.isoformat(),
                "why": version.why,
            }
            for version in row.versions.all()
        ],
    }


def _action(row) -> dict:
    return {
        **_place(row),
        "what": row.what,
        "own_words": row.own_words,
        "due_on": row.due_on.isoformat(),
        "made_at": row.made_at.isoformat(),
        "outcome": row.outcome,
        "how_it_went": row.how_it_went,
        "settled_at": row.settled_at.isoformat() if row.settled_at else None,
    }


def _note(row) -> dict:
    return {
        **_place(row),
        "passage": {"quote": row.quote, "before": row.before, "after": row.after},
        "text": row.text,
        "made_at": row.made_at.isoformat(),
        "changed_at": row.changed_at.isoformat() if row.changed_at else None,
    }


def _place(row) -> dict:
    return {
        "course": row.enrollment.course_title,
        "course_key": str(row.enrollment.course_key),
        "cycle": row.enrollment.cycle,
        "module": row.module_title,
        "module_key": str(row.module_key),
        "block_id": row.block_id,
    }
