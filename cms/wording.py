"""Wording: a translation's words put into the blocks of what was translated.

What there is, the source says: which blocks, in what order, what is required, which answer is right. Of a
translation only the words are taken, block by block and by identity. So everybody has the same to do, in
whatever language they read (decision 0028). A block that the translation doesn't have, or has in another
shape, keeps the source's words; its identity is told, so that it can be marked as being in that language.
"""

from collections.abc import Iterator

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.blocks.base import ANCHOR

_CONTAINERS = ("variants", "local")
_WORDS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.RawHTMLBlock)


class _Lags(Exception):
    """The translation doesn't have all that the source's block says."""


def worded(stream: blocks.StreamBlock, source: list[dict], translated: list[dict]) -> tuple[list, set[str]]:
    """The blocks of ``source`` in the words of ``translated``, both as stored.

    Gives them with the identities of those that are still in the source's words.
    """
    found = {block["id"]: block for block in translated}
    merged, unspoken = [], set()
    for block in source:
        definition, other = stream.child_blocks.get(block["type"]), found.get(block["id"])
        if definition is None:
            merged.append(block)
            continue
        if other is not None and other["type"] != block["type"]:
            other = None
        if block["type"] in _CONTAINERS:
            value, inside = _contained(definition, block["value"], other["value"] if other else {})
            unspoken |= inside
        else:
            value = in_words_of(definition, block["value"], other)
            if value is None:
                unspoken.add(block["id"])
                value = block["value"]
        merged.append({**block, "value": value})
    return merged, unspoken


def in_words_of(definition, source: dict, other: dict | None) -> dict | None:
    """The value in the translation's words; None where it hasn't got them."""
    said = list(_words_in(definition, source))
    if not said:
        return source
    if other is None:
        return None
    try:
        value = _merged(definition, source, other["value"])
    except _Lags:
        return None
    # wagtail-localize fills what isn't translated yet with the source's own words.
    return None if list(_words_in(definition, value)) == said else value


def _contained(definition, source: dict, other: dict) -> tuple[dict, set[str]]:
    """Of variants and of places: each block inside by itself."""
    value, unspoken = dict(source), set()
    if "options" in definition.child_blocks:
        known = {item["id"]: item["value"] for item in other.get("options") or []}
        inner = definition.child_blocks["options"].child_block.child_blocks["blocks"]
        value["options"] = []
        for item in source.get("options") or []:
            words = known.get(item["id"], {}).get("blocks") or []
            merged, lagging = worded(inner, item["value"]["blocks"], words)
            value["options"].append({**item, "value": {**item["value"], "blocks": merged}})
            unspoken |= lagging
    inner = definition.child_blocks["otherwise"]
    value["otherwise"], lagging = worded(inner, source.get("otherwise") or [], other.get("otherwise") or [])
    return value, unspoken | lagging


# --- one value -----------------------------------------------------------------------------------------


def _merged(definition, source, words):
    match definition:
        case blocks.StructBlock():
            words = words or {}
            known = definition.child_blocks
            return {
                name: _merged(known[name], value, words.get(name)) if name in known else value
                for name, value in source.items()
            }
        case blocks.ListBlock():
            return _merged_items(lambda _item: definition.child_block, source or [], words or [])
        case blocks.StreamBlock():
            return _merged_items(
                lambda item: definition.child_blocks[item["type"]], source or [], words or []
            )
        case TypedTableBlock():
            return _merged_table(source, words)
        case blocks.ChooserBlock() | blocks.URLBlock():
            return words or source  # a translation may have a film, a form or captions of its own
        case _ if is_words(definition):
            if source and not words:
                raise _Lags
            return words if source else source
        case _:
            return source


def _merged_items(definition_of, source: list, words: list) -> list:
    if not all(isinstance(item, dict) and "id" in item for item in (*source, *words)):
        if len(source) != len(words):
            raise _Lags
        return words
    known = {item["id"]: item for item in words}
    if not all(item["id"] in known for item in source):
        raise _Lags
    return [
        {**item, "value": _merged(definition_of(item), item["value"], known[item["id"]]["value"])}
        for item in source
    ]


def _merged_table(source, words):
    if not source or not words:
        raise _Lags
    shape = [(len(table["columns"]), len(table["rows"])) for table in (source, words)]
    if shape[0] != shape[1]:
        raise _Lags
    return words


def is_words(definition) -> bool:
    """Does a field hold words, and not the name that something hangs on?"""
    if not isinstance(definition, _WORDS):
        return False
    return ANCHOR not in getattr(definition.field, "validators", ())


def _words_in(definition, value) -> Iterator[str]:
    match definition:
        case blocks.StructBlock():
            for name, inner in (value or {}).items():
                if name in definition.child_blocks:
                    yield from _words_in(definition.child_blocks[name], inner)
        case blocks.ListBlock() | blocks.StreamBlock():
            for item in value or []:
                inner = (
                    definition.child_block
                    if isinstance(definition, blocks.ListBlock)
                    else definition.child_blocks[item["type"]]
                )
                yield from _words_in(inner, item["value"] if isinstance(item, dict) else item)
        case TypedTableBlock():
            for column in (value or {}).get("columns", []):
                yield column["heading"]
            for row in (value or {}).get("rows", []):
                yield from map(str, row["values"])
        case _ if is_words(definition) and value:
            yield value
