"""Reading a body: Markdown nodes into the blocks of a stream, as Wagtail keeps them.

Pictures and documents are left as paths inside the folder; ``assets`` puts rows in their place.
"""

import re
import uuid
from collections.abc import Iterable

from django import forms
from markdown_it.tree import SyntaxTreeNode

from cms.blocks.base import ANCHOR
from cms.portable import exercises, grammar, prose_markdown
from cms.portable.grammar import ATTRIBUTES, BLOCKS, EVERYTHING, INNER, PLAIN, WRAPPERS, Names
from cms.portable.markdown import line_of, opening
from cms.portable.mistakes import Say
from cms.portable.prose import plain
from cms.portable.value_reader import ValueReader


class Reader(ValueReader):
    """Reads the blocks of one file.

    ``found_audiences`` and ``found_anchors`` collect what the file names, with the lines; ``given_ids`` are
    identities that it spells out.
    """

    def __init__(self, names: Names, say: Say):
        super().__init__(say)
        self.names = names
        self.found_audiences: list[tuple[str, int]] = []
        self.found_anchors: dict[str, int] = {}
        self._made: list[tuple[dict, int]] = []
        self.given_ids: set[str] = set()

    # --- streams --------------------------------------------------------------------------------------

    def stream(self, nodes: Iterable[SyntaxTreeNode], allowed=EVERYTHING, shown_to=()) -> list[dict]:
        """The blocks that ``nodes`` stand for."""
        blocks: list[dict] = []
        nodes = [node for node in nodes if node.type != "front_matter"]
        while nodes:
            if self._is_caption(nodes):
                caption, table, *nodes = nodes
                blocks.append(self._table(table, shown_to, caption))
            elif self._is_text(nodes[0]):
                end = next(
                    (i for i, node in enumerate(nodes) if i and self._ends_text(nodes[i:])), len(nodes)
                )
                blocks.append(self._text(nodes[:end], shown_to))
                nodes = nodes[end:]
            else:
                blocks.extend(self._block(nodes.pop(0), allowed, shown_to))
        return blocks

    def _is_text(self, node: SyntaxTreeNode) -> bool:
        return node.type in prose_markdown.PROSE_NODES and not _picture(node)

    def _is_caption(self, nodes: list[SyntaxTreeNode]) -> bool:
        return (
            len(nodes) > 1
            and nodes[1].type == "table"
            and nodes[0].type == "paragraph"
            and nodes[0].children[0].content.startswith("Table:")
        )

    def _ends_text(self, nodes: list[SyntaxTreeNode]) -> bool:
        return not self._is_text(nodes[0]) or self._is_caption(nodes)

    def _block(self, node: SyntaxTreeNode, allowed, shown_to) -> list[dict]:
        match node.type:
            case "heading":
                return [self._heading(node, shown_to)]
            case "paragraph":
                return [self._image(node, shown_to)]
            case "blockquote":
                return [self._quote(node, shown_to)]
            case "table":
                self.say(line_of(node), "A table needs a caption: write “Table: …” in the line before it.")
                return []
            case "container":
                return self._container(node, allowed, shown_to)
            case _:
                self.say(line_of(node), prose_markdown.not_here(node))
                return []

    # --- blocks of plain Markdown ---------------------------------------------------------------------

    def _text(self, nodes: list[SyntaxTreeNode], shown_to) -> dict:
        return self.make("text", nodes[0], shown_to, body=self.prose(nodes))

    def _heading(self, node: SyntaxTreeNode, shown_to) -> dict:
        if node.tag != "h2":
            self.say(line_of(node), "Headings inside a module are of one size: write “## ” before them.")
        text = self.checked("heading", "text", self.words(node), node)
        return self.make("heading", node, shown_to, text=text)

    def _image(self, node: SyntaxTreeNode, shown_to) -> dict:
        picture = _picture(node)
        alt = plain(prose_markdown.read_runs(picture, self.say))
        self.assets.append((picture.attrs["src"], line_of(node)))
        return self.make(
            "image",
            node,
            shown_to,
            image=picture.attrs["src"],
            alt=self.checked("image", "alt", alt, node),
            decorative=not alt,
            caption=self.checked("image", "caption", str(picture.attrs.get("title", "")), node),
        )

    def _quote(self, node: SyntaxTreeNode, shown_to) -> dict:
        lines = exercises.quoted_lines(node, self.say)
        who = ""
        if lines and (match := re.fullmatch(r"—\s*(.*)", lines[-1])):
            who = match[1]
            lines.pop()
        text = "\n".join(lines).strip("\n")
        if not text:
            self.say(line_of(node), "A quotation needs words: “> words”, and as its last line “> — who”.")
        self.check_placeholders(text, node)
        return self.make("quote", node, shown_to, text=text, who=self.checked("quote", "who", who, node))

    def _table(self, node: SyntaxTreeNode, shown_to, caption: SyntaxTreeNode) -> dict:
        words = self.words(caption).removeprefix("Table:").strip()
        if not words:
            self.say(line_of(caption), "The table's caption is empty: write “Table: what it shows”.")
        head = node.children[0].children[0].children
        rows = [row.children for part in node.children[1:] for row in part.children]
        table = {
            "columns": [{"type": "text", "heading": self.words(cell)} for cell in head],
            "rows": [{"values": [self._cell(cell) for cell in row]} for row in rows],
            "caption": "",
        }
        caption_words = self.checked("table", "caption", words, caption)
        return self.make("table", caption, shown_to, caption=caption_words, table=table)

    def _cell(self, cell: SyntaxTreeNode) -> str:
        return self.line_html(prose_markdown.read_runs(cell, self.say), cell)

    # --- containers -----------------------------------------------------------------------------------

    def _container(self, node: SyntaxTreeNode, allowed, shown_to) -> list[dict]:
        name, given = self.opened(node)
        if name in WRAPPERS:
            return self._wrapped(name, given, node, allowed, shown_to)
        if name not in allowed or name in PLAIN:
            self.say(line_of(node), self._unexpected(name, allowed))
            return []
        anchor = given.pop("#", "")
        own_id = given.pop("uuid", "")
        self._check_name(name, anchor, own_id, node)
        block = self.make(name, node, shown_to, anchor=anchor, own_id=own_id)
        value = block["value"]
        value |= self.fields(name, given, node)
        value |= exercises.READ[name](self, node, block)
        return [block]

    def _wrapped(self, name: str, given: dict, node: SyntaxTreeNode, allowed, shown_to) -> list[dict]:
        line = line_of(node)
        if name == "shown":
            if shown_to:
                self.say(line, "One :::shown can't stand inside another: name the audiences once, by comma.")
            audiences = self.audiences(given, node)
            self.nothing_else(given, node)
            return self.stream(node.children, allowed, audiences)
        own_id = self._valid_id(given.pop("uuid", ""), node)
        self.nothing_else(given, node)
        blocks = self.stream(node.children, PLAIN, shown_to)
        if len(blocks) != 1:
            self.say(
                line, ":::block holds just one block: a text, a heading, a picture, a quotation or a table."
            )
        elif own_id:
            blocks[0]["id"] = own_id
        return blocks

    def opened(self, node: SyntaxTreeNode) -> tuple[str, dict]:
        """Name and attributes of a container; mistakes in its opening and a missing close are noted."""
        if not node.nester_tokens.opening.meta["closed"]:
            colons = node.nester_tokens.opening.markup
            self.say(
                line_of(node), f"This is never closed: it needs a line of {len(colons)} colons ({colons})."
            )
        try:
            return opening(node)
        except ValueError as error:
            self.say(line_of(node), str(error))
            self.unreadable.add(line_of(node))
            return node.info.split()[0].split("{")[0], {}

    def _unexpected(self, name: str, allowed) -> str:
        if name in INNER:
            return f":::{name} stands inside :::{INNER[name]}, with one colon more."
        if name in EVERYTHING and name not in PLAIN:
            return f":::{name} can't stand here."
        known = ", ".join(sorted({*allowed, *WRAPPERS} - set(PLAIN)))
        return f"There is no :::{name}; there are {known}."

    # --- what blocks share ----------------------------------------------------------------------------

    def make(self, type_: str, node, shown_to, *, anchor="", own_id="", **value) -> dict:
        """A block with its id. Ids are given in the order of the file, so this comes before its contents."""
        expected = self.names.expected(type_, anchor)
        named = {"anchor": anchor} if grammar.has_anchor(type_) else {}
        block = {
            "type": type_,
            "value": {"shown_to": list(shown_to), **named, **value},
            "id": self._valid_id(own_id, node) or expected,
        }
        self._made.append((block, line_of(node)))
        return block

    def check_identities(self) -> None:
        """Note blocks that have the same identity; to be called when all of them are read."""
        lines: dict[str, int] = {}
        for block, line in self._made:
            if block["id"] in lines and not self._is_named_twice(block):
                self.say(line, f"This has the same identity as the block in line {lines[block['id']]}.")
            lines[block["id"]] = line

    def lines_of_blocks(self) -> dict[str, int]:
        """The line in which each block begins, by its id; for mistakes that show when all files are read."""
        return {block["id"]: line for block, line in self._made}

    def line_of(self, block: dict) -> int:
        """The line on which a block of this file begins."""
        return next((line for made, line in self._made if made is block), 0)

    def _is_named_twice(self, block: dict) -> bool:
        """Has the mistake been told by the name already?"""
        anchor = block["value"].get("anchor")
        return bool(anchor) and block["id"] == self.names.expected(block["type"], anchor)

    def _valid_id(self, text: str, node) -> str:
        if not text:
            return ""
        try:
            given = str(uuid.UUID(text))
            self.given_ids.add(given)
            return given
        except ValueError:
            self.say(line_of(node), f"“{text}” is no identity: uuid= takes a UUID, as an export writes it.")
            return ""

    def _check_name(self, type_: str, anchor: str, own_id: str, node: SyntaxTreeNode) -> None:
        line = line_of(node)
        if not anchor:
            if type_ in grammar.NEED_A_NAME and not own_id:
                self.say(line, f"A :::{type_} needs a name that never changes: {{#some-name}}.")
            return
        if not grammar.has_anchor(type_):
            self.say(line, f":::{type_} takes no name (#{anchor}).")
            return
        if (
            not ANCHOR.regex.fullmatch(anchor)
            or len(anchor) > BLOCKS[type_].child_blocks["anchor"].field.max_length
        ):
            self.say(line, f"“#{anchor}”: a name is small letters, digits and single hyphens, at most 60.")
        if anchor in self.found_anchors:
            self.say(
                line, f"#{anchor} is the name of the block in line {self.found_anchors[anchor]} already."
            )
        self.found_anchors[anchor] = line

    def fields(self, type_: str, given: dict, node: SyntaxTreeNode) -> dict:
        """The fields that a container's attributes stand for, each checked by the block's own definition."""
        value = {}
        definition = BLOCKS[type_].child_blocks
        for attribute in ATTRIBUTES[type_]:
            default = definition[attribute.field].get_default()
            if attribute.name not in given:
                value[attribute.field] = (
                    default if default is not None or _is_number(definition, attribute) else ""
                )
                if definition[attribute.field].required and value[attribute.field] in ("", None):
                    self.say(line_of(node), f':::{type_} needs {attribute.name}="…".')
                continue
            text = given.pop(attribute.name)
            if attribute.field in grammar.DOCUMENT_FIELDS:
                self.assets.append((text, line_of(node)))
                value[attribute.field] = text
                continue
            if attribute.unit and isinstance(text, str):
                text = text.removesuffix(attribute.unit)
            value[attribute.field] = self.checked(type_, attribute.field, text, node, attribute.name)
        self.nothing_else(given, node)
        return value

    def nothing_else(self, given: dict, node: SyntaxTreeNode) -> None:
        """Note attributes that the container doesn't know."""
        for key in given:
            name, _ = node.info.split("{")[0].split()[0], None
            known = ", ".join(attribute.name for attribute in ATTRIBUTES.get(name, ())) or "none"
            self.say(line_of(node), f":::{name} has no attribute “{key}”; it takes: {known}.")

    def audiences(self, given: dict, node: SyntaxTreeNode) -> list[str]:
        """The audiences that ``audience=`` names."""
        text = given.pop("audience", "")
        slugs = [slug.strip() for slug in text.split(",") if slug.strip()] if isinstance(text, str) else []
        if not slugs:
            self.say(
                line_of(node), "Name whom it is for: audience=slug, several by comma in quotation marks."
            )
        self.found_audiences.extend((slug, line_of(node)) for slug in slugs)
        return slugs


def _picture(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The picture that a paragraph consists of, if it does."""
    if node.type != "paragraph":
        return None
    inline = node.children[0].children
    return inline[0] if len(inline) == 1 and inline[0].type == "image" else None


def _is_number(definition, attribute) -> bool:
    return isinstance(definition[attribute.field].field, forms.IntegerField)
