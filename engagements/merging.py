"""Merging: two people's changes of the same answer made one, or refused where both changed the same words.

Pure functions of three values: the ``base`` that both began with, ``mine`` and ``theirs``. Whose is whose
makes no difference to what comes out. Nothing that either wrote is dropped unless the other took it out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word with the space before it: appending and inserting words then changes no word that was there.
_WORD = re.compile(r"\s*\S+|\s+$")


class Overlap(Exception):
    """Both changed the same thing differently: a person has to choose."""


def merge(base, mine, theirs, *, prose: frozenset[str] = frozenset(), key: str = ""):
    """Return ``base`` with both changes.

    Objects are merged key by key, rows (objects with an ``id``) row by row, lists of plain values as sets,
    and texts word by word, but only under the keys that ``prose`` names: two different days or
    numbers, written as text, are no prose.

    Raises:
        Overlap: both changed the same value, or the same words of a text.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _merge_objects(base if isinstance(base, dict) else {}, mine, theirs, prose)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _merge_lists(base if isinstance(base, list) else [], mine, theirs, prose)
    if key in prose and isinstance(mine, str) and isinstance(theirs, str):
        return merge_text(base if isinstance(base, str) else "", mine, theirs)
    raise Overlap(key)


def merge_text(base: str, mine: str, theirs: str) -> str:
    """Return the text with both changes, word by word.

    Where both put something in at the same place, both stand there, in an order of their own.

    Raises:
        Overlap: both changed the same words.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    words = _words(base)
    changes = sorted({*_changes(words, _words(mine)), *_changes(words, _words(theirs))})
    merged, at = [], 0
    for change in changes:
        if change.start < at:
            raise Overlap
        merged += [*words[at : change.start], *change.new]
        at = change.end
    return _joined([*merged, *words[at:]])


@dataclass(frozen=True, order=True)
class _Change:
    """The words from ``start`` to ``end`` (not included) become ``new``. Sorted, an insertion comes first."""

    start: int
    end: int
    new: tuple[str, ...]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _joined(words: list[str]) -> str:
    """Only a text's first word has no space before it; another such came from a second text's beginning."""
    return "".join(
        f"\n{word}" if position and not word[0].isspace() else word for position, word in enumerate(words)
    )


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    """What was done to ``old``. The ends that are the same are left out first: most edits are small."""
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    left = shortest - head
    tail = next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield _Change(head + start, head + end, tuple(after[new_start:new_end]))


def _merge_objects(base: dict, mine: dict, theirs: dict, prose) -> dict:
    keys = dict.fromkeys([*base, *sorted({*mine, *theirs} - {*base})])
    merged = {key: merge(base.get(key), mine.get(key), theirs.get(key), prose=prose, key=key) for key in keys}
    return {key: value for key, value in merged.items() if value is not None}


def _merge_lists(base: list, mine: list, theirs: list, prose) -> list:
    if all(isinstance(row, dict) and "id" in row for row in (*base, *mine, *theirs)):
        return _merge_rows(*({row["id"]: row for row in rows} for rows in (base, mine, theirs)), prose)
    if any(isinstance(value, dict | list) for value in (*base, *mine, *theirs)):
        raise Overlap
    kept = [value for value in base if value in mine and value in theirs]
    return kept + sorted(({*mine} | {*theirs}) - {*base})


def _merge_rows(base: dict, mine: dict, theirs: dict, prose) -> list:
    """Rows that were there keep their order, new ones follow. Of taking out and changing, changing wins."""
    stayed = []
    for id_, row in base.items():
        if id_ in mine and id_ in theirs:
            stayed.append(merge(row, mine[id_], theirs[id_], prose=prose))
        else:
            stayed += [side[id_] for side in (mine, theirs) if id_ in side and side[id_] != row]
    added = {
        id_: merge({}, mine.get(id_, row), theirs.get(id_, row), prose=prose)
        for id_, row in [*mine.items(), *theirs.items()]
        if id_ not in base
    }
    return stayed + [added[id_] for id_ in sorted(added)]
