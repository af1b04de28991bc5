"""Questions: what a check or a pool asks one person at one try, in which order, and how an answer is judged.

Lots are drawn by digests and kept nowhere: a page that is loaded again draws the same. A pool's questions
stand in an order of each person's own, and every try takes the next ones, round and round; so another try
asks others for as long as there are any, and nobody is asked one of them twice in one try.
"""

import hashlib
from dataclasses import dataclass

from cms.resolved import ResolvedBlock

ONE = ("single", "truefalse")


@dataclass(frozen=True)
class Question:
    """One question with its answers by id, in the order in which they were written."""

    id: str
    kind: str
    text: object
    answers: dict
    feedback: object
    is_mixed: bool = False

    @property
    def has_one_answer(self) -> bool:
        """Is just one answer chosen?"""
        return self.kind in ONE

    @property
    def is_ordering(self) -> bool:
        """Are the answers put in order? Then they are written in the right one."""
        return self.kind == "ordering"

    def chosen(self, choices) -> list[str]:
        """Those of ``choices`` that are answers of this question, in the order given."""
        return [id_ for id_ in choices if id_ in self.answers]

    def is_answered_by(self, choices) -> bool:
        """Do ``choices`` answer it: something of it, nothing twice, for an order all of it?"""
        chosen = self.chosen(choices)
        if not chosen or len(set(chosen)) != len(chosen):
            return False
        if self.has_one_answer:
            return len(chosen) == 1
        return not self.is_ordering or len(chosen) == len(self.answers)

    def score(self, choices) -> int:
        """The percentage of answers that were judged rightly: chosen or left alone, or put in their place."""
        chosen = self.chosen(choices)
        if self.is_ordering:
            hits = sum(given == right for given, right in zip(chosen, self.answers, strict=True))
        elif self.has_one_answer:
            return 100 if self.answers[chosen[0]]["correct"] else 0
        else:
            hits = sum((id_ in chosen) == bool(value["correct"]) for id_, value in self.answers.items())
        return 100 * hits // len(self.answers)

    def shown(self, *seed) -> list[str]:
        """Its answers as they stand on the page: as written, or mixed, for one ``seed`` always the same way.

        An order is always mixed, and never into the right one. True and false stay where they are.
        """
        written = list(self.answers)
        if not self.is_ordering and (not self.is_mixed or self.kind == "truefalse"):
            return written
        mixed = _by_lot(written, *seed)
        if self.is_ordering and mixed == written:
            return [*mixed[1:], mixed[0]]
        return mixed


def questions_of(block: ResolvedBlock) -> dict[str, Question]:
    """All questions that a check or a pool has, by id; a check is one of its own block's id."""
    value = block.value
    if block.type == "check":
        return {block.id: _question(block.id, value, bool(value.get("shuffle")))}
    children = value["questions"].bound_blocks
    return {
        str(child.id): _question(str(child.id), child.value, bool(value.get("shuffle"))) for child in children
    }


def asked_at(block: ResolvedBlock, *, enrollment_id: int, number: int) -> list[Question]:
    """What the person is asked at try ``number``."""
    questions = questions_of(block)
    if block.type == "check":
        return list(questions.values())
    drawn = draw(list(questions), block.value["draw"], f"{enrollment_id}:{block.id}", number)
    return [questions[id_] for id_ in drawn]


def draw(ids: list[str], count: int, seed: str, number: int) -> list[str]:
    """``count`` of ``ids`` (all, where there are fewer) for try ``number`` of whoever ``seed`` stands for.

    By a digest of each, so that a question that an editor adds or takes away moves no other past its
    neighbours.
    """
    in_turn = _by_lot(ids, seed)
    count = min(count, len(in_turn))
    start = (number - 1) * count
    return [in_turn[(start + step) % len(in_turn)] for step in range(count)]


def needed(block: ResolvedBlock, asked: int) -> int:
    """How many of the questions ``asked`` pass a pool."""
    return min(block.value["right"] or asked, asked)


def _question(id_, value, is_mixed) -> Question:
    answers = {str(child.id): child.value for child in value["answers"].bound_blocks}
    return Question(id_, value["kind"], value["question"], answers, value["feedback"], is_mixed)


def _by_lot(ids, *seed) -> list[str]:
    said = ":".join(str(part) for part in seed)
    return sorted(ids, key=lambda id_: hashlib.sha256(f"{said}:{id_}".encode()).digest())
