"""The names of the format: containers, their attributes, and the identities of blocks."""

import uuid
from dataclasses import dataclass

from cms.blocks import ModuleBody

#: The definition of every block that can be written; what a value may be is asked of it.
BLOCKS = ModuleBody().child_blocks

#: Stands in for an identity that is missing, so that reading can go on to the other mistakes.
NO_KEY = uuid.UUID(int=0)

#: What a container inside another is called, and where it may stand.
INNER = {
    "item": "accordion",
    "for": "variants",
    "otherwise": "variants",
    "guidance": "reflection",
    "starters": "reflection",
    "question": "pool",
}
#: Containers that are no block of their own.
WRAPPERS = ("shown", "block")
#: Blocks that are written as plain Markdown; ``:::block`` gives one of them an identity of its own.
PLAIN = ("text", "heading", "image", "quote", "table")
#: What a page outside of courses may hold.
READING = ("text", "heading", "image", "video", "audio", "quote", "callout", "accordion", "table", "resource")
#: What may stand inside a variant, a named place, or an edition.
PASSAGE = (*READING, "scenario", "check", "pool", "reflection", "action")
#: What a module may hold.
EVERYTHING = (*PASSAGE, "variants", "local")
#: Blocks that a record or an edition hangs on: they need a name that doesn't change with their place.
NEED_A_NAME = ("check", "pool", "reflection", "action", "local")


@dataclass(frozen=True)
class Attribute:
    """How a field of a block is written in its container's braces."""

    name: str
    field: str
    #: Written out even where it has the block's default, because authors like to see it.
    always: bool = False
    unit: str = ""


ATTRIBUTES: dict[str, tuple[Attribute, ...]] = {
    "callout": (Attribute("title", "title", always=True), Attribute("tone", "tone", always=True)),
    "accordion": (),
    "variants": (),
    "scenario": (),
    "check": (
        Attribute("kind", "kind", always=True),
        Attribute("attempts", "attempts"),
        Attribute("pass", "pass_mark"),
        Attribute("required", "required"),
        Attribute("shuffle", "shuffle"),
    ),
    "pool": (
        Attribute("title", "title", always=True),
        Attribute("draw", "draw", always=True),
        Attribute("right", "right"),
        Attribute("attempts", "attempts"),
        Attribute("required", "required"),
        Attribute("shuffle", "shuffle"),
    ),
    "reflection": (
        Attribute("kind", "kind"),
        Attribute("steps", "steps"),
        Attribute("low", "low"),
        Attribute("high", "high"),
        Attribute("before", "before"),
        Attribute("quotes", "quotes"),
        Attribute("words", "minimum_words", always=True),
        Attribute("share", "share", always=True),
        Attribute("discussion", "discussion"),
        Attribute("required", "required"),
    ),
    "action": (Attribute("in", "in_days", always=True, unit="d"), Attribute("required", "required")),
    "local": (Attribute("name", "name"),),
    "resource": (
        Attribute("href", "link"),
        Attribute("document", "document"),
        Attribute("title", "title", always=True),
    ),
    "video": (
        Attribute("src", "src"),
        Attribute("file", "file"),
        Attribute("captions", "captions"),
        Attribute("title", "title", always=True),
        Attribute("minutes", "minutes"),
        Attribute("required", "required"),
    ),
    "audio": (
        Attribute("file", "file", always=True),
        Attribute("captions", "captions"),
        Attribute("title", "title", always=True),
        Attribute("minutes", "minutes"),
        Attribute("required", "required"),
    ),
}
#: Attributes that hold words or addresses: authors expect quotation marks even round a single word.
QUOTED = ("title", "name", "low", "high", "href", "src", "document", "file", "captions")
#: Fields that hold a document: a path inside the folder in files, a primary key in the database.
DOCUMENT_FIELDS = ("document", "file", "captions")


def has_anchor(type_: str) -> bool:
    """Can blocks of this type be named?"""
    return type_ in BLOCKS and "anchor" in BLOCKS[type_].child_blocks


class Names:
    """Gives each block of one module its id, in the order of the file.

    A named block's id follows from its name, any other's from its type and place among those of its type.
    So an import that comes again finds the same blocks. A block that has another id (one that an editor
    made in Wagtail) carries it in the file, as ``uuid=``.

    ``scope`` sets an edition's names apart from its module's and from other editions'.
    """

    def __init__(self, key: uuid.UUID, scope: str = ""):
        self.key = key
        self.scope = f"{scope}/" if scope else ""
        self._counts: dict[str, int] = {}

    def expected(self, type_: str, anchor: str | None) -> str:
        """The id of the next block of this type, if it has none of its own."""
        if anchor:
            return str(uuid.uuid5(self.key, f"{self.scope}{anchor}"))
        self._counts[type_] = self._counts.get(type_, 0) + 1
        return str(uuid.uuid5(self.key, f"{self.scope}{type_}-{self._counts[type_]}"))


def item_id(block_id: str, name: str | int) -> str:
    """The id of an item of a list inside a block: an answer, a choice, a fold, an alternative."""
    return str(uuid.uuid5(uuid.UUID(block_id), str(name)))


class ItemNames:
    """Gives the items of one list their ids: by their words where they have a record, else by place.

    What a person chose in a check is kept by the answers' ids, so an answer put between two others must
    not make the record speak of its neighbour.
    """

    def __init__(self, block_id: str):
        self.block_id = block_id
        self._seen: dict[str, int] = {}

    def expected(self, words: str = "item") -> str:
        """The id of the next item."""
        self._seen[words] = self._seen.get(words, 0) + 1
        return item_id(self.block_id, f"{words}-{self._seen[words]}")
