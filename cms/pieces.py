"""Pieces: what an edition adds to a course, taken apart for a form and put together again.

An edition keeps its changes in a stream: a module's standing, or blocks at a place of a module. A piece is
one of those blocks. Its id is the block's, and stays: what people wrote hangs on it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms import plain_words

TEXT, REFLECTION, RESOURCE, ACTION = "text", "reflection", "resource", "action"
#: What a leader writes on the site, by the fields that hold rich text.
WRITTEN = {TEXT: ("body",), REFLECTION: ("question",), RESOURCE: (), ACTION: ("what",)}
#: Anything else an editor made in the admin. It can be moved and taken out, and is kept as it is.
KEPT = "kept"


@dataclass(frozen=True)
class Piece:
    """One block of an edition: where it stands, and its stored form (type, value, id)."""

    module: uuid.UUID
    place: str
    stored: dict

    @property
    def id(self) -> str:
        """The identity that records hang on."""
        return self.stored["id"]

    @property
    def kind(self) -> str:
        """One of :data:`WRITTEN`, or :data:`KEPT`."""
        kind, value = self.stored["type"], self.stored["value"]
        if kind not in WRITTEN or (kind == RESOURCE and value.get("document")):
            return KEPT
        return kind if all(plain_words.is_plain(value.get(name, "")) for name in WRITTEN[kind]) else KEPT


@dataclass
class Changes:
    """All that an edition changes. ``strays`` are stored changes of modules that the course has no more."""

    standings: dict[uuid.UUID, str] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    strays: list[dict] = field(default_factory=list)


def apart(stored: Iterable[dict], keys: dict[int, uuid.UUID], present: Iterable[uuid.UUID]) -> Changes:
    """Take stored changes apart.

    Args:
        keys: translation keys of module pages by primary key, of every language.
        present: the keys of the modules that the course has today.
    """
    changes, present = Changes(), set(present)
    for change in stored:
        value = change["value"]
        key = keys.get(value.get("module"))
        if key not in present:
            changes.strays.append(change)
        elif change["type"] == "standing":
            changes.standings[key] = value["standing"]
        else:
            blocks = value.get("blocks") or []
            changes.pieces += [Piece(key, value.get("place") or "end", block) for block in blocks]
    return changes


def together(changes: Changes, pages: dict[uuid.UUID, int], before: Iterable[dict]) -> list[dict]:
    """Put changes together as they are stored, in the course's order; what was ``before`` keeps its ids.

    Args:
        pages: primary keys of the course's modules by translation key, in order.
    """
    known = {_sign(change): change.get("id") for change in before}
    stored = [
        {"type": "standing", "value": {"module": pages[key], "standing": changes.standings[key]}}
        for key in pages
        if key in changes.standings
    ]
    at: dict[tuple, list[dict]] = {}
    for piece in changes.pieces:
        at.setdefault((piece.module, piece.place), []).append(piece.stored)
    order = list(pages)
    for key, place in sorted(at, key=lambda spot: order.index(spot[0])):
        value = {"module": pages[key], "place": place, "blocks": at[key, place]}
        stored.append({"type": "addition", "value": value})
    with_ids = [{**change, "id": known.get(_sign(change)) or str(uuid.uuid4())} for change in stored]
    return [*with_ids, *changes.strays]


def _sign(change: dict) -> tuple:
    value = change["value"]
    return change["type"], value.get("module"), value.get("place")
