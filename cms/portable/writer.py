"""Writing a body: the blocks of a stream as Markdown with containers. The mirror image of ``reader``."""

import re

from cms.blocks.doing import starters_of
from cms.portable import prose_markdown
from cms.portable.grammar import ATTRIBUTES, BLOCKS, PLAIN, QUOTED, ItemNames, Names
from cms.portable.markdown import quoted
from cms.portable.prose import BREAK, Paragraph, Run, from_html, plain, tidy


class Writer:
    """Writes the blocks of one file. Ids that follow from the file are left out, others are written."""

    def __init__(self, names: Names):
        self.names = names

    # --- streams --------------------------------------------------------------------------------------

    def stream(self, blocks: list[dict], depth: int = 0) -> str:
        """A stream; ``depth`` is in how many containers it stands."""
        parts: list[str] = []
        before: tuple = ()
        for shown_to, group in _by_audience(blocks):
            if not shown_to:
                parts.extend(self._group(group, depth, follows_text=_ends_in_text(before)))
                before = ((), group)
                continue
            inner = "\n\n".join(self._group(group, depth + 1))
            parts.append(_container("shown", {"audience": ",".join(shown_to)}, inner, depth))
            before = ()
        return "\n\n".join(parts)

    def _group(self, blocks: list[dict], depth: int, *, follows_text: bool = False) -> list[str]:
        parts = []
        for block in blocks:
            parts.append(self._block(block, depth, follows_text=follows_text))
            follows_text = block["type"] == "text" and not parts[-1].startswith(":::")
        return parts

    def _block(self, block: dict, depth: int, *, follows_text: bool) -> str:
        type_, value = block["type"], block["value"]
        anchor = value.get("anchor") or ""
        expected = self.names.expected(type_, anchor)
        own_id = "" if block["id"] == expected else block["id"]
        if type_ not in PLAIN:
            return self._contained(block, anchor, own_id, depth)
        text = _PLAIN[type_](value)
        if own_id or (type_ == "text" and follows_text) or not text:
            return _container("block", {"uuid": own_id} if own_id else {}, text, depth)
        return text

    def _contained(self, block: dict, anchor: str, own_id: str, depth: int) -> str:
        type_, value = block["type"], block["value"]
        given = ({"#": anchor} if anchor else {}) | _attributes(type_, value)
        if own_id:
            given["uuid"] = own_id
        return _container(type_, given, _INSIDE[type_](self, block, depth + 1), depth)


def _by_audience(blocks: list[dict]) -> list[tuple[tuple, list[dict]]]:
    groups: list[tuple[tuple, list[dict]]] = []
    for block in blocks:
        shown_to = tuple(block["value"].get("shown_to") or ())
        if groups and groups[-1][0] == shown_to:
            groups[-1][1].append(block)
        else:
            groups.append((shown_to, [block]))
    return groups


def _ends_in_text(before: tuple) -> bool:
    return bool(before) and before[1][-1]["type"] == "text"


def _container(name: str, given: dict, inner: str, depth: int) -> str:
    colons = ":" * (3 + depth)
    braces = " ".join(
        f"#{text}" if key == "#" else f"{key}={quoted(text, always=key in QUOTED)}"
        for key, text in given.items()
    )
    opening = f"{colons}{name} {{{braces}}}" if braces else f"{colons}{name}"
    return "\n".join(part for part in (opening, inner, colons) if part)


def _attributes(type_: str, value: dict) -> dict:
    given = {}
    for attribute in ATTRIBUTES[type_]:
        default = BLOCKS[type_].child_blocks[attribute.field].get_default()
        field = value.get(attribute.field, default)
        if field in (None, "") or (field == default and not attribute.always):
            continue
        text = str(field).lower() if isinstance(field, bool) else str(field)
        given[attribute.name] = f"{text}{attribute.unit}"
    return given


# --- plain blocks -------------------------------------------------------------------------------------


def _text(value: dict) -> str:
    return prose_markdown.write(from_html(value.get("body")))


def _heading(value: dict) -> str:
    return f"## {_one_line(value.get('text'), 'heading')}"


def _image(value: dict) -> str:
    alt = "" if value.get("decorative") else _one_line(value.get("alt"), "alt")
    caption = " ".join((value.get("caption") or "").split())
    title = f' "{_escape_title(caption)}"' if caption else ""
    return f"![{alt}]({value.get('image') or ''}{title})"


def _quote(value: dict) -> str:
    paragraphs = [part for part in (value.get("text") or "").replace("\r", "").split("\n\n") if part.strip()]
    lines = [prose_markdown.write_runs(tidy((Run(part),))) for part in paragraphs]
    text = "\n\n".join(lines)
    who = _one_line(value.get("who"))
    if who or (paragraphs and paragraphs[-1].rpartition("\n")[2].strip().startswith("—")):
        text += f"\n— {who}".rstrip()
    return _quoted(text)


def _table(value: dict) -> str:
    table = value.get("table") or {"columns": [], "rows": []}
    head = [_one_line(column["heading"], "cell") for column in table["columns"]]
    rows = [[_cell(cell) for cell in row["values"]] for row in table["rows"]]
    lines = [_row(head), "|" + "---|" * len(head), *(_row(row) for row in rows)]
    return f"Table: {_one_line(value.get('caption'))}".rstrip() + "\n\n" + "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(html) -> str:
    return prose_markdown.write_runs(_as_one_paragraph(html), "cell")


_PLAIN = {"text": _text, "heading": _heading, "image": _image, "quote": _quote, "table": _table}


# --- inside containers --------------------------------------------------------------------------------


def _callout(writer, block, depth) -> str:
    return _text(block["value"])


def _transcript(writer, block, depth) -> str:
    return _markdown(block["value"].get("transcript"))


def _resource(writer, block, depth) -> str:
    return _one_line(block["value"].get("summary"))


def _action(writer, block, depth) -> str:
    return _markdown(block["value"].get("what"))


def _accordion(writer, block, depth) -> str:
    names = ItemNames(block["id"])
    return "\n".join(
        _container(
            "item",
            {"title": item["value"]["title"]} | _own_id(item, names.expected()),
            _markdown(item["value"]["body"]),
            depth,
        )
        for item in block["value"].get("items") or []
    )


def _variants(writer, block, depth) -> str:
    names, parts = ItemNames(block["id"]), []
    for item in block["value"].get("options") or []:
        given = {"audience": ",".join(item["value"]["audiences"])} | _own_id(item, names.expected())
        parts.append(_container("for", given, writer.stream(item["value"]["blocks"], depth + 1), depth))
    if otherwise := block["value"].get("otherwise"):
        parts.append(_container("otherwise", {}, writer.stream(otherwise, depth + 1), depth))
    return "\n".join(parts)


def _local(writer, block, depth) -> str:
    return writer.stream(block["value"].get("otherwise") or [], depth)


def _reflection(writer, block, depth) -> str:
    question = _markdown(block["value"].get("question"))
    guidance = _markdown(block["value"].get("guidance"))
    items = [prose_markdown.write_item("-", _one_line(line)) for line in starters_of(block["value"])]
    inner = {"guidance": guidance, "starters": "\n".join(items)}
    return "\n\n".join(
        [question, *(_container(name, {}, text, depth) for name, text in inner.items() if text)]
    )


def _scenario(writer, block, depth) -> str:
    names, items = ItemNames(block["id"]), []
    situation = from_html(block["value"].get("situation"))
    mark = "*" if prose_markdown.needs_other_mark(situation, ordered=False) else "-"
    for item in block["value"].get("choices") or []:
        value = item["value"]
        tail = (["best"] if value.get("best") else []) + _own_id_words(item, names.expected())
        items.append(_answer(mark, "", value["text"], tail, value.get("feedback")))
    return "\n\n".join(part for part in (prose_markdown.write(situation), "\n".join(items)) if part)


def _check(writer, block, depth) -> str:
    return _question(block["value"], block["id"])


def _pool(writer, block, depth) -> str:
    names, parts = ItemNames(block["id"]), []
    for item in block["value"].get("questions") or []:
        expected = names.expected(_words_of(item["value"].get("question")))
        given = {"kind": item["value"].get("kind") or "single"} | _own_id(item, expected)
        parts.append(_container("question", given, _question(item["value"], item["id"]), depth))
    return "\n".join(parts)


def _words_of(html: str | None) -> str:
    """The words of the paragraphs, as a reader of the file finds them."""
    paragraphs = [part for part in from_html(html) if isinstance(part, Paragraph)]
    return " ".join(plain(part.runs).replace("\n", " ") for part in paragraphs)


def _question(value: dict, owner_id: str) -> str:
    names, items = ItemNames(owner_id), []
    is_ordering = value.get("kind") == "ordering"
    question = from_html(value.get("question"))
    follows_list = prose_markdown.needs_other_mark(question, ordered=is_ordering)
    for number, item in enumerate(value.get("answers") or [], start=1):
        words = plain(_as_one_paragraph(item["value"]["text"]))
        mark = f"{number}{')' if follows_list else '.'}" if is_ordering else ("*" if follows_list else "-")
        box = "" if is_ordering else ("[x] " if item["value"].get("correct") else "[ ] ")
        tail = _own_id_words(item, names.expected(words))
        items.append(_answer(mark, box, item["value"]["text"], tail, item["value"].get("feedback")))
    feedback = _markdown(value.get("feedback"))
    parts = (prose_markdown.write(question), "\n".join(items), _quoted(feedback) if feedback else "")
    return "\n\n".join(part for part in parts if part)


_INSIDE = {
    "callout": _callout,
    "video": _transcript,
    "audio": _transcript,
    "resource": _resource,
    "action": _action,
    "accordion": _accordion,
    "variants": _variants,
    "local": _local,
    "reflection": _reflection,
    "scenario": _scenario,
    "check": _check,
    "pool": _pool,
}


# --- what they share ----------------------------------------------------------------------------------


def _answer(mark: str, box: str, html: str, tail: list[str], feedback: str | None) -> str:
    words = prose_markdown.write_runs(_as_one_paragraph(html))
    braces = f" {{{' '.join(tail)}}}" if tail else ""
    quotation = _markdown(feedback)
    return prose_markdown.write_item(mark, f"{box}{words}{braces}", _quoted(quotation) if quotation else "")


def _own_id(item: dict, expected: str) -> dict:
    return {} if item["id"] == expected else {"uuid": item["id"]}


def _own_id_words(item: dict, expected: str) -> list[str]:
    return [f"uuid={own}" for own in _own_id(item, expected).values()]


def _markdown(html: str | None) -> str:
    return prose_markdown.write(from_html(html))


def _as_one_paragraph(html: str | None) -> tuple[Run, ...]:
    """Rich text of a line: several paragraphs become one with line breaks, a list its words."""
    runs: list[Run] = []
    for part in from_html(html):
        for words in [part.runs] if isinstance(part, Paragraph) else [item.runs for item in part.items]:
            runs.extend([Run(BREAK), *words] if runs else words)
    return tidy(runs)


def _one_line(text: str | None, place: str = "paragraph") -> str:
    """Plain words as Markdown, in one line."""
    return prose_markdown.write_runs(tidy((Run(" ".join((text or "").split())),)), place)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _escape_title(text: str) -> str:
    return re.sub(r'([\\"&])', r"\\\1", text)
