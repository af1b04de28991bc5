"""Plain words: rich text as a busy leader writes it, in Markdown, and back. HTML in it stays as typed.

Unlike in Markdown, a new line is a new line: whoever presses Enter means it.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cms.blocks.cleaning import cleaned
from cms.portable import prose, prose_markdown

#: Paragraphs, lists, emphasis and links are read; whatever else Markdown knows stays as it was typed.
_LEFT_ALONE = ["image", "heading", "lheading", "code", "fence", "blockquote", "hr", "table", "backticks"]
_LEFT_ALONE += ["reference", "html_block", "html_inline", "autolink", "entity"]
_ESCAPED = re.compile(r"\\([^\w\s])")
_NEVER_MARKS = re.compile(r"\\([{}&<>|~:=!.])")
_LINE_END = re.compile(r"(?<=[^\s])[ \t]*\n(?=[^\n])")


def to_words(markup: str) -> str:
    """Rich text as Markdown, with as few backslashes as will do: nobody here knows what they are for."""
    read = prose.from_html(markup)
    careful = prose_markdown.write(read).replace("\\\n", "\n")
    for words in (_ESCAPED.sub(r"\1", careful), _NEVER_MARKS.sub(r"\1", careful)):
        if _reads_as(words, read):
            return words
    return careful


def to_markup(words: str) -> str:
    """Markdown as rich text that is safe to keep.

    Raises:
        ValueError: something can't be kept; the text says what.
    """
    mistakes = []
    lines = _LINE_END.sub("  \n", words.replace("\r\n", "\n"))
    nodes = SyntaxTreeNode(_parser().parse(lines)).children
    read = prose_markdown.read(nodes, lambda _line, sentence: mistakes.append(sentence))
    if mistakes:
        raise ValueError(mistakes[0])
    return cleaned(prose.to_html(read))


def is_plain(markup: str) -> bool:
    """Does ``markup`` survive being written as plain words? A link to a page or document doesn't."""
    if "linktype" in markup:
        return False
    return _reads_as(to_words(markup), prose.from_html(markup))


def _reads_as(words: str, read: prose.Prose) -> bool:
    try:
        return prose.from_html(to_markup(words)) == read
    except ValueError:
        return False


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    known = parser.get_all_rules()
    names = [name for name in _LEFT_ALONE if any(name in rules for rules in known.values())]
    return parser.disable(names)
