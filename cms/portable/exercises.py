"""Reading what stands inside a container: each function gives the fields of one kind of block."""

import re
import uuid

from markdown_it.tree import SyntaxTreeNode

from cms.blocks.doing import MOST_STARTERS
from cms.portable import prose_markdown
from cms.portable.grammar import BLOCKS, PASSAGE, ItemNames
from cms.portable.markdown import attributes, line_of
from cms.portable.mistakes import Say
from cms.portable.prose import BREAK, Paragraph, Run, plain, tidy, to_html

_TAIL = re.compile(r"\s*(\{(?:\s*(?:best|uuid=[0-9a-f-]{36}))+\s*\})$")
_BOX = re.compile(r"^\[([ xX])\](?:\s+|$)")


def paragraphs_html(runs) -> str:
    """Rich text of one paragraph; nothing when there are no words."""
    return to_html((Paragraph(tuple(runs)),)) if runs else ""


def quoted_lines(node: SyntaxTreeNode, say: Say) -> list[str]:
    """The lines of a quotation as plain words, an empty one between paragraphs.

    In a quotation a line of its own is kept only before “— who” and where a line break is asked for.
    """
    lines: list[str] = []
    for child in node.children:
        if child.type != "paragraph":
            say(line_of(child), "A quotation holds paragraphs only.")
            continue
        if lines:
            lines.append("")
        lines.extend(_spoken_lines(child, say))
    return lines


def _spoken_lines(paragraph: SyntaxTreeNode, say: Say) -> list[str]:
    inline = prose_markdown.inline_of(paragraph)
    breaks = [at for at, node in enumerate(inline) if node.type in ("softbreak", "hardbreak")]
    if breaks and inline[breaks[-1] + 1].content.startswith("—"):
        words, who = inline[: breaks[-1]], inline[breaks[-1] + 1 :]
        return [*plain(prose_markdown.read_inline(words, say)).split(BREAK), _joined(who, say)]
    return plain(prose_markdown.read_inline(inline, say)).split(BREAK)


def _joined(nodes: list[SyntaxTreeNode], say: Say) -> str:
    return plain(prose_markdown.read_inline(nodes, say))


# --- each container -----------------------------------------------------------------------------------


def _callout(reader, node, block) -> dict:
    return {"body": reader.needed_prose(node.children, node, "A callout needs words.")}


def _video(reader, node, block) -> dict:
    what = "A video needs its transcript, for those who can't hear or play it: write it inside."
    return {"transcript": reader.needed_prose(node.children, node, what)}


def _audio(reader, node, block) -> dict:
    what = "A recording needs its transcript, for those who can't hear or play it: write it inside."
    return {"transcript": reader.needed_prose(node.children, node, what)}


def _resource(reader, node, block) -> dict:
    nodes = node.children
    summary = " ".join(reader.words(child) for child in nodes if child.type == "paragraph")
    for child in nodes:
        if child.type != "paragraph":
            reader.say(line_of(child), "A resource says in one sentence what it is.")
    if not block["value"].get("link") and not block["value"].get("document"):
        reader.say(line_of(node), 'A resource needs href="https://…" or document="documents/…".')
    field = BLOCKS["resource"].child_blocks["summary"]
    return {"summary": reader.checked_by(field, summary, node, "summary")}


def _accordion(reader, node, block) -> dict:
    items, names = [], ItemNames(block["id"])
    field = BLOCKS["accordion"].child_blocks["items"].child_block.child_blocks["title"]
    for child, _name, given in _inner(reader, node, ["item"]):
        own_id = given.pop("uuid", "")
        title = reader.checked_by(field, given.pop("title", ""), child, "title")
        reader.nothing_else(given, child)
        body = reader.needed_prose(child.children, child, "This fold is empty: write what opens.")
        items.append(_item({"title": title, "body": body}, own_id or names.expected()))
    if not items:
        reader.say(line_of(node), 'An accordion needs folds: ::::item {title="…"}.')
    return {"items": items}


def _variants(reader, node, block) -> dict:
    options, otherwise, names, seen = [], [], ItemNames(block["id"]), False
    for child, name, given in _inner(reader, node, ["for", "otherwise"]):
        if seen:
            reader.say(line_of(child), "::::otherwise comes last, and once.")
        if name == "otherwise":
            seen = True
            reader.nothing_else(given, child)
            otherwise = reader.stream(child.children, PASSAGE)
            continue
        own_id = given.pop("uuid", "")
        audiences = reader.audiences(given, child)
        reader.nothing_else(given, child)
        item_id = own_id or names.expected()
        blocks = reader.stream(child.children, PASSAGE)
        options.append(_item({"audiences": audiences, "blocks": blocks}, item_id))
    if not options:
        reader.say(line_of(node), "Variants need alternatives: ::::for {audience=…}, then ::::otherwise.")
    return {"options": options, "otherwise": otherwise}


def _local(reader, node, block) -> dict:
    return {"otherwise": reader.stream(node.children, PASSAGE)}


def _action(reader, node, block) -> dict:
    prose = prose_markdown.read(node.children, reader.say)
    if any(not isinstance(part, Paragraph) for part in prose):
        reader.say(line_of(node), "An action step is one thing, in plain paragraphs without a list.")
    return {"what": reader.needed_prose(node.children, node, "An action step needs words: what to try.")}


def _reflection(reader, node, block) -> dict:
    inner = {}
    for child, name, given in _inner(reader, node, ["guidance", "starters"], also=prose_markdown.PROSE_NODES):
        reader.nothing_else(given, child)
        if name in inner:
            reader.say(line_of(child), f"One ::::{name} is enough.")
        inner[name] = reader.prose(child.children) if name == "guidance" else _starters(reader, child)
    question = [child for child in node.children if child.type != "container"]
    _judge_scale(reader, node, block["value"])
    return {
        "question": reader.needed_prose(question, node, "A reflection prompt needs its question."),
        "guidance": inner.get("guidance", ""),
        "starters": inner.get("starters", ""),
    }


def _starters(reader, node) -> str:
    """Ways to begin: a list of lines, kept one a line."""
    lines = []
    for child in node.children:
        if child.type != "bullet_list":
            reader.say(line_of(child), "Ways to begin are a list: “- What I noticed was”, one a line.")
            continue
        lines.extend(_starter(reader, item) for item in child.children)
    field = BLOCKS["reflection"].child_blocks["starters"]
    if len(lines) > MOST_STARTERS:
        reader.say(line_of(node), f"At most {MOST_STARTERS} ways to begin, not {len(lines)}.")
    return reader.checked_by(field, "\n".join(lines), node, "starters")


def _starter(reader, item) -> str:
    for child in item.children:
        if child.type != "paragraph":
            reader.say(line_of(child), "A way to begin is one line of words.")
    return " ".join(reader.words(child) for child in item.children if child.type == "paragraph")


def _judge_scale(reader, node, value: dict) -> None:
    for name in ("low", "high"):
        if value["kind"] == "scale" and not value[name]:
            reader.say(line_of(node), f'A scale says what its ends mean: {name}="…".')


def _scenario(reader, node, block) -> dict:
    situation, found, after = _around_list(node, ("bullet_list",))
    names, choices = ItemNames(block["id"]), []
    for child in after:
        reader.say(line_of(child), "Nothing comes after the choices.")
    for item in found.children if found else []:
        runs, tail, feedback = _split_item(reader, item)
        if not feedback:
            reader.say(line_of(item), "Say what this choice brings about: “  > …”, indented below it.")
        choice = {
            "text": reader.line_html(runs, item),
            "feedback": reader.prose(feedback),
            "best": "best" in tail,
        }
        choices.append(_item(choice, tail.get("uuid") or names.expected()))
    _count(reader, node, choices, "scenario", "choices", "- …")
    return {
        "situation": reader.needed_prose(situation, node, "A scenario begins with its situation."),
        "choices": choices,
    }


def _check(reader, node, block) -> dict:
    return _question(reader, node, block["value"]["kind"], block["id"], "check")


def _pool(reader, node, block) -> dict:
    kinds, names, questions = BLOCKS["check"].child_blocks["kind"], ItemNames(block["id"]), []
    for child, _name, given in _inner(reader, node, ["question"]):
        own_id = given.pop("uuid", "")
        kind = reader.checked_by(kinds, given.pop("kind", "single"), child, "kind")
        reader.nothing_else(given, child)
        words = [_quietly(part) for part in child.children if part.type == "paragraph"]
        item_id = own_id or names.expected(" ".join(words))
        questions.append(
            _item({"kind": kind, **_question(reader, child, kind, item_id, "question")}, item_id)
        )
    _count(reader, node, questions, "pool", "questions", "::::question {kind=single}")
    value = block["value"]
    if questions and value["draw"] > len(questions):
        reader.say(line_of(node), f"This pool draws {value['draw']} questions and has {len(questions)}.")
    if value["right"] > value["draw"]:
        reader.say(line_of(node), "right= is how many of those that are drawn; it can't be more than draw=.")
    return {"questions": questions}


def _quietly(paragraph) -> str:
    """Its words; mistakes in them are told when the question itself is read."""
    return plain(prose_markdown.read_runs(paragraph, lambda *mistake: None)).replace("\n", " ")


def _question(reader, node, kind: str, owner_id: str, what: str) -> dict:
    """Question, answers and feedback on the whole: of a check, or of one question of a pool."""
    is_ordering = kind == "ordering"
    question, found, after = _around_list(node, ("ordered_list",) if is_ordering else ("bullet_list",))
    names, answers = ItemNames(owner_id), []
    for item in found.children if found else []:
        runs, tail, feedback = _split_item(reader, item)
        runs, ticked = (runs, False) if is_ordering else _unbox(reader, item, runs)
        answer = {
            "text": reader.line_html(runs, item),
            "correct": ticked,
            "feedback": reader.prose(feedback),
        }
        answers.append(_item(answer, tail.get("uuid") or names.expected(plain(runs))))
    _count(reader, node, answers, "check", "answers", "1. …" if is_ordering else "- [ ] … and - [x] …", what)
    _judge(reader, node, kind, [answer["value"]["correct"] for answer in answers])
    return {
        "question": reader.needed_prose(
            question,
            node,
            f"A {what} begins with its question." if what == "check" else "A question needs its words.",
        ),
        "answers": answers,
        "feedback": _whole_feedback(reader, after),
    }


READ = {
    "callout": _callout,
    "video": _video,
    "audio": _audio,
    "resource": _resource,
    "accordion": _accordion,
    "variants": _variants,
    "local": _local,
    "action": _action,
    "reflection": _reflection,
    "scenario": _scenario,
    "check": _check,
    "pool": _pool,
}


# --- what they share ----------------------------------------------------------------------------------


def _item(value: dict, item_id: str) -> dict:
    return {"type": "item", "value": value, "id": str(uuid.UUID(item_id))}


def _inner(reader, node, names: list[str], also: tuple[str, ...] = ()):
    """The containers inside ``node`` with name and attributes; what else stands there is a mistake."""
    for child in node.children:
        if child.type == "container":
            name, given = reader.opened(child)
            if name in names:
                yield child, name, given
                continue
        if child.type not in also:
            expected = " and ".join(f":::{name}" for name in names)
            reader.say(line_of(child), f"Only {expected} can stand here, with one colon more than around it.")


def _around_list(node, kinds: tuple[str, ...]):
    """What comes before the last list, the list, and what comes after it."""
    places = [index for index, child in enumerate(node.children) if child.type in kinds]
    if not places:
        return list(node.children), None, []
    at = places[-1]
    return list(node.children[:at]), node.children[at], list(node.children[at + 1 :])


def _split_item(reader, item):
    """An item's words, what stands in braces at their end, and the quotation below them."""
    feedback: list[SyntaxTreeNode] = []
    runs: list[Run] = []
    for child in item.children:
        if child.type == "blockquote":
            feedback.extend(child.children)
        elif child.type == "paragraph" and not feedback:
            runs = [*runs, Run(BREAK), *prose_markdown.read_runs(child, reader.say)]
        else:
            reader.say(line_of(child), "Below a choice or an answer stands only its feedback: “  > …”.")
    words = tidy(runs)
    tail = _TAIL.search(words[-1].text) if words else None
    if not tail:
        return words, {}, feedback
    last = Run(words[-1].text[: tail.start()], words[-1].bold, words[-1].italic, words[-1].href)
    return tidy((*words[:-1], last)), attributes(tail[1]), feedback


def _unbox(reader, item, runs):
    """An answer's words without their box, and whether the box is ticked."""
    box = _BOX.match(runs[0].text) if runs else None
    if not box:
        reader.say(
            line_of(item), "An answer begins with its box: “- [x]” when it is right, “- [ ]” when not."
        )
        return runs, False
    first = Run(runs[0].text[box.end() :], runs[0].bold, runs[0].italic, runs[0].href)
    return tidy((first, *runs[1:])), box[1] != " "


def _count(reader, node, items: list, type_: str, field: str, how: str, what: str = "") -> None:
    block = BLOCKS[type_].child_blocks[field].meta
    if not (block.min_num or 0) <= len(items) <= (block.max_num or 1000):
        reader.say(
            line_of(node),
            f"A {what or type_} has {block.min_num} to {block.max_num} {field} ({how}), not {len(items)}.",
        )


def _judge(reader, node, kind: str, correct: list[bool]) -> None:
    right = sum(correct)
    if kind in ("single", "truefalse") and right != 1:
        reader.say(line_of(node), f"A check of kind={kind} has just one right answer (- [x]), not {right}.")
    if kind == "truefalse" and len(correct) != 2:
        reader.say(line_of(node), "A check of kind=truefalse has two answers.")
    if kind == "multiple" and not right:
        reader.say(line_of(node), "A check of kind=multiple has at least one right answer (- [x]).")


def _whole_feedback(reader, after: list) -> str:
    nodes: list[SyntaxTreeNode] = []
    for child in after:
        if child.type == "blockquote":
            nodes.extend(child.children)
        else:
            reader.say(line_of(child), "After the answers stands only feedback on the whole: “> …”.")
    return reader.prose(nodes) if nodes else ""
