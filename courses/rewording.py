"""Rewording: what differs between two texts, word by word, in pieces that a page can mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from courses import counting

SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left-out"
#: A word with the space after it, one character of a script without spaces, or a line's end.
_WORD = re.compile(rf"[{counting.UNSPACED}]|\n|[^\S\n]+|[^\s{counting.UNSPACED}]+(?:[^\S\n]+)?")
#: So many words stand around a change; what lies further off is left out.
_AROUND = 15


@dataclass(frozen=True)
class Piece:
    """A stretch that both texts have (``same``), or only the later (``added``) or earlier (``removed``)."""

    kind: str
    text: str


def reworded(earlier: str, later: str) -> tuple[Piece, ...]:
    """The two texts as one. Without what was removed it is ``later``; without what was added, ``earlier``.

    Space after a word is never a change of its own, and stands as in ``later``.
    """
    olds, news = _WORD.findall(earlier), _WORD.findall(later)
    # A long text of few different words must not take long: frequent words anchor nothing (autojunk).
    matcher = SequenceMatcher(None, _keys(olds), _keys(news))
    pieces = []
    for tag, old, old_end, new, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(news[new:new_end])))
            continue
        pieces += [Piece(REMOVED, "".join(olds[old:old_end])), Piece(ADDED, "".join(news[new:new_end]))]
    return tuple(piece for piece in pieces if piece.text)


def briefly(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces without what lies far from any change."""
    pieces = tuple(pieces)
    return tuple(
        part
        for at, piece in enumerate(pieces)
        for part in _shortened(piece, is_first=at == 0, is_last=at == len(pieces) - 1)
    )


def how_many(pieces: Iterable[Piece], kind: str) -> int:
    """How many words are in the pieces of that kind."""
    return sum(counting.count_words(piece.text) for piece in pieces if piece.kind == kind)


def _keys(words):
    return [word.rstrip() or word for word in words]


def _shortened(piece, *, is_first, is_last) -> list[Piece]:
    words = _WORD.findall(piece.text)
    before, after = 0 if is_first else _AROUND, 0 if is_last else _AROUND
    if piece.kind != SAME or len(words) <= before + after + 1:
        return [piece]
    start, end = "".join(words[:before]), "".join(words[len(words) - after :])
    parts = [Piece(SAME, start), Piece(LEFT_OUT, ""), Piece(SAME, end)]
    return [part for part in parts if part.text or part.kind == LEFT_OUT]
