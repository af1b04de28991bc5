"""Written: all that a person has written and answered in one module, and how far they are, in one query.

A module page shows rows of five tables. Asked one by one they would make a third of the page's queries; as
a union they are one. Sealed texts stay sealed on the way and are opened here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from courses.encrypted import unseal
from courses.models import (
    CheckAttempt,
    Commitment,
    Discussion,
    Enrollment,
    MediaPosition,
    ModuleProgress,
    Note,
    Post,
    Reflection,
)

#: Columns of the union; what a table doesn't have is empty.
_NOTHING = {
    name: Cast(Value(None), output_field=kind)
    for name, kind in {
        "row_pk": IntegerField(),
        "row_module": UUIDField(),
        "row_block": CharField(),
        "row_text": TextField(),
        "row_more": TextField(),
        "row_also": TextField(),
        "row_rest": TextField(),
        "row_number": IntegerField(),
        "row_words": IntegerField(),
        "row_is": CharField(),
        "row_at": DateTimeField(),
        "row_since": DateTimeField(),
        "row_day": DateField(),
    }.items()
}


@dataclass
class Written:
    """What is there of one module, by block id; ``progress`` holds the rows of all modules, by key.

    ``earlier`` holds these reflections and those that were wanted of other modules, by module key and block
    id.
    """

    progress: dict = field(default_factory=dict)
    reflections: dict[str, Reflection] = field(default_factory=dict)
    earlier: dict[tuple, Reflection] = field(default_factory=dict)
    attempts: dict[str, list[CheckAttempt]] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    positions: dict[str, MediaPosition] = field(default_factory=dict)
    talks: list[Discussion] = field(default_factory=list)


def written_in(enrollment: Enrollment, module_key, *, earlier: Iterable[tuple] = (), talking=()) -> Written:
    """All rows of one module, and the progress of all modules. One query.

    ``earlier`` names reflections of any module, by module key and block id, that are wanted as well. The
    rows are whole enough to be shown; a verb that changes one reads it afresh. ``talking`` are the
    buildings whose discussions the person may read.
    """
    here = {"enrollment": enrollment, "module_key": module_key}
    reflections = Q(module_key=module_key)
    for key, block_id in earlier:
        reflections |= Q(module_key=key, block_id=block_id)
    rows = _columns(
        Reflection.objects.filter(reflections, enrollment=enrollment),
        kind="reflection",
        row_text=_as_text("text"),
        row_more=_as_text("mark"),
        row_also=F("prompt"),
        row_rest=_as_text("scale"),
        row_number=F("version"),
        row_words=F("words"),
        row_is=F("sharing"),
        row_at=F("saved_at"),
    ).union(
        _columns(
            CheckAttempt.objects.filter(**here),
            kind="check",
            row_text=F("question"),
            row_more=_as_text("choices"),
            row_number=F("number"),
            row_words=F("score"),
            row_is=Cast(Cast("passed", IntegerField()), CharField()),
            row_at=F("answered_at"),
        ),
        _columns(
            Commitment.objects.filter(**here),
            kind="commitment",
            row_text=_as_text("what"),
            row_more=_as_text("how_it_went"),
            row_also=_as_text("own_words"),
            row_is=F("outcome"),
            row_at=F("made_at"),
            row_since=F("settled_at"),
            row_day=F("due_on"),
        ),
        _columns(
            Note.objects.filter(**here, removed_at=None),
            kind="note",
            row_text=_as_text("text"),
            row_more=_as_text("passage"),
            row_at=F("made_at"),
            row_since=F("changed_at"),
        ),
        *([_columns_of_talks(module_key, talking)] if talking else []),
        _columns(
            MediaPosition.objects.filter(**here),
            kind="media",
            row_number=F("seconds"),
            row_words=F("played_seconds"),
            row_at=F("done_at"),
            row_since=F("read_at"),
        ),
        _columns(
            ModuleProgress.objects.filter(enrollment=enrollment),
            kind="progress",
            row_block=Value("", CharField()),
            row_text=F("title"),
            row_number=F("done"),
            row_words=F("required"),
            row_at=F("completed_at"),
            row_since=F("read_at"),
        ),
        all=True,
    )
    return _sorted_out(rows, enrollment, module_key)


def _columns(rows, *, kind: str, **columns):
    columns = {"row_pk": F("pk"), "row_module": F("module_key"), "row_block": F("block_id"), **columns}
    chosen = {name: columns.get(name, nothing) for name, nothing in _NOTHING.items()}
    return rows.order_by().annotate(kind=Value(kind, CharField()), **chosen).values("kind", *_NOTHING)


def _columns_of_talks(module_key, buildings):
    """Discussions of the module in ``buildings``, each with how many posts there are to read."""
    shown = Post.objects.filter(discussion=OuterRef("pk"), deleted_at=None, removal=None)
    counted = Subquery(shown.order_by().values("discussion").annotate(count=Count("pk")).values("count"))
    rows = Discussion.objects.filter(module_key=module_key, building__in=buildings)
    return _columns(
        rows.exclude(state=Discussion.State.CLOSED),
        kind="talk",
        row_number=Coalesce(counted, 0),
        row_words=F("building_id"),
        row_is=F("state"),
        row_at=F("opened_at"),
    )


def _as_text(name):
    """A column as it stands in the database: a sealed text isn't opened, JSON isn't read."""
    return Cast(name, output_field=TextField())


def _sorted_out(rows, enrollment, module_key) -> Written:
    written = Written()
    for row in rows:
        _READ[row["kind"]](written, row, enrollment)
    written.reflections = {
        block_id: row for (key, block_id), row in written.earlier.items() if key == module_key
    }
    for tries in written.attempts.values():
        tries.sort(key=lambda attempt: attempt.number)
    written.notes.sort(key=lambda note: note.pk)
    return written


def _read_reflection(written, row, enrollment):
    mark = unseal(row["row_more"])
    written.earlier[row["row_module"], row["row_block"]] = Reflection(
        **_identity(row, enrollment),
        text=unseal(row["row_text"]),
        mark=mark,
        is_marked=bool(mark),
        prompt=row["row_also"],
        scale=json.loads(row["row_rest"]),
        version=row["row_number"],
        words=row["row_words"],
        sharing=row["row_is"],
        saved_at=row["row_at"],
    )


def _read_attempt(written, row, enrollment):
    attempt = CheckAttempt(
        **_identity(row, enrollment),
        question=row["row_text"],
        choices=json.loads(row["row_more"]),
        number=row["row_number"],
        score=row["row_words"],
        passed=row["row_is"] == "1",
        answered_at=row["row_at"],
    )
    written.attempts.setdefault(row["row_block"], []).append(attempt)


def _read_commitment(written, row, enrollment):
    written.commitments[row["row_block"]] = Commitment(
        **_identity(row, enrollment),
        what=unseal(row["row_text"]),
        own_words=unseal(row["row_also"]),
        how_it_went=unseal(row["row_more"]),
        outcome=row["row_is"],
        made_at=row["row_at"],
        settled_at=row["row_since"],
        due_on=row["row_day"],
    )


def _read_note(written, row, enrollment):
    note = Note(
        **_identity(row, enrollment),
        text=unseal(row["row_text"]),
        passage=unseal(row["row_more"]),
        made_at=row["row_at"],
        changed_at=row["row_since"],
    )
    written.notes.append(note)


def _read_position(written, row, enrollment):
    written.positions[row["row_block"]] = MediaPosition(
        **_identity(row, enrollment),
        seconds=row["row_number"],
        played_seconds=row["row_words"],
        done_at=row["row_at"],
        read_at=row["row_since"],
    )


def _read_talk(written, row, enrollment):
    talk = Discussion(
        pk=row["row_pk"],
        module_key=row["row_module"],
        block_id=row["row_block"],
        building_id=row["row_words"],
        state=row["row_is"],
        opened_at=row["row_at"],
    )
    talk.count = row["row_number"]
    written.talks.append(talk)


def _read_progress(written, row, enrollment):
    written.progress[row["row_module"]] = ModuleProgress(
        pk=row["row_pk"],
        enrollment=enrollment,
        module_key=row["row_module"],
        title=row["row_text"],
        done=row["row_number"],
        required=row["row_words"],
        completed_at=row["row_at"],
        read_at=row["row_since"],
    )


def _identity(row, enrollment) -> dict:
    return {
        "pk": row["row_pk"],
        "enrollment": enrollment,
        "module_key": row["row_module"],
        "block_id": row["row_block"],
    }


_READ = {
    "reflection": _read_reflection,
    "check": _read_attempt,
    "commitment": _read_commitment,
    "note": _read_note,
    "media": _read_position,
    "talk": _read_talk,
    "progress": _read_progress,
}
