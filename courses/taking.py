"""Taking: a module as one person takes it, each block beside what they have written or answered there."""

from dataclasses import dataclass
from functools import cached_property

from cms.resolved import ModuleFor, RequiredItem, ResolvedBlock, ResolvedModule
from courses import (
    bringing_back,
    completing,
    discussing,
    timing,
)
from courses.completing import Done, wording
from courses.curricula import Curriculum
from courses.models import (
    Discussion,
    Enrollment,
    ModuleProgress,
    Note,
)
from courses.parts import ActionPart, CheckPart, MediaPart, Part, PoolPart, ReflectionPart
from courses.written import Written, written_in
from roster.models import Position


@dataclass(frozen=True)
class Left:
    """A required item that is still open: what it asks, and where on the page it is."""

    kind: str
    asked: str
    anchor: str


class Lesson:
    """One module as one person takes it."""

    def __init__(self, enrollment: Enrollment, curriculum: Curriculum, module_key):
        self.enrollment = enrollment
        self.curriculum = curriculum
        self.module: ModuleFor = curriculum.module(module_key)
        self.resolved: ResolvedModule = curriculum.resolve(module_key)
        self._recalled = bringing_back.recalled_in(curriculum, self.resolved)
        wanted = {one.at for named in self._recalled.values() for one in named.values() if one.block_id}
        self.written: Written = written_in(
            enrollment, module_key, earlier=sorted(wanted, key=str), talking=self._talking()
        )

    @property
    def key(self):
        """The module's identity."""
        return self.module.key

    @property
    def progress(self) -> ModuleProgress | None:
        """The module's own row; None before it was opened."""
        return self.written.progress.get(self.key)

    @property
    def is_complete(self) -> bool:
        """Done for good?"""
        return bool(self.progress and self.progress.completed_at)

    @cached_property
    def done(self) -> Done:
        """What is done here, as completing counts it."""
        written, key = self.written, self.key
        return Done(
            modules=written.progress,
            words={(key, id_): (row.words, row.is_marked) for id_, row in written.reflections.items()},
            tries={
                (key, id_): (any(row.passed for row in rows), len(rows))
                for id_, rows in written.attempts.items()
            },
            actions={(key, id_) for id_ in written.commitments},
            viewed={(key, id_) for id_, row in written.positions.items() if row.done_at},
        )

    @cached_property
    def left(self) -> list[Left]:
        """The required items that are still open, in the order of the page."""
        if self.is_complete:
            return []
        return [self._left(item) for item in self.resolved.required_items if not self._is_done(item)]

    @property
    def left_to_do(self) -> list[Left]:
        """What is open beside reading to the end."""
        return [item for item in self.left if item.kind != "end"]

    @property
    def required_count(self) -> int:
        """How many items the module asks for."""
        return self.progress.required if self.is_complete else len(self.resolved.required_items)

    @property
    def done_count(self) -> int:
        """How many of them are done."""
        return self.required_count - len(self.left)

    @property
    def percent(self) -> int:
        """How much of the module is done."""
        return 100 * self.done_count // self.required_count

    @cached_property
    def minutes_left(self) -> int:
        """About how long the rest takes, in minutes; never less than one while something is open."""
        if not self.left:
            return 0
        share = timing.share_left(self.resolved, self.curriculum.language, self._is_behind)
        return timing.minutes_left(self.module.minutes, share)

    @cached_property
    def resume_place(self) -> str:
        """Where in the module the person was, as the page told it; empty where that is no part of it."""
        row = self.enrollment
        if row.resume_module_key != self.key or not self.resolved.block(self._resume_block):
            return ""
        return row.resume_place

    @property
    def _resume_block(self) -> str:
        return self.enrollment.resume_place.partition(":")[0]

    @cached_property
    def _passed(self) -> frozenset[str]:
        """The blocks above the place where the person is."""
        ids = [block.id for block in self.resolved.blocks]
        return frozenset(ids[: ids.index(self._resume_block)] if self.resume_place else ())

    def _is_behind(self, block: ResolvedBlock) -> bool:
        """Is the person done with the block: answered, or read past?"""
        part = self.parts.get(block.id)
        if part and (part.is_done or block.is_required):
            return part.is_done
        return bool(self.progress and self.progress.read_at) or block.id in self._passed

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The blocks that ask something, by block id."""
        return {block.id: part for block in self.resolved.blocks if (part := self._part(block))}

    @property
    def notes(self) -> list[Note]:
        """What the person noted in the module, in the order of the page; what lost its block comes last."""
        places = {block.id: place for place, block in enumerate(self.resolved.blocks)}
        return sorted(self.written.notes, key=lambda note: (places.get(note.block_id, len(places)), note.pk))

    def notes_at(self, block_id: str) -> list[Note]:
        """What the person noted at one block."""
        return [note for note in self.written.notes if note.block_id == block_id]

    def talks_at(self, block_id: str) -> list[Discussion]:
        """What the person's buildings say about one prompt, each with ``count`` and ``place_name``."""
        names = {place.building_id: place.building_name for place in self.curriculum.standpoint.places}
        found = [talk for talk in self.written.talks if talk.block_id == block_id]
        for talk in found:
            talk.place_name = names[talk.building_id]
        return found

    def _talking(self) -> set[int]:
        """The buildings whose discussions the person may read; none where nothing here is discussed."""
        if not any(discussing.allows(block) for block in self.resolved.blocks):
            return set()
        outside = (Position.Role.EDITOR, Position.Role.PSESD_ADMIN)
        places = self.curriculum.standpoint.places
        return {place.building_id for place in places if place.building_id and place.role not in outside}

    def _is_done(self, item: RequiredItem) -> bool:
        return completing.is_done(item, self.resolved, self.done)

    def _left(self, item: RequiredItem) -> Left:
        if item.kind == "end":
            return Left("end", "", "finish")
        return Left(item.kind, wording(self.resolved.block(item.block_id)), f"block-{item.block_id}")

    def _part(self, block: ResolvedBlock) -> Part | None:
        written = self.written
        match block.type:
            case "reflection":
                recalled = bringing_back.with_answers(self._recalled.get(block.id, {}), written.earlier)
                reflection = written.reflections.get(block.id)
                return self._make(ReflectionPart, block, reflection=reflection, recalled=recalled)
            case "check":
                return self._make(CheckPart, block, tries=tuple(written.attempts.get(block.id, ())))
            case "pool":
                return self._make(PoolPart, block, tries=tuple(written.attempts.get(block.id, ())))
            case "action":
                return self._make(ActionPart, block, commitment=written.commitments.get(block.id))
            case "video" | "audio" if block.value.get("file"):
                return self._make(MediaPart, block, position=written.positions.get(block.id))
            case _:
                return None

    def _make(self, kind, block, **own) -> Part:
        is_done = self._is_done(RequiredItem(block.type, block.id))
        return kind(self.enrollment, self.key, block, is_done, **own)
