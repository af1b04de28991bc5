"""Looking: a module through the eyes of one reader, or of two, side by side, with what differs marked."""

from dataclasses import dataclass

from django.utils import translation

from cms import comparing, tailoring
from cms.comparing import MOVED, SAME
from cms.models import ModulePage
from cms.previews import with_draft
from cms.resolved import HIDDEN
from cms.standpoints import MASTER, Standpoint, standpoint_of_building
from roster.models import Building


@dataclass(frozen=True)
class Eyes:
    """Whose eyes: a role at a building, or (``building`` None) a reader without any, who gets the master."""

    building: Building | None
    role: str

    @property
    def standpoint(self) -> Standpoint:
        """From where they read."""
        return standpoint_of_building(self.building, role=self.role) if self.building else MASTER


@dataclass(frozen=True)
class Row:
    """A block as it is drawn: once where both read the same, else one beside the other.

    ``number`` counts the differences from 1; None for what is the same.
    """

    kind: str
    number: int | None
    left: str
    right: str


def in_language(page, code: str):
    """``page`` as it was translated to the language ``code``; itself where it wasn't."""
    if not code or page.locale.language_code == code:
        return page
    return page.get_translations().filter(locale__language_code=code).first() or page


def version_of(page, *, live: bool):
    """The page as it is published, or as its newest draft has it."""
    specific = page.specific
    return specific if live else specific.get_latest_revision_as_object()


def tailored_for(module: ModulePage, *standpoints: Standpoint) -> tailoring.Tailoring:
    """The module's course with all that tailors it for those readers, ``module`` as it is given in it."""
    places = tuple(place for standpoint in standpoints for place in standpoint.places)
    return with_draft(tailoring.load(module.get_parent().specific, Standpoint(places)), module=module)


def beside(left, right, left_eyes: Standpoint, right_eyes: Standpoint, *, request) -> list[Row]:
    """Two resolved modules, block by block, drawn and with what differs marked."""
    read_left, read_right = (() if one.standing == HIDDEN else one.blocks for one in (left, right))
    lines = comparing.compare(
        read_left,
        read_right,
        left_words=comparing.words_for(left_eyes),
        right_words=comparing.words_for(right_eyes),
    )
    rows, number = [], 0
    for line in lines:
        number += line.kind != SAME
        drawn_left = drawn(line.left, left_eyes, request) if line.left else ""
        # The same identity twice on one page would be one name for two things.
        drawn_right = drawn(line.right, right_eyes, request, twin=True) if _is_alone(line) else ""
        rows.append(Row(line.kind, number if line.kind != SAME else None, drawn_left, drawn_right))
    return rows


def drawn(block, standpoint: Standpoint, request, *, twin: bool = False) -> str:
    """A block's markup, for reading only; a ``twin`` has a name of its own."""
    context = {"request": request, "standpoint": standpoint, "preview": True, "source": block.source}
    return block.bound.render({**context, "block_id": f"{block.id}-beside" if twin else block.id})


def speaking(code: str):
    """Within it, what the product itself says is said in that language."""
    return translation.override(code)


def differences(rows) -> int:
    """How many differences there are; a block that moved counts once."""
    return sum(row.kind not in (SAME, MOVED) or (row.kind == MOVED and bool(row.right)) for row in rows)


def _is_alone(line) -> bool:
    return line.right is not None and line.kind != SAME
