"""Structuring: a protocol's blocks as the plain structure that a version keeps."""

from wagtail.rich_text import RichText, expand_db_html

from cms.blocks.base import source_of
from cms.blocks.cleaning import cleaned
from cms.models import CoursePage, ModulePage
from engagements.protocols import Prompt, lines_of, read_prompt

TEXTS = ("guidance", "example", "norms", "facilitation")


def structure_of(protocol) -> dict:
    """What ``ProtocolVersion.structure`` holds: settings, phases, steps and prompts with their ids."""
    phases = [_phase(phase) for phase in protocol.phases]
    _join_pairs(phases)
    settings = {name: getattr(protocol, name) for name in protocol.SETTINGS}
    settings["constituencies"] = lines_of(protocol.constituencies)
    return {"settings": settings, "phases": phases}


def prompt_of(kind: str, value) -> Prompt:
    """One prompt as its readers ask it; for previews, where it has no identity yet."""
    kept = _prompt(kind, value, "")
    kept.pop("anchor")
    return read_prompt(kept)


def _phase(block) -> dict:
    value = block.value
    return {
        "id": block.id,
        "title": value["title"],
        "purpose": value["purpose"] or "",
        "steps": [_step(step) for step in value["steps"]],
    }


def _step(block) -> dict:
    value = block.value
    return {
        "id": block.id,
        "title": value["title"],
        "minutes": value["minutes"],
        "for_roles": list(value["for_roles"] or ()),
        **{name: _markup(value[name]) for name in TEXTS},
        "prepares": [_preparation(page) for page in value["prepares"] if page],
        "rounds": [
            {"title": one["title"], "minutes": one["minutes"], "say": one["say"] or ""}
            for one in value["rounds"]
        ],
        "prompts": [_prompt(one.block_type, one.value, one.id) for one in value["prompts"]],
    }


def _preparation(page) -> dict:
    page = page.specific
    course = page if isinstance(page, CoursePage) else page.get_parent().specific
    module_key = str(page.translation_key) if isinstance(page, ModulePage) else None
    return {"course_key": str(course.translation_key), "module_key": module_key, "title": page.title}


def _prompt(kind: str, value, id_: str) -> dict:
    common = {
        "id": id_,
        "kind": kind,
        "label": value["label"],
        "help": _markup(value["help"]),
        "required": bool(value["required"]),
        "in_report": bool(value["in_report"]),
        "report_heading": value["report_heading"] or "",
        # Only to find pairs by; taken out again when they are found.
        "anchor": value["anchor"] or "",
    }
    return common | OWN.get(kind, lambda value: {})(value)


def _text(value) -> dict:
    return {"minimum_words": value["minimum_words"] or 0}


def _table(value) -> dict:
    return {
        "columns": [
            {
                "id": item.id,
                "title": item.value["title"],
                "kind": item.value["kind"],
                "choices": lines_of(item.value["choices"]),
            }
            for item in value["columns"].bound_blocks
        ]
    }


def _voices(value) -> dict:
    return {"least": value["least"] or 1}


def _scale(value) -> dict:
    names = ("low", "high", "steps", "moment", "pair")
    return {name: value[name] or "" for name in names} | {"steps": value["steps"] or 5}


def _choice(value) -> dict:
    return {"options": _options(value), "several": bool(value["several"])}


def _data(value) -> dict:
    return {"chart": value["chart"], "suppress_below": value["suppress_below"]}


def _decision(value) -> dict:
    asked = {name: bool(value[name]) for name in ("reasons", "conditions", "review_on")}
    return {"options": _options(value)} | asked


OWN = {
    "text": _text,
    "table": _table,
    "voices": _voices,
    "scale": _scale,
    "choice": _choice,
    "data": _data,
    "decision": _decision,
}


def _options(value) -> list[dict]:
    return [{"id": item.id, "title": item.value["title"]} for item in value["options"].bound_blocks]


def _join_pairs(phases: list[dict]) -> None:
    """Put ids in place of names, at both ends: the early scale knows its late one too."""
    prompts = [prompt for phase in phases for step in phase["steps"] for prompt in step["prompts"]]
    by_name = {prompt.pop("anchor"): prompt for prompt in prompts}
    for prompt in prompts:
        if prompt["kind"] == "scale" and prompt["moment"] == "late":
            early = by_name.get(prompt["pair"]) if prompt["pair"] else None
            prompt["pair"] = early["id"] if early else ""
            if early and early["kind"] == "scale":
                early["pair"] = prompt["id"]


def _markup(text: RichText | str) -> str:
    """Rich text as a browser takes it; cleaned again, whichever way it came in."""
    return expand_db_html(cleaned(source_of(text)))
