"""The names of the format: containers, their attributes, and the identities of what answers hang on."""

import re
import uuid
from dataclasses import dataclass, field

from cms.portable.grammar import Attribute
from engagements.blocks.phases import PhaseBlock, Round, StepBlock
from engagements.blocks.prompts import Column, Named, Prompts

PROMPTS = Prompts().child_blocks
PHASE = PhaseBlock().child_blocks
STEP = StepBlock().child_blocks
ROUND = Round().child_blocks
OPTION = Named().child_blocks
COLUMN = Column().child_blocks

#: What a prompt of every kind may say in its braces.
COMMON = (
    Attribute("required", "required"),
    Attribute("report", "in_report"),
    Attribute("heading", "report_heading"),
)
#: What only one kind says there, before that.
OWN = {
    "text": (Attribute("words", "minimum_words"),),
    "voices": (Attribute("least", "least", always=True),),
    "scale": (
        Attribute("low", "low", always=True),
        Attribute("high", "high", always=True),
        Attribute("steps", "steps"),
        Attribute("moment", "moment"),
        Attribute("pair", "pair"),
    ),
    "choice": (Attribute("several", "several"),),
    "data": (Attribute("chart", "chart"), Attribute("below", "suppress_below")),
    "decision": (
        Attribute("reasons", "reasons"),
        Attribute("conditions", "conditions"),
        Attribute("review", "review_on"),
    ),
}
ATTRIBUTES = {kind: (*OWN.get(kind, ()), *COMMON) for kind in PROMPTS}
#: Words, which authors expect in quotation marks.
QUOTED = ("low", "high", "heading")
#: The field that a list inside a prompt fills, and what its items are.
LISTS = {"table": ("columns", COLUMN), "choice": ("options", OPTION), "decision": ("options", OPTION)}
#: Texts of a step that stand in a container of their own.
TEXTS = {"example": "example", "norms": "norms", "coach": "facilitation"}
#: All containers of a step.
CONTAINERS = ("prepare", *TEXTS, "rounds", *PROMPTS)
#: What stands in braces at the end of a heading or of a list's item.
TAIL = re.compile(r"\s*(\{[^{}]*\})$")


@dataclass
class ProtocolFile:
    """A protocol in one language, as its file has it.

    ``phases`` are blocks as Wagtail keeps them, except that what prepares for a step is a path of short names
    (``course`` or ``course/module``) in place of a page's key. ``lines`` says where those paths stand.
    """

    slug: str
    key: uuid.UUID
    language: str
    title: str
    summary: str
    service: str
    settings: dict[str, bool]
    constituencies: list[str]
    phases: list[dict]
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its file's name; a translation's says the language."""
        return f"{self.slug}.md" if self.language == "en" else f"{self.slug}.{self.language}.md"


def item_id(prompt_id: str, anchor: str) -> str:
    """The identity of a named option or column: one of its prompt's, in every language."""
    return str(uuid.uuid5(uuid.UUID(prompt_id), f"#{anchor}"))
