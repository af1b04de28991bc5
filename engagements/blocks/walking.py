"""Walking through a protocol's blocks."""

from collections.abc import Iterator


def every_step(phases) -> Iterator:
    """All steps of a protocol, in order."""
    for phase in phases:
        yield from steps_of(phase)


def steps_of(phase) -> Iterator:
    """The steps of a phase."""
    yield from phase.value.get("steps") or ()


def prompts_of(phase) -> Iterator:
    """The prompts of all its steps."""
    for step in steps_of(phase):
        yield from step.value.get("prompts") or ()


def names_in(phase) -> Iterator[str]:
    """The names that a phase, its steps and its prompts have, as often as they have them."""
    for part in (phase, *steps_of(phase), *prompts_of(phase)):
        if anchor := part.value.get("anchor"):
            yield anchor


def scales_in(phase, moment: str) -> Iterator:
    """Its scales of that moment."""
    for prompt in prompts_of(phase):
        if prompt.block_type == "scale" and prompt.value.get("moment") == moment:
            yield prompt
