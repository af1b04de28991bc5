"""Running text and Markdown: reading the parser's nodes into the model, and writing the model back.

What is written is read again before it is believed: text that Markdown would take for something else is
escaped, and a style that its marks can't express (half a word, say) is written with tags.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from cms.portable.markdown import line_of, tree
from cms.portable.mistakes import Say
from cms.portable.prose import BREAK, Item, List, Paragraph, Prose, Run, in_styles, tidy

PROSE_NODES = ("paragraph", "bullet_list", "ordered_list")
_NOT_HERE = {
    "heading": "A heading can't stand here; headings (## …) stand between blocks.",
    "blockquote": "A quotation can't stand here; quotations stand between blocks.",
    "table": "A table can't stand here; tables stand between blocks.",
    "fence": "Code is no part of the format: write it as text.",
    "code_block": "This is indented by four spaces or more, so it reads as code: take the indent away.",
    "html_block": "HTML is no part of the format: write Markdown.",
    "hr": "A rule (---) is no part of the format: use a heading (## …).",
    "container": "A container can't stand here.",
    "stray_fence": "These colons close nothing: each :::name has one closing line, of just as many colons.",
}
_TAGS = {"<b>": ("bold", True), "</b>": ("bold", False), "<i>": ("italic", True), "</i>": ("italic", False)}


def not_here(node: SyntaxTreeNode) -> str:
    """Why a node can't stand where it is."""
    return _NOT_HERE.get(node.type, f"“{node.type}” is no part of the format.")


# --- Markdown → model ---------------------------------------------------------------------------------


def read(nodes: Iterable[SyntaxTreeNode], say: Say) -> Prose:
    """Read paragraphs and lists; anything else is a mistake."""
    parts: list[Paragraph | List] = []
    for node in nodes:
        if node.type == "paragraph":
            if runs := read_runs(node, say):
                parts.append(Paragraph(runs))
        elif node.type in PROSE_NODES:
            parts.append(_read_list(node, say))
        else:
            say(line_of(node), not_here(node))
    return tuple(parts)


def _read_list(node: SyntaxTreeNode, say: Say) -> List:
    items = []
    for child in node.children:
        paragraphs = [part for part in child.children if part.type == "paragraph"]
        lists = [part for part in child.children if part.type in ("bullet_list", "ordered_list")]
        for part in child.children:
            if part not in paragraphs + lists:
                say(line_of(part), not_here(part))
        if len(paragraphs) > 1:
            say(line_of(paragraphs[1]), "An item of a list is one paragraph: join them, or end the list.")
        runs = read_runs(paragraphs[0], say) if paragraphs else ()
        items.append(Item(runs, tuple(_read_list(part, say) for part in lists)))
    return List(node.type == "ordered_list", tuple(items))


def read_runs(node: SyntaxTreeNode, say: Say) -> tuple[Run, ...]:
    """The styled text of a paragraph, a heading or a table's cell."""
    return read_inline(inline_of(node), say)


def inline_of(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """What the text of a block consists of."""
    return [
        child
        for inline in node.children
        for child in (inline.children if inline.type == "inline" else [inline])
    ]


def read_inline(nodes: Iterable[SyntaxTreeNode], say: Say) -> tuple[Run, ...]:
    """The styled text of inline nodes."""
    return tidy(_with_tags(nodes, Run(""), say))


def _inline(node: SyntaxTreeNode, style: Run, say: Say) -> Iterable[Run]:
    match node.type:
        case "text":
            yield replace(style, text=node.content.replace("\n", " "))
        case "softbreak":
            yield replace(style, text=" ")
        case "hardbreak":
            yield replace(style, text=BREAK)
        case "strong":
            yield from _with_tags(node.children, replace(style, bold=True), say)
        case "em":
            yield from _with_tags(node.children, replace(style, italic=True), say)
        case "link":
            yield from _with_tags(node.children, replace(style, href=node.attrs["href"] or None), say)
        case "html_inline" if re.fullmatch(r"<br\s*/?>", node.content):
            yield replace(style, text=BREAK)
        case "image":
            say(line_of(node), "A picture stands alone in its line, with a blank line before and after.")
        case "code_inline":
            say(line_of(node), "Code (`…`) is no part of the format: use *emphasis* or quotation marks.")
        case _:
            say(line_of(node), f"“{node.content}” is no part of the format: write Markdown.")


def _with_tags(nodes: Iterable[SyntaxTreeNode], style: Run, say: Say) -> Iterable[Run]:
    for node in nodes:
        if node.type == "html_inline" and node.content.lower() in _TAGS:
            name, on = _TAGS[node.content.lower()]
            style = replace(style, **{name: on})
        else:
            yield from _inline(node, style, say)


# --- model → Markdown ---------------------------------------------------------------------------------


def write(prose: Prose) -> str:
    """Write paragraphs and lists, a blank line between them."""
    return "\n\n".join(
        write_runs(part.runs) if isinstance(part, Paragraph) else text
        for part, text in zip(prose, _lists_in(prose), strict=True)
    )


def _lists_in(parts: Iterable) -> list[str]:
    """The text of each list among ``parts``; neighbours of one kind get another mark, or they would join."""
    texts, other_mark, before = [], False, None
    for part in parts:
        if not isinstance(part, List):
            texts.append("")
        else:
            is_neighbour = isinstance(before, List) and before.ordered == part.ordered
            other_mark = is_neighbour and not other_mark
            texts.append(_write_list(part, other_mark=other_mark))
        before = part
    return texts


def _write_list(part: List, *, other_mark: bool = False) -> str:
    lines = []
    for number, item in enumerate(part.items, start=1):
        mark = f"{number}{')' if other_mark else '.'}" if part.ordered else ("*" if other_mark else "-")
        lines.append(write_item(mark, write_runs(item.runs), *_lists_in(item.lists)))
    return "\n".join(lines)


def needs_other_mark(prose: Prose, *, ordered: bool) -> bool:
    """Would a list that comes next join the last one, unless it has the other mark?"""
    count = 0
    for part in reversed(prose):
        if not isinstance(part, List) or part.ordered != ordered:
            break
        count += 1
    return count % 2 == 1


def write_item(mark: str, *parts: str) -> str:
    """An item of a list: what stands in it is indented to where its words begin."""
    indent = " " * (len(mark) + 1)
    inner = "\n".join(part for part in parts if part)
    return f"{mark} " + inner.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")


def write_runs(runs: tuple[Run, ...], place: str = "paragraph") -> str:
    """Styled text for a paragraph, a table's ``cell``, a ``heading`` or a picture's ``alt``.

    The plainest spelling that reads back the same.
    """
    for escaped, tags in ((False, False), (True, False), (True, True)):
        text = _spell(runs, escaped=escaped, tags=tags, in_cell=place == "cell")
        if _reads_as(text, runs, place):
            break
    return text


#: How each place looks in Markdown, and the types of the nodes on the way to it. A picture's caption may
#: hold a backtick, which one in its ``alt`` would pair with: code binds tighter than a picture does.
_PLACES = {
    "paragraph": ("x\n\n{}", ["paragraph", "paragraph"], ()),
    "cell": ("| {} |\n|---|", ["table"], (0, 0, 0)),
    "heading": ("## {}", ["heading"], ()),
    "alt": ("![{}](x '`')", ["paragraph"], (0, 0)),
}


def _reads_as(text: str, runs: tuple[Run, ...], place: str) -> bool:
    frame, types, way = _PLACES[place]
    nodes = tree(frame.format(text)).children
    if [node.type for node in nodes] != types:
        return False
    node, wrong = nodes[-1], []
    if place == "cell" and len(node.children[0].children[0].children) != 1:
        return False
    for step in way:
        if len(node.children) != 1:
            return False
        node = node.children[step]
    if place == "alt" and node.type != "image":
        return False
    return read_runs(node, _collect(wrong)) == runs and not wrong


def _collect(wrong: list) -> Say:
    return lambda line, sentence: wrong.append((line, sentence))


def _spell(runs: tuple[Run, ...], *, escaped: bool, tags: bool, in_cell: bool) -> str:
    line_break = "<br>" if tags or in_cell else "\\\n"
    write_text = _escape if escaped else str

    def text(words: str) -> str:
        spelled = line_break.join(write_text(line) for line in words.split(BREAK))
        return re.sub(r"(?<!\\)\|", r"\\|", spelled) if in_cell else spelled

    return in_styles(
        runs,
        text=text,
        bold=lambda inner: f"<b>{inner}</b>" if tags else f"**{inner}**",
        italic=lambda inner: f"<i>{inner}</i>" if tags else f"*{inner}*",
        link=lambda inner, href: f"[{inner}]({_address(href)})",
    )


def _escape(text: str) -> str:
    text = re.sub(r"([\\`*_\[\]<>&!#|~:+=.(){}-])", r"\\\1", text)
    return re.sub(r"[^\S ]|[\x00-\x1f\x7f]", lambda match: f"&#{ord(match[0])};", text)


def _address(href: str) -> str:
    if re.search(r"[\s()<>\\]", href):
        return "<" + re.sub(r"([<>\\])", r"\\\1", href.replace("\n", "%0A")) + ">"
    return href
