"""Pairing: which block of a translated file translates which block of the source.

Blocks with a name are found by it, those with ``uuid=`` by that; what stands between two of them is taken in
its order, as long as the same kinds of blocks stand there in both. So a translation may lag: what can't be
paired for certain is told, and stays in the source's words until somebody has caught up. Nothing is guessed,
for the wrong words under the right identity would be worse than English.
"""

from collections.abc import Callable

from cms.portable.grammar import BLOCKS, ItemNames
from cms.portable.prose import from_html, plain
from cms.wording import in_words_of

_LISTS = {"check": "answers", "scenario": "choices", "accordion": "items"}
_MARKS = {"check": "correct", "scenario": "best"}


class Pairing:
    """The blocks of one file being paired; ``warn`` is told what stays in the source's language."""

    def __init__(
        self, *, line_of: Callable[[dict], int], given_ids: set[str], warn: Callable, wrong: Callable
    ):
        self._line_of = line_of
        self._given = given_ids
        self._warn = warn
        self._wrong = wrong

    def paired(self, source: list[dict], translated: list[dict]) -> list[dict]:
        """The translated blocks, each with the identity and the rules of the block that it translates."""
        partners = self._partners(source, translated)
        return [
            made
            for block in source
            if (other := partners.get(block["id"])) is not None and (made := self._made(block, other))
        ]

    # --- which is which ----------------------------------------------------------------------------------

    def _partners(self, source: list[dict], translated: list[dict]) -> dict[str, dict]:
        named = {block["value"].get("anchor"): block for block in source if block["value"].get("anchor")}
        by_id = {block["id"]: block for block in source}
        fixed: list[tuple[int, int]] = []
        for at, block in enumerate(translated):
            anchor = block["value"].get("anchor")
            if not anchor and block["id"] not in self._given:
                continue
            partner = named.get(anchor) if anchor else by_id.get(block["id"])
            name = f"#{anchor}" if anchor else block["id"]
            if partner is None:
                self._wrong(self._line_of(block), f"The source has no {name} here: it says what there is.")
            elif partner["type"] != block["type"]:
                self._wrong(
                    self._line_of(block),
                    f"{name} is a :::{partner['type']} in the source, not a :::{block['type']}.",
                )
            else:
                fixed.append((source.index(partner), at))
        pairs = {source[here]["id"]: translated[there] for here, there in fixed}
        for block in source:
            if block["value"].get("anchor") and block["id"] not in pairs:
                self._warn(0, f"#{block['value']['anchor']} of the source isn't translated.")
        return pairs | self._between(source, translated, _rising(fixed), set(pairs))

    def _between(self, source, translated, fixed, paired: set[str]) -> dict[str, dict]:
        """What stands between the blocks that are certain: paired in order, or not at all."""
        found, taken = {}, {at for _here, at in fixed}
        corners = [(-1, -1), *fixed, (len(source), len(translated))]
        for (here, there), (next_here, next_there) in zip(corners, corners[1:], strict=False):
            ours = [block for block in source[here + 1 : next_here] if self._is_nameless(block, paired)]
            theirs = [
                block
                for at, block in enumerate(translated[there + 1 : next_there], there + 1)
                if at not in taken and not block["value"].get("anchor") and block["id"] not in self._given
            ]
            if [block["type"] for block in ours] == [block["type"] for block in theirs]:
                found |= {block["id"]: other for block, other in zip(ours, theirs, strict=True)}
            elif ours or theirs:
                line = self._line_of(theirs[0]) if theirs else 0
                self._warn(
                    line,
                    f"Here stand {_kinds(theirs)}; in the source, {_kinds(ours)}. "
                    "They can't be told apart, and stay as in the source.",
                )
        return found

    def _is_nameless(self, block: dict, paired: set[str]) -> bool:
        return not block["value"].get("anchor") and block["id"] not in paired

    # --- one block ---------------------------------------------------------------------------------------

    def _made(self, source: dict, translated: dict) -> dict | None:
        value = translated["value"]
        if source["type"] == "variants":
            return self._variants(source, value)
        if source["type"] == "local":
            inside = self.paired(source["value"].get("otherwise") or [], value.get("otherwise") or [])
            return {**source, "value": {**source["value"], **_name_of(value), "otherwise": inside}}
        if (name := _LISTS.get(source["type"])) and not self._take_items(source, translated, name):
            return None
        made = in_words_of(BLOCKS[source["type"]], source["value"], translated)
        if made is None and not _says_the_same(source, translated):
            self._warn(self._line_of(translated), "Some of its words are missing: it stays as in the source.")
        return made and {**source, "value": made}

    def _variants(self, source: dict, value: dict) -> dict:
        ours, theirs = source["value"].get("options") or [], value.get("options") or []
        options = []
        if [set(one["value"]["audiences"]) for one in ours] == [
            set(one["value"]["audiences"]) for one in theirs
        ]:
            for one, other in zip(ours, theirs, strict=True):
                inside = self.paired(one["value"]["blocks"], other["value"]["blocks"])
                options.append({**one, "value": {**one["value"], "blocks": inside}})
        else:
            anchor = source["value"].get("anchor") or "The variants"
            self._warn(0, f"{anchor}: the alternatives are for others than in the source, and stay as there.")
        inside = self.paired(source["value"].get("otherwise") or [], value.get("otherwise") or [])
        return {**source, "value": {**source["value"], "options": options, "otherwise": inside}}

    def _take_items(self, source: dict, translated: dict, name: str) -> bool:
        """Give the items of a list the identities of those that stand at their place in the source."""
        ours, theirs = source["value"].get(name) or [], translated["value"].get(name) or []
        mark, line = _MARKS.get(source["type"]), self._line_of(translated)
        if len(ours) != len(theirs):
            self._warn(line, f"It has {len(theirs)} {name}, in the source {len(ours)}: it stays as there.")
            return False
        if {item["id"] for item in theirs} == {item["id"] for item in ours}:
            return True
        if mark and any(
            bool(a["value"].get(mark)) != bool(b["value"].get(mark))
            for a, b in zip(ours, theirs, strict=True)
        ):
            self._warn(line, f"Its {name} stand in another order than in the source: it stays as there.")
            return False
        for one, other in zip(ours, theirs, strict=True):
            other["id"] = one["id"]
        return True


def numbered(stream: list[dict]) -> list[dict]:
    """Translated blocks with the items of their lists named as if this file alone were there.

    The mirror of pairing: an item of a translation has its place in the list for a name, so a file needn't
    spell out identities that follow from the source's words.
    """
    return [_numbered(block) for block in stream]


def _numbered(block: dict) -> dict:
    value = dict(block["value"])
    if name := _LISTS.get(block["type"]):
        names = ItemNames(block["id"])
        value[name] = [
            {
                **item,
                "id": names.expected(_answer_words(item)) if block["type"] == "check" else names.expected(),
            }
            for item in value.get(name) or []
        ]
    if block["type"] == "variants":
        names = ItemNames(block["id"])
        value["options"] = [
            {
                **item,
                "id": names.expected(),
                "value": {**item["value"], "blocks": numbered(item["value"]["blocks"])},
            }
            for item in value.get("options") or []
        ]
    if block["type"] in ("variants", "local"):
        value["otherwise"] = numbered(value.get("otherwise") or [])
    return {**block, "value": value}


def _answer_words(item: dict) -> str:
    return plain(tuple(run for part in from_html(item["value"]["text"]) for run in part.runs))


def _rising(fixed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The certain pairs that stand in the same order in both."""
    kept: list[tuple[int, int]] = []
    for here, there in sorted(fixed, key=lambda pair: pair[1]):
        if not kept or here > kept[-1][0]:
            kept.append((here, there))
    return kept


def _kinds(blocks: list[dict]) -> str:
    return ", ".join(block["type"] for block in blocks) or "nothing"


def _name_of(value: dict) -> dict:
    return {"name": value["name"]} if value.get("name") else {}


def _says_the_same(source: dict, translated: dict) -> bool:
    return source["value"] == {**translated["value"], "shown_to": source["value"].get("shown_to")}
