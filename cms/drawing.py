"""Drawing: a reader's blocks as markup. What many readers see alike is drawn once for all of them.

A block that only shows something looks the same for two readers when it holds the same, and when the
placeholders in it stand for the same words. So its markup is kept under just that: what it holds, those
words and the language (:func:`_name`). It can't be out of date, because a block that was edited, or one whose
building rewrote its goal, *has another name*; see :mod:`cms.keeping`. Buildings share what they see alike,
block by block, whichever edition or audience it came by.

Never kept: a block that asks something, since a person's own words stand in it; and one that shows a thing of
the library (picture, document, page), which can be replaced without the block being touched.
"""

import json

from django.conf import settings
from django.utils.translation import get_language

from cms import placeholders
from cms.keeping import Kept
from cms.resolved import ResolvedBlock
from cms.standpoints import Standpoint

ASKING = frozenset({"reflection", "check", "pool", "action"})
#: Blocks kept in one process: some 3 kB each.
_kept: Kept[str | None] = Kept(most=2_000)


def draw(block: ResolvedBlock, standpoint: Standpoint) -> str:
    """The markup of a block as anybody who reads from ``standpoint`` sees it."""
    # While templates are written they change without a new process.
    if block.type in ASKING or settings.DEBUG:
        return _drawn(block, standpoint)
    # None is kept where a thing of the library shows: it says that the block is to be drawn each time.
    markup = _kept.get(_name(block, standpoint), lambda: _lasting(block, standpoint))
    return _drawn(block, standpoint) if markup is None else markup


def _name(block: ResolvedBlock, standpoint: Standpoint) -> tuple:
    """All that the markup of a block follows from."""
    held = json.dumps(block.bound.block.get_prep_value(block.value), sort_keys=True, default=str)
    return (
        block.type,
        block.id,
        block.source,
        held,
        placeholders.words_in(held, standpoint),
        get_language(),
    )


def _lasting(block: ResolvedBlock, standpoint: Standpoint) -> str | None:
    shows_library = any(block.bound.block.extract_references(block.value))
    return None if shows_library else _drawn(block, standpoint)


def _drawn(block: ResolvedBlock, standpoint: Standpoint) -> str:
    # No request and no person: what isn't there can't get into what others will see.
    return block.render({"standpoint": standpoint})
