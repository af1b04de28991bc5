"""Reading: what a person typed, as it is read. The one home of that: journal, versions, shared pages, print.

A text is kept as it was typed and read as light Markdown: paragraphs, lists, emphasis, links (decision 0022).
A new line is a new line, and what isn't a mark stands as it was typed, so that words which were written
without a thought of marks look as they always did.
"""

import re
import unicodedata
from functools import cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_RULES = ("list", "hr", "emphasis", "link", "newline")
_DEEPEST = 18
_TAGS = {"p", "br", "hr", "strong", "em", "ul", "ol", "li", "a"}
_ATTRIBUTES = {"a": {"href"}, "li": {"value"}, "*": {"dir"}}
_SCHEMES = {"http", "https", "mailto"}

_A_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_BARE_LINK = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’()\[\]*_。、，]", re.IGNORECASE)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|(?P<number>[0-9]{1,9})[.)])(?P<after>\s+\S|\s*$)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")

#: What is read: a tree of plain dicts, which JSON carries to the printer. ``is`` says which kind each is.
Node = dict


def to_markup(text: str) -> SafeString:
    """The text as safe markup. Each block takes its direction from its own words."""
    markup = "".join(_block(node) for node in to_tree(text))
    clean = nh3.clean(
        markup, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
    )
    return mark_safe(clean)  # noqa: S308 - escaped below, and cleaned just above


def to_tree(text: str) -> list[Node]:
    """The text as blocks: ``p`` and ``hr``, and lists (``ul``, ``ol``) of items, which hold blocks again."""
    lines = _with_lists_apart(text)
    tokens = _parser(*_RULES).parse(lines)
    # Below its deepest level the parser drops what it finds; who nests like that didn't mean a list.
    if any(token.level >= _DEEPEST for token in tokens):
        tokens = _parser(*_RULES[1:]).parse(lines)
    return [_node(child) for child in SyntaxTreeNode(tokens).children]


def direction(words: str) -> str:
    """``rtl`` or ``ltr``: that of the first letter that has one, as ``dir="auto"`` finds it."""
    for character in words:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


@cache
def _parser(*rules: str) -> MarkdownIt:
    parser = MarkdownIt("zero").enable(rules)
    parser.inline.ruler.at("emphasis", _stars)
    parser.core.ruler.push("links", _mend_links)
    parser.validateLink = lambda url: bool(_A_LINK.match(url))
    spell = parser.normalizeLink
    parser.normalizeLink = lambda url: spell(f"https://{url}" if url.startswith("www.") else url)
    return parser


def _stars(state, silent: bool) -> bool:
    """Only stars emphasize: people draw lines to fill in, and names of files, with underscores."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


def _with_lists_apart(text: str) -> str:
    """A line after a list that isn't indented is no part of its last item, whatever Markdown says."""
    lines, is_in_list, is_after_words = [], False, False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip() or _RULE.fullmatch(line):
            is_in_list = is_after_words = False
        elif _begins_item(line, interrupts=is_after_words and not is_in_list):
            is_in_list = is_after_words = True
        else:
            if is_in_list and is_after_words and not line[0].isspace():
                lines.append("")
                is_in_list = False
            is_after_words = True
        lines.append(line)
    return "\n".join(lines)


def _begins_item(line: str, *, interrupts: bool) -> bool:
    """Right after a line of words a list begins only with words of its own, and with number one."""
    item = _ITEM.match(line)
    if not item or not interrupts:
        return bool(item)
    return bool(item["after"].strip()) and item["number"] in (None, "1")


def _mend_links(state) -> None:
    """Make links of bare addresses; show the address of one without words; leave one without address."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_mended(token.children))


def _mended(tokens: list[Token]):
    opened: list[Token] = []
    for at, token in enumerate(tokens):
        match token.type:
            case "link_open":
                opened.append(token)
                yield token if token.attrs["href"] else _text("[")
                if tokens[at + 1].type == "link_close":
                    yield _text(token.attrs["href"])
            case "link_close":
                yield token if opened.pop().attrs["href"] else _text("]()")
            case "text" if not opened:
                yield from _with_bare_links(token.content)
            case _:
                yield token


def _with_bare_links(words: str):
    at = 0
    for found in _BARE_LINK.finditer(words):
        yield _text(words[at : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found.group()})
        yield _text(found.group())
        yield Token("link_close", "a", -1)
        at = found.end()
    yield _text(words[at:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


_BLOCKS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li"}
_INLINE = {"strong": "strong", "em": "em", "link": "a"}


def _node(node: SyntaxTreeNode) -> Node:
    if node.type == "hr":
        return {"is": "hr"}
    if node.type == "paragraph":
        held = [_run(run) for run in node.children[0].children]
        return {"is": "p", "tight": node.hidden, "dir": direction(plain(held)), "of": held}
    made = {"is": _BLOCKS[node.type], "of": [_node(child) for child in node.children]}
    if made["is"] == "li":
        made["number"] = node.info
    else:
        made["dir"] = direction(plain(made["of"]))
    return made


def _run(node: SyntaxTreeNode) -> Node:
    if node.type == "text":
        return {"is": "text", "text": node.content}
    if node.type in ("softbreak", "hardbreak"):
        return {"is": "br"}
    made = {"is": _INLINE[node.type], "of": [_run(child) for child in node.children]}
    return {**made, "href": node.attrs["href"]} if made["is"] == "a" else made


def plain(nodes: list[Node]) -> str:
    """What stands in ``nodes``, without any mark."""
    return "".join(node.get("text") or plain(node.get("of", ())) or " " for node in nodes)


def _block(node: Node, *, is_inside: bool = False) -> str:
    if node["is"] == "hr":
        return "<hr>"
    inside = "".join(_block(child, is_inside=True) for child in node["of"] if child["is"] not in _RUNS)
    inside += "".join(_inline(child) for child in node["of"] if child["is"] in _RUNS)
    if node.get("tight"):
        return inside
    about = "" if is_inside else ' dir="auto"'
    if node.get("number"):
        about += f' value="{int(node["number"])}"'
    return f"<{node['is']}{about}>{inside}</{node['is']}>"


_RUNS = {"text", "br", "strong", "em", "a"}


def _inline(node: Node) -> str:
    if node["is"] == "text":
        return escape(node["text"])
    if node["is"] == "br":
        return "<br>"
    about = f' href="{escape(node["href"])}"' if node["is"] == "a" else ""
    return f"<{node['is']}{about}>{''.join(_inline(child) for child in node['of'])}</{node['is']}>"
