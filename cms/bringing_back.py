"""Bringing back: a prompt may name an earlier prompt of its course, and bring back what was written there.

It does so in two ways: ``before`` names the same question asked earlier (a pair), ``quotes`` a prompt whose
answer it shows. Both name it by its anchor, which never changes once published, while a page may move and get
another slug (decision 0020). Blocks are taken in their stored form, so files and pages are judged alike and
no block need be built.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

WAYS = ("before", "quotes")


@dataclass(frozen=True)
class Prompt:
    """A reflection prompt and where it stands; ``place`` is the module as its author calls it."""

    place: str
    block_id: str
    value: dict

    @property
    def anchor(self) -> str:
        """Its name; empty when it has none."""
        return self.value.get("anchor") or ""

    @property
    def form(self) -> tuple:
        """How it is answered: a pair must be answered in one way."""
        kind = self.value.get("kind") or "text"
        return (kind, self.value.get("steps") or 5) if kind == "scale" else (kind,)

    @property
    def named(self) -> Iterator[tuple[str, str]]:
        """The earlier prompts that it names, as pairs of the field and the name."""
        for way in WAYS:
            if name := self.value.get(way):
                yield way, name


@dataclass(frozen=True)
class Mistake:
    """A name that brings nothing back: which prompt has it, in which field, and what to do about it."""

    prompt: Prompt
    way: str
    words: str


def stored_blocks(stored: Iterable) -> Iterator[dict]:
    """Each block of a stored stream in order, those inside variants and places included."""
    for block in stored or ():
        value = block["value"]
        yield block
        if block["type"] == "variants":
            for option in value.get("options") or ():
                # A list's item as it is kept now, or as it was kept by older pages.
                yield from stored_blocks((option.get("value") or option).get("blocks"))
        if block["type"] in ("variants", "local"):
            yield from stored_blocks(value.get("otherwise"))


def prompts_in(stored: Iterable, place: str) -> list[Prompt]:
    """The reflection prompts of a stored stream."""
    return [
        Prompt(place, str(block.get("id") or ""), block["value"])
        for block in stored_blocks(stored)
        if block["type"] == "reflection"
    ]


def mistakes_in(prompts: list[Prompt], others: Iterable[Prompt] = ()) -> Iterator[Mistake]:
    """What is wrong with the names that ``prompts`` give, which stand in the order of the course.

    ``others`` may be named by each of them, wherever they stand: for an edition, the course's own.
    """
    before = list(others)
    count = Counter(prompt.anchor for prompt in (*before, *prompts))
    later = {prompt.anchor for prompt in prompts} - {""}
    for prompt in prompts:
        earlier = {one.anchor: one for one in before if one.anchor}
        for way, name in prompt.named:
            words = _why_not(prompt, way, name, earlier, later)
            if not words and count[name] > 1:
                words = _(
                    "Two prompts of this course have the name “%(name)s”: give one of them another."
                ) % {"name": name}
            if words:
                yield Mistake(prompt, way, words)
        before.append(prompt)


def _why_not(prompt, way, name, earlier, later) -> str:
    found = earlier.get(name)
    if found is None:
        if name in later:
            return _("“%(name)s” isn't asked before this prompt, so there is nothing to bring back.") % {
                "name": name
            }
        known = ", ".join(sorted(earlier)) or _("none with a name")
        return _("No earlier prompt of this course has the name “%(name)s”. There are: %(known)s.") % {
            "name": name,
            "known": known,
        }
    if way == "before" and found.form != prompt.form:
        return _(
            "“%(name)s” is answered in another way. A pair is two prompts in words, or two scales of as many "
            "steps."
        ) % {"name": name}
    return ""
