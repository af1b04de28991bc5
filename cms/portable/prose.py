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
    """The one spelling of ``runs``: white space single and outside of styles where it can be."""
    characters = _collapse([(char, run) for run in runs for char in _spaced(run.text)])
    styles = [style for _, style in characters]
    for index, (char, _) in enumerate(characters):
        if char in " \n":
            styles[index] = _shared(styles[index - 1] if index else None, _next_style(characters, index))
    tidied: list[Run] = []
    for (char, _), style in zip(characters, styles, strict=True):
        if tidied and replace(tidied[-1], text="") == style:
            tidied[-1] = replace(tidied[-1], text=tidied[-1].text + char)
        else:
            tidied.append(replace(style, text=char))
    return tuple(tidied)


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\f\v]+", " ", text)


def _collapse(characters: list[tuple[str, Run]]) -> list[tuple[str, Run]]:
    kept: list[tuple[str, Run]] = []
    for char, run in characters:
        before = kept[-1][0] if kept else BREAK
        if char == " " and before in " \n":
            continue
        if char == BREAK:
            while kept and kept[-1][0] == " ":
                kept.pop()
            if not kept:
                continue
        kept.append((char, replace(run, text="")))
    while kept and kept[-1][0] in " \n":
        kept.pop()
    return kept


def _next_style(characters: list[tuple[str, Run]], index: int) -> Run | None:
    for char, style in characters[index + 1 :]:
        if char not in " \n":
            return style
    return None


def _shared(before: Run | None, after: Run | None) -> Run:
    if before is None or after is None:
        return Run("")
    return Run(
        "",
        bold=before.bold and after.bold,
        italic=before.italic and after.italic,
        href=before.href if before.href == after.href else None,
    )


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
