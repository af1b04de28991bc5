"""Markdown with containers, read by markdown-it-py into a tree whose nodes know their line."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.utils import is_code_block

_FENCE = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*")
_OPENING = re.compile(r"([a-z]+)[ \t]*(\{.*\})?")
_ATTRIBUTE = re.compile(
    r"\s*(?:#(?P<name>[\w-]+)|(?P<key>[a-z]+)(?:=(?:\"(?P<quoted>(?:\\.|[^\"\\])*)\"|(?P<bare>[^\s\"{}]+)))?)(?=\s|$)"
)


def tree(text: str) -> SyntaxTreeNode:
    """The tree of a whole file; front matter, if there is any, is its first child."""
    return SyntaxTreeNode(_PARSER.parse(text))


def line_of(node: SyntaxTreeNode) -> int:
    """The line of the file (from 1) on which ``node`` begins; inline nodes take their block's."""
    while node is not None and node.map is None:
        node = node.parent
    return node.map[0] + 1 if node is not None else 0


def opening(node: SyntaxTreeNode) -> tuple[str, dict[str, str | bool]]:
    """Name and attributes of a container, such as ``("check", {"#": "warm-note", "kind": "single"})``.

    Raises:
        ValueError: the opening line isn't ``name {attributes}``; the text says what would be right.
    """
    match = _OPENING.fullmatch(node.info)
    if not match:
        raise ValueError(f"“{node.info}” can't be read: write :::name {{#anchor key=value}}.")
    return match[1], attributes(match[2] or "{}")


def attributes(braces: str) -> dict[str, str | bool]:
    """Read ``{#name key=value key="two words" flag}``; the name stands under ``"#"``, a flag is ``True``.

    Not by mdit-py-plugins: there a quoted value may hold no curly brackets (ours hold placeholders), an
    unquoted one no comma, and ``#name`` can't be told from ``id=name``.

    Raises:
        ValueError: with what would be right.
    """
    inner, found, position = braces[1:-1].strip(), {}, 0
    while position < len(inner):
        match = _ATTRIBUTE.match(inner, position)
        if not match:
            raise ValueError(
                f'“{inner[position:].strip()}” can\'t be read: write #name, key=value or key="some words".'
            )
        key = "#" if match["name"] else match["key"]
        if key in found:
            raise ValueError(f"“{key}” is given twice.")
        found[key] = match["name"] or _value(match)
        position = match.end()
    return found


def _value(match: re.Match) -> str | bool:
    if match["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", match["quoted"])
    return match["bare"] or True


def quoted(value: str, *, always: bool = False) -> str:
    """``value`` as it is written after ``key=``: bare when it is a plain word and not ``always`` quoted."""
    value = " ".join(str(value).split())
    if not always and re.fullmatch(r"[\w-]+", value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- the container rule -------------------------------------------------------------------------------


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block from ``:::name`` to the line with just as many colons.

    The plugins' containers end at the first line with *at least* as many colons, so there the outer ones
    need more. Ours are written the other way round, as an author goes deeper, and a container that is
    never closed is told by its line and doesn't swallow the rest of the file.
    """
    if is_code_block(state, start) or not (fence := _fence(state, start)):
        return False
    if silent:
        return True
    colons, params = fence
    if not params:
        state.push("stray_fence", "", 0).map = [start, start + 1]
        state.line = start + 1
        return True
    last, closed = _closing_line(state, start, end, len(colons))
    token = state.push("container_open", "div", 1)
    token.info, token.markup, token.map, token.meta = params, colons, [start, last], {"closed": closed}
    parent_type, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent_type, line_max
    state.push("container_close", "div", -1)
    state.line = last + (1 if closed else 0)
    return True


def _fence(state: StateBlock, line: int) -> tuple[str, str] | None:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    match = _FENCE.fullmatch(text)
    return (match[1], match[2]) if match else None


def _closing_line(state: StateBlock, start: int, end: int, colons: int) -> tuple[int, bool]:
    """The line that closes the container, and whether there is one."""
    still_open = [colons]
    for line in range(start + 1, end):
        fence = _fence(state, line)
        if not fence:
            continue
        count = len(fence[0])
        if fence[1]:
            still_open.append(count)
        elif count in still_open:
            while still_open.pop() != count:
                pass
            if not still_open:
                return line, True
    return end, False


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["lheading", "reference"])
    front_matter_plugin(parser)
    parser.block.ruler.before(
        "fence", "container", _container, {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    )
    # Addresses come out as they went in.
    parser.normalizeLink = lambda url: url
    return parser


_PARSER = _parser()
