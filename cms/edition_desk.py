"""The desk at which an edition is written: the draft, the course in order, and what stands where in it.

:mod:`cms.manuscripts` is the form that lies on it; :mod:`cms.editions` keeps what is written.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from cms import approving, editions, fitting, pieces, tailoring
from cms.blocks.walking import every_block
from cms.models import CoursePage, Edition, ModulePage
from cms.standpoints import Standpoint


@dataclass
class PlaceSheet:
    """A place of a module: what stands there now without this edition, and what the edition says there."""

    name: str
    label: str
    after: str = ""
    stands: list[str] = field(default_factory=list)
    is_gone: bool = False
    pieces: list = field(default_factory=list)


class Desk:
    """A place's edition of a course, and all that its page needs. A fixed number of queries."""

    def __init__(self, *, place, course: CoursePage, reader: Standpoint):
        self.place, self.course, self.reader = place, course, reader
        self.edition = editions.edition_of(course.translation_key, place)
        self.draft = editions.draft_of(self.edition)
        self.review = approving.review_of(self.edition)
        self.state = approving.state_of(self.edition, self.review)
        loaded = tailoring.load(course, reader)
        others = [row for row in loaded.editions if row.pk != self.edition.pk]
        self.tailored = tailoring.Tailoring(
            course, modules=loaded.modules, audiences=loaded.audiences, editions=others, keys=loaded.keys
        )
        self.modules = {module.translation_key: module for module in loaded.modules}

    @property
    def based_on(self) -> int | None:
        """The revision that is shown."""
        return self.edition.latest_revision_id

    @property
    def may_write(self) -> bool:
        """Not while PSESD reads it."""
        return self.state != approving.State.SENT

    @property
    def comment(self) -> str:
        """What PSESD said when it sent the draft back."""
        return self.review.current_task_state.comment if self.state == approving.State.RETURNED else ""

    @cached_property
    def misfits(self) -> list[fitting.Misfit]:
        """What of the draft no longer fits."""
        return fitting.misfits(self.draft) if self.edition.pk else []

    @cached_property
    def changes(self) -> pieces.Changes:
        """The draft's changes, taken apart."""
        return self.apart(self.draft)

    def apart(self, edition: Edition) -> pieces.Changes:
        """Take any draft of this edition apart."""
        stored = list(edition.changes.raw_data)
        unknown = {change["value"].get("module") for change in stored} - set(self.tailored.keys) - {None}
        others = ModulePage.objects.filter(pk__in=unknown) if unknown else ModulePage.objects.none()
        keys = {**self.tailored.keys, **dict(others.values_list("pk", "translation_key"))}
        return pieces.apart(stored, keys, self.modules)

    @cached_property
    def stored(self) -> dict[str, pieces.Piece]:
        """The draft's pieces by id."""
        return {piece.id: piece for piece in self.changes.pieces}

    @cached_property
    def masters_ids(self) -> set[str]:
        """The ids of the course's own blocks: no piece may take one of them."""
        return {str(block.id) for module in self.modules.values() for block in every_block(module.body)}

    def places(self, module: ModulePage) -> list[tuple[str, str]]:
        """The module's places by name, with what a leader calls them, in the order of the text."""
        local = [child.value for child in module.body if child.block_type == "local"]
        named = [(value["anchor"], value.get("name") or label_of(value["anchor"])) for value in local]
        return [("start", _("At the start")), *named, ("end", _("At the end"))]

    def place_sheets(self, module: ModulePage) -> list[PlaceSheet]:
        """The module's places with what stands there now, without pieces."""
        before = _words_before(module)
        return [
            PlaceSheet(
                name,
                label,
                after=before.get(name, ""),
                stands=[_line(block) for block in self.tailored.at_place(module, name, self.reader)],
            )
            for name, label in self.places(module)
        ]


def label_of(anchor: str) -> str:
    """What a leader calls a place that its author gave no words, only a name."""
    return anchor.replace("-", " ").capitalize()


def _words_before(module) -> dict[str, str]:
    """What the text says just before each named place."""
    found, last = {}, ""
    for child in module.body:
        if child.block_type == "local":
            found[child.value["anchor"]] = last
        else:
            last = fitting.excerpt(child.get_prep_value(), 90) or last
    return found


def _line(block) -> str:
    words = fitting.excerpt(block.bound.get_prep_value(), 160)
    return f"{block.bound.block.label}: {words}" if words else str(block.bound.block.label)
