"""Running text between its forms: rich text of the database, and a plain model of paragraphs and lists.

The model is what both rich text and Markdown are read into, so that the two can be compared and each
has one canonical spelling.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag

BREAK = "\n"
_WHITE = re.compile(r"[ \t\r\f\v\n]+")
_EDGES = re.compile(r"([ \t\r\f\v\n]*)(.*?)([ \t\r\f\v\n]*)", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """Text in one style. ``BREAK`` in it is a line break; all other white space is single spaces."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """One item of a list: its words, and lists inside it."""

    runs: tuple[Run, ...]
    lists: tuple["List", ...] = ()


@dataclass(frozen=True)
class List:
    """A list, numbered or not."""

    ordered: bool
    items: tuple[Item, ...]


Prose = tuple[Paragraph | List, ...]


def plain(runs: Iterable[Run]) -> str:
    """The words without their styles."""
    return "".join(run.text for run in runs)


def plain_prose(prose: Prose) -> str:
    """The words of paragraphs, without styles, a blank line between paragraphs."""
    return "\n\n".join(plain(part.runs) for part in prose if isinstance(part, Paragraph))


# --- one spelling for runs ----------------------------------------------------------------------------


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The one spelling of ``runs``: white space single, and in a style only where both sides have it."""
    pieces = _pieces(runs)
    while pieces and pieces[-1][1] is None:
        pieces.pop()
    joined: list[tuple[str, Style]] = []
    for index, (text, style) in enumerate(pieces):
        if style is None:
            text, style = _single(text), _shared(pieces[index - 1][1], pieces[index + 1][1])
        if joined and joined[-1][1] == style:
            text = joined.pop()[0] + text
        joined.append((text, style))
    return tuple(Run(text, *style) for text, style in joined)


Style = tuple[bool, bool, str | None]


def _pieces(runs: Iterable[Run]) -> list[tuple[str, Style | None]]:
    """Words with their style and, between words, white space (without a style) in turns; words first."""
    pieces: list[tuple[str, Style | None]] = []
    for run in runs:
        before, words, after = _EDGES.fullmatch(run.text).groups()
        style = (run.bold, run.italic, run.href)
        words = _WHITE.sub(lambda match: _single(match[0]), words)
        for text, its_style in ((before, None), (words, style), (after, None)):
            if not text or (its_style is None and not pieces):
                continue
            if its_style is None and pieces[-1][1] is None:
                text = pieces.pop()[0] + text
            pieces.append((text, its_style))
    return pieces


def _single(white: str) -> str:
    return BREAK * white.count(BREAK) or " "


def _shared(before: Style, after: Style) -> Style:
    return (before[0] and after[0], before[1] and after[1], before[2] if before[2] == after[2] else None)


# --- rich text → model --------------------------------------------------------------------------------


def from_html(html: str) -> Prose:
    """Read rich text as Wagtail keeps it; empty paragraphs fall away."""
    return _parts(BeautifulSoup(html or "", "html.parser").children)


def _parts(nodes: Iterable) -> Prose:
    parts: list[Paragraph | List] = []
    loose: list = []

    def paragraph_of(children) -> None:
        if runs := tidy(_runs(children, Run(""))):
            parts.append(Paragraph(runs))

    for node in nodes:
        name = getattr(node, "name", None)
        if name in ("ul", "ol", "p", "div"):
            paragraph_of(loose)
            loose = []
        if name in ("ul", "ol"):
            if found := _list(node):
                parts.append(found)
        elif name in ("p", "div"):
            paragraph_of(node.children)
        else:
            loose.append(node)
    paragraph_of(loose)
    return tuple(parts)


def _list(node: Tag) -> List | None:
    items = []
    for child in node.find_all("li", recursive=False):
        nested = [part for part in child.children if getattr(part, "name", None) in ("ul", "ol")]
        words = [part for part in child.children if part not in nested]
        item = Item(tidy(_runs(words, Run(""))), tuple(found for part in nested if (found := _list(part))))
        if item.runs or item.lists:
            items.append(item)
    return List(node.name == "ol", tuple(items)) if items else None


def _runs(nodes: Iterable, style: Run) -> Iterable[Run]:
    for node in nodes:
        if isinstance(node, NavigableString):
            yield replace(style, text=re.sub(r"\n", " ", str(node)))
        elif node.name == "br":
            yield replace(style, text=BREAK)
        else:
            yield from _runs(node.children, _style_of(node, style))
            if node.name == "p" and node.next_sibling is not None:
                yield replace(style, text=BREAK)


def _style_of(node: Tag, style: Run) -> Run:
    if node.name in ("b", "strong"):
        return replace(style, bold=True)
    if node.name in ("i", "em"):
        return replace(style, italic=True)
    if node.name == "a" and node.get("href"):
        return replace(style, href=node["href"])
    return style


# --- model → rich text --------------------------------------------------------------------------------


def to_html(prose: Prose) -> str:
    """Write rich text as Wagtail keeps it."""
    return "".join(
        f"<p>{runs_to_html(part.runs)}</p>" if isinstance(part, Paragraph) else _list_to_html(part)
        for part in prose
    )


def _list_to_html(part: List) -> str:
    tag = "ol" if part.ordered else "ul"
    items = "".join(
        f"<li>{runs_to_html(item.runs)}{''.join(_list_to_html(nested) for nested in item.lists)}</li>"
        for item in part.items
    )
    return f"<{tag}>{items}</{tag}>"


def runs_to_html(runs: Iterable[Run]) -> str:
    """Styled text as rich text."""
    return in_styles(
        tuple(runs),
        text=lambda text: escape(text, quote=False).replace(BREAK, "<br/>"),
        bold=lambda inner: f"<b>{inner}</b>",
        italic=lambda inner: f"<i>{inner}</i>",
        link=lambda inner, href: f'<a href="{escape(href)}">{inner}</a>',
    )


def in_styles(runs: tuple[Run, ...], *, text, bold, italic, link) -> str:
    """Spell ``runs`` with one function a style, each spanning as many of them as it can."""

    wrap = {
        "href": lambda inner, run: link(inner, run.href),
        "bold": lambda inner, run: bold(inner),
        "italic": lambda inner, run: italic(inner),
    }

    def spell(left: tuple[Run, ...], styles: tuple[str, ...]) -> str:
        if not left:
            return ""
        here = [(_reach(left, style), style) for style in styles if getattr(left[0], style)]
        if not here:
            return text(left[0].text) + spell(left[1:], styles)
        reach, style = max(here, key=lambda found: found[0])
        inner = spell(left[:reach], tuple(other for other in styles if other != style))
        return wrap[style](inner, left[0]) + spell(left[reach:], styles)

    return spell(runs, tuple(wrap))


def _reach(runs: tuple[Run, ...], style: str) -> int:
    """Over how many of the first runs the first one's ``style`` goes on."""
    for index, run in enumerate(runs):
        if getattr(run, style) != getattr(runs[0], style):
            return index
    return len(runs)
