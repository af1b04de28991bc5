"""Reading a protocol's body: headings are phases and steps, containers are what a step holds."""

import re
import uuid

from markdown_it.tree import SyntaxTreeNode

from cms.blocks.base import ANCHOR
from cms.placeholders import PATTERN
from cms.portable import prose_markdown
from cms.portable.grammar import Attribute, Names
from cms.portable.markdown import attributes, line_of
from cms.portable.mistakes import Say
from cms.portable.prose import plain
from cms.portable.reader import Reader
from engagements.blocks.phases import ROLES
from engagements.portable import grammar

_ELSEWHERE = re.compile(r"(https?://|mailto:|tel:|#).+")


class ProtocolReader(Reader):
    """Reads the phases of one file; ``paths`` collects what prepares for steps, with the lines."""

    def __init__(self, names: Names, say: Say):
        super().__init__(names, say)
        self.paths: dict[str, int] = {}
        self._early: set[str] = set()
        self._late: list[tuple[str, int]] = []
        self._ids: dict[str, int] = {}

    # --- phases and steps -----------------------------------------------------------------------------------

    def phases(self, nodes: list[SyntaxTreeNode]) -> list[dict]:
        """The phases that ``nodes`` stand for."""
        found = []
        for heading, inside in self._parts(
            nodes, "h1", "A protocol begins with a phase: “# Its title {#name}”."
        ):
            found.append(self._phase(heading, inside))
        for pair, line in self._late:
            if pair not in self._early:
                self.say(line, f"There is no early scale {pair} to compare with: write moment=early at it.")
        return found

    def _parts(self, nodes, tag: str, what: str):
        """Each heading of the size ``tag`` with the nodes that follow it."""
        heading, inside = None, []
        for node in nodes:
            if node.type == "heading" and node.tag == tag:
                if heading:
                    yield heading, inside
                heading, inside = node, []
            elif heading is None:
                self.say(line_of(node), what)
                return
            else:
                inside.append(node)
        if heading:
            yield heading, inside

    def _phase(self, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> dict:
        title, given = self.headed(heading)
        phase = self.identified("phase", heading, given, needed=False)
        at = next((i for i, node in enumerate(nodes) if node.type == "heading"), len(nodes))
        self.only((), given, heading, "A phase")
        purpose = self._purpose(nodes[:at])
        steps = self._parts(nodes[at:], "h2", "Steps are headed “## Its title {#name minutes=45}”.")
        phase["value"] |= {
            "title": self.checked_by(grammar.PHASE["title"], title, heading, "title"),
            "purpose": self.checked_by(grammar.PHASE["purpose"], purpose, heading, "purpose"),
            "steps": [self._step(step, inside) for step, inside in steps],
        }
        if not phase["value"]["steps"]:
            self.say(line_of(heading), "A phase needs a step: “## Its title {#name minutes=45}”.")
        return phase

    def _purpose(self, nodes: list[SyntaxTreeNode]) -> str:
        for node in [node for node in nodes if node.type != "paragraph"] + nodes[1:]:
            self.say(line_of(node), "Between a phase and its first step stands one sentence: its purpose.")
        return self.words(nodes[0]) if nodes and nodes[0].type == "paragraph" else ""

    def _step(self, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> dict:
        title, given = self.headed(heading)
        step = self.identified("step", heading, given)
        minutes = given.pop("minutes", "")
        if not minutes:
            self.say(line_of(heading), "How long does this step take? Write {minutes=45}.")
        step["value"] |= {
            "title": self.checked_by(grammar.STEP["title"], title, heading, "title"),
            "minutes": self.checked_by(grammar.STEP["minutes"], minutes or "45", heading, "minutes"),
            "for_roles": self._roles(given.pop("for", ""), heading),
            **dict.fromkeys(("guidance", *grammar.TEXTS.values()), ""),
            "prepares": [],
            "rounds": [],
            "prompts": [],
        }
        self.only(("minutes", "for"), given, heading, "A step")
        at = next(
            (i for i, node in enumerate(nodes) if node.type not in prose_markdown.PROSE_NODES), len(nodes)
        )
        step["value"]["guidance"] = self.prose(nodes[:at])
        for node in nodes[at:]:
            self._into(step, node)
        if not step["value"]["guidance"] and not step["value"]["prompts"]:
            self.say(
                line_of(heading), "This step neither says nor asks anything: write guidance, or a prompt."
            )
        return step

    def _roles(self, text, node: SyntaxTreeNode) -> list[str]:
        known = [role for role, _label in ROLES]
        named = [role.strip() for role in str(text).split(",") if role.strip()]
        for role in named:
            if role not in known:
                self.say(line_of(node), f"for= is one or more of {', '.join(known)}, not “{role}”.")
        return [role for role in known if role in named]

    def _into(self, step: dict, node: SyntaxTreeNode) -> None:
        """Put what one container holds into its step."""
        if node.type in prose_markdown.PROSE_NODES:
            self.say(line_of(node), "Guidance stands before the first container of its step.")
            return
        if node.type != "container":
            self.say(line_of(node), prose_markdown.not_here(node))
            return
        name, given = self.opened(node)
        if name in grammar.PROMPTS:
            step["value"]["prompts"].append(self._prompt(name, given, node))
            return
        if name not in grammar.CONTAINERS:
            self.say(line_of(node), f"There is no :::{name}; there are {', '.join(grammar.CONTAINERS)}.")
            return
        field = grammar.TEXTS.get(name) or {"prepare": "prepares", "rounds": "rounds"}[name]
        if step["value"][field]:
            self.say(line_of(node), f"One :::{name} a step is enough.")
        self.only((), given, node, f":::{name}")
        if name in grammar.TEXTS:
            step["value"][field] = self.needed_prose(
                node.children, node, f":::{name} is empty: write its words."
            )
        else:
            read = self._preparation if name == "prepare" else self._round
            found = [read(item) for item in self._items(node, name)]
            step["value"][field] = [
                _item(value, step["id"], f"{name}-{n}") for n, value in enumerate(found, 1)
            ]

    def _items(self, node: SyntaxTreeNode, name: str) -> list[SyntaxTreeNode]:
        kind, how = {
            "prepare": ("bullet_list", "- course/module"),
            "rounds": ("ordered_list", "1. … {minutes=5}"),
        }[name]
        if [child.type for child in node.children] != [kind]:
            self.say(line_of(node), f"In :::{name} stands one list: “{how}”.")
            return []
        return list(node.children[0].children)

    def _preparation(self, item: SyntaxTreeNode) -> str:
        path = self.words(item.children[0])
        if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)?", path):
            self.say(
                line_of(item), "Name a course, or a module of one: course-name/module-name, without numbers."
            )
        self.paths.setdefault(path, line_of(item))
        return path

    def _round(self, item: SyntaxTreeNode) -> dict:
        title, given = self.tailed(item.children[0])
        minutes = given.pop("minutes", "")
        if not minutes:
            self.say(line_of(item), "How long does this round take? Write {minutes=5} after its title.")
        self.only(("minutes",), given, item, "A round")
        said = [part for child in item.children[1:] if child.type == "blockquote" for part in child.children]
        if len(said) != len(item.children) - 1 or any(part.type != "paragraph" for part in said):
            self.say(line_of(item), "Below a round stands only what is said: “   > …”, one paragraph.")
            said = []
        return {
            "title": self.checked_by(grammar.ROUND["title"], title, item, "title"),
            "minutes": self.checked_by(grammar.ROUND["minutes"], minutes or "5", item, "minutes"),
            "say": self.words(said[0]) if said else "",
        }

    # --- prompts --------------------------------------------------------------------------------------------

    def _prompt(self, kind: str, given: dict, node: SyntaxTreeNode) -> dict:
        prompt = self.identified(kind, node, given)
        value = prompt["value"]
        value |= self._fields(kind, given, node)
        children = list(node.children)
        label = children.pop(0) if children and children[0].type == "paragraph" else None
        if label is None:
            self.say(line_of(node), f":::{kind} begins with what is asked, in one paragraph.")
        words = self.words(label) if label else ""
        value["label"] = self.checked_by(
            grammar.PROMPTS[kind].child_blocks["label"], words or "…", node, "question"
        )
        value["help"] = ""
        if kind in grammar.LISTS:
            self._listed(prompt, children, node)
        for child in children:
            name, its = self.opened(child) if child.type == "container" else ("", {})
            if name != "help" or value["help"]:
                self.say(line_of(child), f"After the question of :::{kind} stands only one ::::help.")
                continue
            self.only((), its, child, "::::help")
            value["help"] = self.needed_prose(child.children, child, "::::help is empty.")
        self._note_pair(kind, value, node)
        return prompt

    def _fields(self, kind: str, given: dict, node: SyntaxTreeNode) -> dict:
        value, definition = {}, grammar.PROMPTS[kind].child_blocks
        for attribute in grammar.ATTRIBUTES[kind]:
            value[attribute.field] = self._field(attribute, definition[attribute.field], given, kind, node)
        self.only([one.name for one in grammar.ATTRIBUTES[kind]], given, node, f":::{kind}")
        return value

    def _field(self, attribute: Attribute, block, given: dict, kind: str, node: SyntaxTreeNode):
        if attribute.name in given:
            return self.checked_by(block, given.pop(attribute.name), node, attribute.name)
        default = block.get_default()
        if default is None and block.required:
            self.say(line_of(node), f':::{kind} needs {attribute.name}="…".')
        return "" if default is None else default

    def _listed(self, prompt: dict, children: list[SyntaxTreeNode], node: SyntaxTreeNode) -> None:
        field, definition = grammar.LISTS[prompt["type"]]
        found = children.pop(0) if children and children[0].type == "bullet_list" else None
        items = [self._line(item, definition, prompt["id"]) for item in found.children] if found else []
        meta = grammar.PROMPTS[prompt["type"]].child_blocks[field].meta
        if not meta.min_num <= len(items) <= meta.max_num:
            self.say(
                line_of(node),
                f":::{prompt['type']} has {meta.min_num} to {meta.max_num} {field} "
                f"(- Words {{#name}}), not {len(items)}.",
            )
        prompt["value"][field] = items

    def _line(self, item: SyntaxTreeNode, definition: dict, prompt_id: str) -> dict:
        """An option or a column."""
        title, given = self.tailed(item.children[0])
        anchor, own_id = given.pop("#", ""), self._valid_id(given.pop("uuid", ""), item)
        value = {"anchor": anchor, "title": self.checked_by(definition["title"], title, item, "words")}
        self._check_anchor(anchor, own_id, item, "This line")
        takes = ["kind"] if "kind" in definition else []
        if takes:
            value |= self._column(given.pop("kind", "text"), item, definition)
        elif len(item.children) > 1:
            self.say(line_of(item.children[1]), "Nothing stands below an answer.")
        self.only(takes, given, item, "This line")
        id_ = own_id or grammar.item_id(prompt_id, anchor)
        self._note_id(id_, item)
        return {"type": "item", "value": value, "id": id_}

    def _column(self, kind: str, item: SyntaxTreeNode, definition: dict) -> dict:
        below = item.children[1:]
        if below and [child.type for child in below] != ["bullet_list"]:
            self.say(line_of(below[0]), "Below a column stands only the list of its answers.")
            below = []
        choices = [self.words(one.children[0]) for part in below for one in part.children]
        kind = self.checked_by(definition["kind"], kind, item, "kind")
        if kind == "choice" and len(choices) < 2:
            self.say(line_of(item), "A column of kind=choice has two answers or more, in a list below it.")
        if kind != "choice" and choices:
            self.say(line_of(item), "Only a column of kind=choice has answers below it.")
        return {"kind": kind, "choices": "\n".join(choices)}

    def _note_pair(self, kind: str, value: dict, node: SyntaxTreeNode) -> None:
        if kind != "scale":
            return
        if value["moment"] == "early":
            self._early.add(value["anchor"])
        if value["moment"] == "late" and value["pair"]:
            self._late.append((value["pair"], line_of(node)))
        if (value["moment"] == "late") != bool(value["pair"]):
            self.say(
                line_of(node), "A late scale names its early one, and only it does: moment=late pair=name."
            )

    # --- what they share ------------------------------------------------------------------------------------

    def headed(self, heading: SyntaxTreeNode) -> tuple[str, dict]:
        """A heading's words, and what stands in braces after them."""
        return self.tailed(heading)

    def tailed(self, node: SyntaxTreeNode) -> tuple[str, dict]:
        """A line's words, and what stands in braces at its end."""
        words = plain(prose_markdown.read_runs(node, self.say)).replace("\n", " ")
        tail = grammar.TAIL.search(words)
        text = words[: tail.start()] if tail else words
        self.check_placeholders(text, node)
        try:
            return text, attributes(tail[1]) if tail else {}
        except ValueError as error:
            self.say(line_of(node), str(error))
            return text, {}

    def identified(self, type_: str, node: SyntaxTreeNode, given: dict, *, needed: bool = True) -> dict:
        """A block with its id, taken from its name, or from its place where it needs none."""
        anchor, own_id = given.pop("#", ""), self._valid_id(given.pop("uuid", ""), node)
        if anchor or needed:
            self._check_anchor(anchor, own_id, node, f"A {type_}")
        if anchor and anchor in self.found_anchors:
            self.say(
                line_of(node), f"#{anchor} is the name of what stands in line {self.found_anchors[anchor]}."
            )
        elif anchor:
            self.found_anchors[anchor] = line_of(node)
        # Places are counted whether or not they are needed, as the writer counts them.
        expected = self.names.expected(type_, anchor)
        id_ = own_id or expected
        self._note_id(id_, node)
        return {"type": type_, "value": {"anchor": anchor}, "id": id_}

    def _check_anchor(self, anchor: str, own_id: str, node: SyntaxTreeNode, what: str) -> None:
        if not anchor and not own_id:
            self.say(line_of(node), f"{what} needs a name that never changes: {{#some-name}}.")
        elif anchor and (not ANCHOR.regex.fullmatch(anchor) or len(anchor) > 60):
            self.say(
                line_of(node), f"“#{anchor}”: a name is small letters, digits and single hyphens, at most 60."
            )

    def _note_id(self, id_: str, node: SyntaxTreeNode) -> None:
        # A name that is used twice has been told already, by its name.
        if id_ in self._ids and self._ids[id_] not in self.found_anchors.values():
            self.say(line_of(node), f"This has the same identity as what stands in line {self._ids[id_]}.")
        self._ids.setdefault(id_, line_of(node))

    def only(self, known, given: dict, node: SyntaxTreeNode, what: str) -> None:
        """Note attributes that mean nothing here."""
        for key in given:
            takes = ", ".join(known) or "none"
            self.say(line_of(node), f"{what} has no attribute “{key}”; it takes: {takes}.")

    def _note_links(self, html: str, nodes: list[SyntaxTreeNode]) -> None:
        for href in re.findall(r'<a href="([^"]*)"', html):
            if not _ELSEWHERE.fullmatch(href):
                self.say(
                    line_of(nodes[0]),
                    f"“{href}” leads nowhere from here: write https://…, or name a course in :::prepare.",
                )

    def check_placeholders(self, text: str, node: SyntaxTreeNode) -> None:
        for name in dict.fromkeys(PATTERN.findall(text)):
            self.say(line_of(node), f"{{{name}}}: placeholders mean nothing in a protocol. Say it in words.")


def _item(value, step_id: str, name: str) -> dict:
    return {"type": "item", "value": value, "id": str(uuid.uuid5(uuid.UUID(step_id), name))}
