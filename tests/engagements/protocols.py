"""Protocols that tests write: the least that a protocol needs."""

import json
import uuid

from wagtail.models import Locale

from engagements.models import Protocol

STEP = {"anchor": "", "title": "A step", "minutes": 30, "for_roles": [], "prompts": []}
PROMPT = {
    "anchor": "",
    "label": "What do you see?",
    "required": True,
    "in_report": True,
    "report_heading": "",
}


def block(type_, value, id_=None):
    """A block as a StreamField keeps it."""
    return {"type": type_, "value": value, "id": id_ or str(uuid.uuid4())}


def prompt(kind="text", id_=None, **fields):
    """A prompt of a kind."""
    return block(kind, PROMPT | fields, id_)


def step(*prompts, id_=None, **fields):
    """A step with its prompts; guidance where it has none."""
    words = {} if prompts else {"guidance": "<p>Read it aloud.</p>"}
    return block("step", STEP | words | fields | {"prompts": list(prompts)}, id_)


def phase(*steps, id_=None, **fields):
    """A phase with its steps."""
    return block(
        "phase", {"anchor": "", "title": "A phase", "purpose": "", **fields, "steps": list(steps)}, id_
    )


def items(*values):
    """The items of a list, each with an id."""
    return [block("item", value) for value in values]


def write_protocol(*phases, publish=True, **fields):
    """A protocol, published unless it is to stay a draft; one phase with one step where none is given."""
    defaults = {"title": "Looking together", "slug": "looking-together", "service": "racial-equity-tool"}
    protocol = Protocol(
        locale=Locale.get_default(),
        live=False,
        **(defaults | fields),
        phases=json.dumps(phases or [phase(step())]),
    )
    protocol.save()
    if publish:
        protocol.save_revision().publish()
        protocol.refresh_from_db()
    return protocol
