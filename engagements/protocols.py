"""A protocol as its readers ask it: a version's ``structure``, with types and questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

#: What every prompt has; all else is its kind's own.
COMMON = ("id", "kind", "label", "help", "required", "in_report", "report_heading")


class NotInProtocol(KeyError):
    """Raised when a version has no step or prompt of an id."""


def lines_of(text: str | None) -> list[str]:
    """What ``text`` names, one a line; lines that say nothing aside."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


@dataclass(frozen=True)
class Named:
    """An option that can be chosen."""

    id: str
    title: str


@dataclass(frozen=True)
class Column:
    """A column of a table; ``choices`` are its answers where its kind is *choice*.

    ``said`` are the same in the words of who reads in another language; a cell holds one of ``choices``.
    """

    id: str
    title: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each answer as it is stored, and as its reader reads it."""
        return list(zip(self.choices, self.said or self.choices, strict=True))

    def shown(self, cell: str) -> str:
        """What a stored ``cell`` says to its reader."""
        return dict(self.answers).get(cell, cell)


@dataclass(frozen=True)
class Prompt:
    """What a team is asked. ``own`` holds what only its kind has, such as ``minimum_words``."""

    id: str
    kind: str
    label: str
    help: str
    required: bool
    in_report: bool
    report_heading: str
    own: Mapping = field(default_factory=dict, hash=False)

    @property
    def heading(self) -> str:
        """What it is called in a report."""
        return self.report_heading or self.label

    @cached_property
    def options(self) -> tuple[Named, ...]:
        """What can be chosen or decided."""
        return tuple(Named(**option) for option in self.own.get("options", ()))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a table."""
        return tuple(
            Column(
                column["id"],
                column["title"],
                column["kind"],
                tuple(column.get("choices", ())),
                tuple(column.get("said", ())),
            )
            for column in self.own.get("columns", ())
        )

    @property
    def scale(self) -> range:
        """The numbers of a scale, from its low end."""
        return range(1, self.own.get("steps", 0) + 1)


@dataclass(frozen=True)
class Round:
    """A timed round of a meeting."""

    title: str
    minutes: int
    say: str


@dataclass(frozen=True)
class Preparation:
    """A course, or a module of one, to take before a step; ``module_key`` is ``None`` for a whole course."""

    course_key: str
    module_key: str | None
    title: str


@dataclass(frozen=True)
class Step:
    """One step. The texts are markup that was cleaned when the version was made."""

    id: str
    title: str
    minutes: int
    for_roles: tuple[str, ...]
    guidance: str
    example: str
    norms: str
    facilitation: str
    prepares: tuple[Preparation, ...]
    rounds: tuple[Round, ...]
    prompts: tuple[Prompt, ...]

    def is_for(self, role: str) -> bool:
        """Does somebody of this role (lead, member, guest, coach) work on it? Guests only where named."""
        return role in self.for_roles or (not self.for_roles and role != "guest")

    @property
    def has_voices(self) -> bool:
        """Are stakeholders' voices written down here?"""
        return any(prompt.kind == "voices" for prompt in self.prompts)

    @property
    def minutes_of_rounds(self) -> int:
        """How long its meeting takes by its rounds."""
        return sum(one.minutes for one in self.rounds)


@dataclass(frozen=True)
class Phase:
    """A stretch of the work."""

    id: str
    title: str
    purpose: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """How long its steps take together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Settings:
    """How the work goes on, beyond its steps."""

    confidential: bool = False
    private_notes: bool = False
    repeats: bool = False
    has_terms: bool = False
    constituencies: tuple[str, ...] = ()
    may_publish: bool = False
    must_have_voices: bool = False


@dataclass(frozen=True)
class ProtocolPlan:
    """A whole protocol, to be asked by id."""

    settings: Settings
    phases: tuple[Phase, ...]

    @classmethod
    def of(cls, structure: Mapping) -> "ProtocolPlan":
        """Read a version's ``structure``."""
        settings = dict(structure["settings"])
        settings["constituencies"] = tuple(settings.get("constituencies", ()))
        return cls(Settings(**settings), tuple(_phase(phase) for phase in structure["phases"]))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in order."""
        return tuple(prompt for step in self.steps for prompt in step.prompts)

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def hours(self) -> int:
        """The same in hours, rounded, as one speaks of a whole piece of work."""
        return max(1, round(self.minutes / 60))

    def step(self, id: str) -> Step:
        """The step of this id.

        Raises:
            NotInProtocol: there is none.
        """
        return self._found(self.steps, id)

    def prompt(self, id: str) -> Prompt:
        """The prompt of this id.

        Raises:
            NotInProtocol: there is none.
        """
        return self._found(self.prompts, id)

    def step_of(self, prompt_id: str) -> Step:
        """The step that asks a prompt.

        Raises:
            NotInProtocol: none does.
        """
        for step in self.steps:
            if any(prompt.id == str(prompt_id) for prompt in step.prompts):
                return step
        raise NotInProtocol(prompt_id)

    def phase_of(self, step: Step) -> Phase:
        """The phase that a step belongs to."""
        return next(phase for phase in self.phases if any(one.id == step.id for one in phase.steps))

    def neighbours(self, step: Step) -> tuple[Step | None, Step | None]:
        """The steps before and after it."""
        at = self.steps.index(step)
        before = self.steps[at - 1] if at else None
        return before, self.steps[at + 1] if at + 1 < len(self.steps) else None

    @staticmethod
    def _found(parts, id):
        for part in parts:
            if part.id == str(id):
                return part
        raise NotInProtocol(id)


def read_prompt(prompt: Mapping) -> Prompt:
    """One prompt as a structure holds it."""
    own = {name: value for name, value in prompt.items() if name not in COMMON}
    return Prompt(**{name: prompt[name] for name in COMMON}, own=MappingProxyType(own))


def _phase(phase: Mapping) -> Phase:
    return Phase(phase["id"], phase["title"], phase["purpose"], tuple(_step(step) for step in phase["steps"]))


def _step(step: Mapping) -> Step:
    return Step(
        **{
            name: step[name]
            for name in ("id", "title", "minutes", "guidance", "example", "norms", "facilitation")
        },
        for_roles=tuple(step["for_roles"]),
        prepares=tuple(Preparation(**one) for one in step["prepares"]),
        rounds=tuple(Round(**one) for one in step["rounds"]),
        prompts=tuple(read_prompt(prompt) for prompt in step["prompts"]),
    )
