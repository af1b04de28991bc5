"""Resolved: what one person gets of a course, once :mod:`cms.tailoring` has resolved it for them."""

from dataclasses import dataclass, field
from functools import cached_property

from wagtail.blocks.stream_block import StreamValue

from cms.models import Edition, ModulePage

REQUIRED, OPTIONAL, HIDDEN = "required", "optional", "hidden"
#: Blocks that may ask to be done before their module is complete.
ASKS = frozenset({"reflection", "check", "pool", "action", "video", "audio"})


@dataclass(frozen=True)
class RequiredItem:
    """Something that must be done before a module is complete.

    ``kind`` is ``reflection``, ``check``, ``action`` or ``end`` (the end of the text, with no block).
    """

    kind: str
    block_id: str = ""


END = RequiredItem("end")


@dataclass(frozen=True)
class ResolvedBlock:
    """A block that the reader gets. ``source`` is ``master``, ``building`` or ``district``.

    ``language`` is that of its words; empty where nobody knows (in a preview of an unsaved page).
    """

    id: str
    type: str
    value: object
    source: str
    bound: StreamValue.StreamChild = field(repr=False, compare=False)
    language: str = ""

    def render(self, context: dict) -> str:
        """Its markup, with ``block_id`` and ``source`` beside what is in ``context``."""
        return self.bound.render({**context, "block_id": self.id, "source": self.source})

    @property
    def is_required(self) -> bool:
        """Must the reader do it?"""
        return self.type in ASKS and bool(self.value.get("required"))


@dataclass(frozen=True)
class ModuleFor:
    """A module as it stands in somebody's course; ``standing`` is ``required`` or ``optional``."""

    page: ModulePage
    standing: str
    tailored: bool

    @property
    def key(self):
        """The identity that records hang on."""
        return self.page.translation_key

    @property
    def title(self) -> str:
        """Its title."""
        return self.page.title

    @property
    def minutes(self) -> int:
        """How long it takes, in minutes."""
        return self.page.minutes

    @property
    def is_required(self) -> bool:
        """Does the course ask for it?"""
        return self.standing == REQUIRED


@dataclass(frozen=True)
class ResolvedModule:
    """What one reader gets of one module."""

    module: ModulePage
    standing: str
    blocks: tuple[ResolvedBlock, ...]
    editions: tuple[Edition, ...] = ()

    @property
    def key(self):
        """The identity that records hang on."""
        return self.module.translation_key

    @cached_property
    def required_items(self) -> tuple[RequiredItem, ...]:
        """All that the reader must do here; the end of the text always comes last."""
        items = (RequiredItem(block.type, block.id) for block in self.blocks if block.is_required)
        return (*items, END)

    @cached_property
    def _by_id(self) -> dict[str, ResolvedBlock]:
        return {block.id: block for block in self.blocks}

    def block(self, block_id: str) -> ResolvedBlock | None:
        """The block of that identity, if this reader gets it."""
        return self._by_id.get(block_id)


@dataclass(frozen=True)
class WelcomeWords:
    """What a building (or its district) says of a course before it begins."""

    welcome: str
    goal: str
    credit: str
    owner: object
