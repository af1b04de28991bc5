"""Reading what stands in a block: its words, and the values of its fields, each checked as it is read."""

import re

from django import forms
from django.core.exceptions import ValidationError
from markdown_it.tree import SyntaxTreeNode

from cms import placeholders
from cms.portable import exercises, prose_markdown
from cms.portable.grammar import BLOCKS
from cms.portable.markdown import line_of
from cms.portable.mistakes import Say
from cms.portable.prose import plain, to_html


class ValueReader:
    """Reads words and values of one file; what is wrong with them is said, and reading goes on.

    ``assets`` collects the files that it names, with the lines. Mistakes of lines in ``unreadable`` aren't
    said: they only follow from what was said of the line already.
    """

    def __init__(self, say: Say):
        self._say = say
        self.unreadable: set[int] = set()
        self.assets: list[tuple[str, int]] = []

    def say(self, line: int, sentence: str) -> None:
        """Note a mistake, unless it only follows from a line that couldn't be read."""
        if line not in self.unreadable:
            self._say(line, sentence)

    # --- values ---------------------------------------------------------------------------------------

    def checked(self, type_: str, field: str, text, node: SyntaxTreeNode, name: str = ""):
        """``text`` as the block's field has it; what the field finds wrong is noted."""
        block = BLOCKS[type_].child_blocks[field]
        return self.checked_by(block, text, node, name or field)

    def checked_by(self, block, text, node: SyntaxTreeNode, name: str):
        """``text`` as ``block`` has it; what it finds wrong is noted."""
        field = block.field
        if isinstance(field, forms.BooleanField):
            if text not in ("true", "false"):
                self.say(line_of(node), f"{name} is true or false, not “{text}”.")
            return text == "true"
        if text is True:
            self.say(line_of(node), f"{name} needs a value: {name}=…")
            return block.get_default()
        if isinstance(field, forms.ChoiceField):
            options = [option for option, _label in field.choices if option]
            if text not in options:
                self.say(line_of(node), f"{name} is one of {', '.join(options)}, not “{text}”.")
            return text
        try:
            value = field.clean(text)
        except ValidationError as error:
            self.say(line_of(node), f"{name}: {' '.join(error.messages)}")
            return block.get_default()
        if isinstance(value, str):
            self.check_placeholders(value, node)
        return value

    # --- words ----------------------------------------------------------------------------------------

    def prose(self, nodes: list[SyntaxTreeNode]) -> str:
        """Rich text of paragraphs and lists."""
        html = to_html(prose_markdown.read(nodes, self.say))
        if nodes:
            self.check_placeholders(html, nodes[0])
        self._note_links(html, nodes)
        return html

    def needed_prose(self, nodes: list[SyntaxTreeNode], node: SyntaxTreeNode, what: str) -> str:
        """Rich text that mustn't be empty."""
        html = self.prose(nodes)
        if not html:
            self.say(line_of(node), what)
        return html

    def line_html(self, runs, node: SyntaxTreeNode) -> str:
        """Rich text of one paragraph; nothing when there are no words."""
        html = exercises.paragraphs_html(runs)
        self.check_placeholders(html, node)
        self._note_links(html, [node])
        return html

    def words(self, node: SyntaxTreeNode) -> str:
        """A node's text without styles, in one line."""
        text = plain(prose_markdown.read_runs(node, self.say)).replace("\n", " ")
        self.check_placeholders(text, node)
        return text

    def _note_links(self, html: str, nodes: list[SyntaxTreeNode]) -> None:
        for href in re.findall(r'<a href="([^"]*)"', html):
            if href.startswith("documents/") or href.endswith(".md") and ":" not in href:
                self.assets.append((href, line_of(nodes[0])))

    def check_placeholders(self, text: str, node: SyntaxTreeNode) -> None:
        """Note placeholders that nobody would fill in."""
        for name in placeholders.unknown_in(text):
            known = ", ".join(f"{{{known}}}" for known in sorted(placeholders.KNOWN))
            self.say(line_of(node), f"There is no placeholder {{{name}}}; there are {known}.")
