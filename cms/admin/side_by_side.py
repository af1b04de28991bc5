"""All editions of a course side by side: what each says, adds and leaves out, and what no longer fits."""

from dataclasses import dataclass

from cms import approving, editions, fitting, pieces
from cms.models import CoursePage, Edition, ModulePage


@dataclass(frozen=True)
class Entry:
    """What one edition does with one module. ``added`` pairs each block's place with how it begins."""

    standing: str
    added: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """One edition: as it is written last, and where that stands."""

    edition: Edition
    draft: Edition
    state: approving.State
    misfits: list
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SideBySide:
    """A course's editions, ``rows`` pair each module with an entry for each of ``columns``."""

    course: CoursePage
    columns: tuple[Column, ...]
    rows: list


def side_by_side(course: CoursePage) -> SideBySide:
    """Every edition of ``course``. A fixed number of queries."""
    modules = list(ModulePage.objects.child_of(course).live().defer("body"))
    found = list(
        Edition.objects.filter(course_key=course.translation_key)
        .select_related("building__district", "district", "latest_revision")
        .order_by("district__name", "building__district__name", "building__name")
    )
    drafts = [editions.draft_of(edition) for edition in found]
    keys = dict(ModulePage.objects.filter(pk__in=_named(drafts)).values_list("pk", "translation_key"))
    reviews = approving.reviews_of(found)
    columns = tuple(
        Column(
            edition,
            draft,
            approving.state_of(edition, reviews.get(edition.pk)),
            misfits,
            tuple(_entries(draft, keys, modules)),
        )
        for edition, draft, misfits in zip(found, drafts, fitting.misfits_of(drafts), strict=True)
    )
    rows = [(module, [column.entries[n] for column in columns]) for n, module in enumerate(modules)]
    return SideBySide(course, columns, rows)


def _named(drafts) -> set[int]:
    return {change["value"].get("module") for draft in drafts for change in draft.changes.raw_data} - {None}


def _entries(draft, keys, modules):
    changes = pieces.apart(draft.changes.raw_data, keys, keys.values())
    for module in modules:
        key = module.translation_key
        added = tuple(
            (piece.place, fitting.excerpt(piece.stored, 120))
            for piece in changes.pieces
            if piece.module == key
        )
        yield Entry(changes.standings.get(key, ""), added)
