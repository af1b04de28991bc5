"""Comparing: what differs between two readings of a module. Pure: the database is never asked.

The same comparison says what stands beside what when two buildings are looked at together, and what a
publish took from or gave to each reader.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from cms import placeholders
from cms.resolved import HIDDEN, ResolvedBlock, ResolvedModule
from cms.standpoints import Standpoint
from cms.tailoring import Tailoring

SAME, CHANGED, REPLACED, ADDED, REMOVED, MOVED = "same", "changed", "replaced", "added", "removed", "moved"
#: Fields of a block that decide who gets it, and not what is read.
_NOT_READ = {"shown_to"}


@dataclass(frozen=True)
class Line:
    """One block beside the other; ``left`` or ``right`` is None where that reading has none there.

    ``changed`` has one identity in other words, ``replaced`` two different blocks at one place. A block that
    stands elsewhere comes twice, as ``moved``: once for each reading.
    """

    kind: str
    left: object
    right: object


def stored_words(block) -> str:
    """All that is read in ``block`` (a resolved one, or a stream's child), as one comparable text."""
    child = getattr(block, "bound", block)
    stored = child.block.get_prep_value(child.value)
    if isinstance(stored, dict):
        stored = {name: value for name, value in stored.items() if name not in _NOT_READ}
    return json.dumps(stored, sort_keys=True, default=str, ensure_ascii=False)


def words_for(standpoint: Standpoint) -> Callable[[ResolvedBlock], str]:
    """How the reader at ``standpoint`` reads a block: its words with their own in the placeholders."""
    return lambda block: placeholders.fill(stored_words(block), standpoint)


def compare(
    left: Sequence, right: Sequence, *, left_words=stored_words, right_words=stored_words
) -> tuple[Line, ...]:
    """Line ``left`` up with ``right``, block by block, in the order of both.

    Reading only the left sides gives ``left`` again, and only the right ones ``right``.
    """
    ids_left, ids_right = [block.id for block in left], [block.id for block in right]
    matcher = SequenceMatcher(None, ids_left, ids_right, autojunk=False)
    both = set(ids_left) & set(ids_right)
    lines = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        pairs = zip_longest(left[start:end], right[other_start:other_end])
        for one, other in pairs:
            if tag == "equal":
                is_same = left_words(one) == right_words(other)
                lines.append(Line(SAME if is_same else CHANGED, one, other))
            else:
                lines += _unequal(one, other, both)
    return tuple(lines)


def _unequal(one, other, both) -> list[Line]:
    alone = one is None or other is None
    if not alone and one.id not in both and other.id not in both:
        return [Line(REPLACED, one, other)]
    lines = []
    if one is not None:
        lines.append(Line(MOVED if one.id in both else REMOVED, one, None))
    if other is not None:
        lines.append(Line(MOVED if other.id in both else ADDED, None, other))
    return lines


@dataclass(frozen=True)
class Effect:
    """What a reader gets otherwise of one module: its standing then and now, and how many blocks differ."""

    key: str
    title: str
    before: str
    after: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0

    @property
    def is_none(self) -> bool:
        """Does the reader get what they got?"""
        return self.before == self.after and not (self.added or self.removed or self.changed or self.moved)


def effect_on(before: ResolvedModule | None, after: ResolvedModule | None) -> Effect:
    """What ``after`` gives to a reader who had ``before``; None stands for a module that isn't there."""
    lines = compare(_read(before), _read(after))
    kinds = [line.kind for line in lines]
    page = (after or before).module
    return Effect(
        key=str(page.translation_key),
        title=page.title,
        before=before.standing if before else HIDDEN,
        after=after.standing if after else HIDDEN,
        added=kinds.count(ADDED) + kinds.count(REPLACED),
        removed=kinds.count(REMOVED) + kinds.count(REPLACED),
        changed=kinds.count(CHANGED),
        moved=sum(line.kind == MOVED and line.right is not None for line in lines),
    )


def effects_on(
    before: Tailoring, after: Tailoring, standpoint: Standpoint, keys: Iterable
) -> tuple[Effect, ...]:
    """What differs for the reader in the modules ``keys``; nothing where nothing does."""
    old = {module.translation_key: module for module in before.modules}
    new = {module.translation_key: module for module in after.modules}
    effects = (
        effect_on(
            before.resolve(old[key], standpoint) if key in old else None,
            after.resolve(new[key], standpoint) if key in new else None,
        )
        for key in keys
        if key in old or key in new
    )
    return tuple(effect for effect in effects if not effect.is_none)


def _read(resolved):
    """The blocks that somebody reads: none of a module that is left out for them."""
    return () if resolved is None or resolved.standing == HIDDEN else resolved.blocks
