"""Writing a ``ProtocolFile`` as text, in the one canonical spelling. The mirror image of ``reader``."""

from cms.portable import fields, prose_markdown
from cms.portable.grammar import Attribute, Names
from cms.portable.markdown import quoted
from cms.portable.prose import Run, from_html, tidy
from engagements.blocks.phases import ROLES
from engagements.models import Protocol
from engagements.portable import grammar
from engagements.portable.grammar import ProtocolFile
from engagements.protocols import lines_of


def write(protocol: ProtocolFile) -> str:
    """The text of a protocol's file."""
    names = Names(protocol.key)
    front = fields.dump(
        {
            "id": protocol.key,
            "title": protocol.title,
            "summary": protocol.summary or None,
            "service": protocol.service,
            "language": None if protocol.language == "en" else protocol.language,
            **{name: True for name in Protocol.SETTINGS if protocol.settings[name]},
            "constituencies": list(protocol.constituencies) or None,
        }
    )
    body = "\n\n".join(_phase(phase, names) for phase in protocol.phases)
    return f"---\n{front}---\n\n{body}\n"


def _phase(block: dict, names: Names) -> str:
    value = block["value"]
    given = _identity(block, names)
    parts = [_heading("#", value["title"], given), _one_line(value["purpose"])]
    parts += [_step(step, names) for step in value["steps"]]
    return "\n\n".join(part for part in parts if part)


def _step(block: dict, names: Names) -> str:
    value = block["value"]
    given = _identity(block, names) | {"minutes": value["minutes"]}
    if value["for_roles"]:
        given["for"] = ",".join(role for role, _label in ROLES if role in value["for_roles"])
    parts = [_heading("##", value["title"], given), _markdown(value["guidance"])]
    if value["prepares"]:
        parts.append(_container("prepare", {}, "\n".join(f"- {one['value']}" for one in value["prepares"])))
    parts += [_text(name, value[field]) for name, field in grammar.TEXTS.items() if name != "coach"]
    parts += [_prompt(prompt, names) for prompt in value["prompts"]]
    if value["rounds"]:
        rounds = [_round(number, one["value"]) for number, one in enumerate(value["rounds"], start=1)]
        parts.append(_container("rounds", {}, "\n".join(rounds)))
    parts.append(_text("coach", value[grammar.TEXTS["coach"]]))
    return "\n\n".join(part for part in parts if part)


def _text(name: str, html: str) -> str:
    words = _markdown(html)
    return _container(name, {}, words) if words else ""


def _round(number: int, value: dict) -> str:
    said = _one_line(value.get("say"))
    line = f"{_one_line(value['title'])} {_braces({'minutes': value['minutes']})}"
    return prose_markdown.write_item(f"{number}.", line, f"> {said}" if said else "")


def _prompt(block: dict, names: Names) -> str:
    kind, value = block["type"], block["value"]
    given = _identity(block, names) | _attributes(kind, value)
    parts = [_one_line(value["label"])]
    if kind in grammar.LISTS:
        field, _definition = grammar.LISTS[kind]
        parts.append("\n".join(_line(item, block["id"]) for item in value[field]))
    if help_ := _markdown(value.get("help")):
        parts.append(_container("help", {}, help_, depth=1))
    return _container(kind, given, "\n\n".join(parts))


def _line(item: dict, prompt_id: str) -> str:
    """An option or a column, with the answers of a column below it."""
    value, given = item["value"], {}
    anchor = value.get("anchor") or ""
    if anchor:
        given["#"] = anchor
    if not anchor or item["id"] != grammar.item_id(prompt_id, anchor):
        given["uuid"] = item["id"]
    if value.get("kind", "text") != "text":
        given["kind"] = value["kind"]
    below = "\n".join(f"- {_one_line(choice)}" for choice in lines_of(value.get("choices")))
    return prose_markdown.write_item("-", f"{_one_line(value['title'])} {_braces(given)}", below)


# --- what they share -------------------------------------------------------------------------------------


def _identity(block: dict, names: Names) -> dict:
    """Its name; and its id, where that doesn't follow from the name or, for a phase, from its place."""
    anchor = block["value"].get("anchor") or ""
    given = {"#": anchor} if anchor else {}
    expected = names.expected(block["type"], anchor)
    is_told = anchor or block["type"] == "phase"
    return given if is_told and block["id"] == expected else given | {"uuid": block["id"]}


def _attributes(kind: str, value: dict) -> dict:
    definition = grammar.PROMPTS[kind].child_blocks
    given = {}
    for attribute in grammar.ATTRIBUTES[kind]:
        if text := _attribute(attribute, value, definition[attribute.field].get_default()):
            given[attribute.name] = text
    return given


def _attribute(attribute: Attribute, value: dict, default) -> str:
    field = value.get(attribute.field, default)
    if field in (None, "") or (field == default and not attribute.always):
        return ""
    return str(field).lower() if isinstance(field, bool) else str(field)


def _heading(marks: str, title: str, given: dict) -> str:
    words = _one_line(title, "heading")
    # A title that ends in braces of its own would be read without them.
    braces = _braces(given) if given or title.rstrip().endswith("}") else ""
    return f"{marks} {words} {braces}".rstrip()


def _braces(given: dict) -> str:
    inner = " ".join(
        f"#{text}" if key == "#" else f"{key}={quoted(text, always=key in grammar.QUOTED)}"
        for key, text in given.items()
    )
    return f"{{{inner}}}"


def _container(name: str, given: dict, inner: str, depth: int = 0) -> str:
    colons = ":" * (3 + depth)
    opening = f"{colons}{name} {_braces(given)}" if given else f"{colons}{name}"
    return f"{opening}\n{inner}\n{colons}"


def _one_line(text: str | None, place: str = "paragraph") -> str:
    return prose_markdown.write_runs(tidy((Run(" ".join((text or "").split())),)), place)


def _markdown(html: str | None) -> str:
    return prose_markdown.write(from_html(html or ""))
