"""Timing: about how long what is left of a module takes.

The editor's minutes are the whole; what is left is a share of them (decision 0026). The share is by weight:
words to read, questions to answer, prompts to write to, films to watch.

Reading speeds are those of Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading
Performance: The New International Reading Speed Texts IReST" (IOVS 53:9, 2012), of adults who read aloud.
Where a language has no spaces between its words, letters are counted. Languages that they didn't measure
have a neighbour's speed: an estimate, and good enough for a share.
"""

import html
import json
import math
import re
from collections.abc import Callable
from functools import lru_cache

from cms.resolved import ResolvedBlock, ResolvedModule

#: Words a minute, by the language's code.
WORDS = {
    "ar": 138,
    "de": 179,
    "en": 228,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
    # Not measured there.
    "so": 166,
    "tl": 195,
    "uk": 184,
    "vi": 195,
}
#: Letters a minute, where words aren't set apart. Khmer, Lao, Thai and Burmese weren't measured.
LETTERS = {"zh": 255, "ja": 357, "km": 600, "lo": 600, "th": 600, "my": 600}
#: Of a language that nobody here has a number for.
OTHER = 180

WRITTEN_A_MINUTE = 20  # words of one's own
#: Seconds to think before one writes, chooses or looks, by the kind of block.
THINKING = {"reflection": 60, "check": 30, "pool": 20, "action": 60, "scenario": 45, "image": 10}

#: What a block holds that nobody reads through: settings, addresses, what is said after an answer.
_UNREAD = frozenset(
    {"id", "type", "anchor", "kind", "tone", "share", "src", "link", "shown_to", "audiences", "feedback"}
    | {"required", "transcript", "alt"}
)
_TAG = re.compile(r"<[^>]*>")


def minutes_left(minutes: int, share: float) -> int:
    """A share of a module's minutes as whole ones; never none while something is left."""
    return max(1, math.ceil(minutes * share))


def share_left(resolved: ResolvedModule, language: str, is_behind: Callable[[ResolvedBlock], bool]) -> float:
    """How much of a module is left, from 0 to 1; ``is_behind`` says which blocks its reader is done with."""
    weights = [(block, seconds_of(block, language)) for block in resolved.blocks]
    whole = sum(seconds for _block, seconds in weights)
    if not whole:
        return 1.0
    return sum(seconds for block, seconds in weights if not is_behind(block)) / whole


def seconds_of(block: ResolvedBlock, language: str) -> float:
    """About how long one block takes."""
    held = json.dumps(block.bound.block.get_prep_value(block.value), sort_keys=True, default=str)
    return _seconds(block.type, held, language)


def reading_seconds(text: str, language: str) -> float:
    """About how long ``text`` takes to read in its language."""
    code = language.lower().partition("-")[0]
    if code in LETTERS:
        return 60 * len(re.sub(r"\s", "", text)) / LETTERS[code]
    return 60 * len(text.split()) / WORDS.get(code, OTHER)


@lru_cache(maxsize=4_000)
def _seconds(kind: str, held: str, language: str) -> float:
    value = json.loads(held)
    reading = reading_seconds(" ".join(_read_in(value)), language)
    if kind == "pool":
        drawn = min(1, (value.get("draw") or 1) / max(1, len(value.get("questions") or ())))
        return reading * drawn + THINKING["pool"] * (value.get("draw") or 1)
    writing = 60 * (value.get("minimum_words") or 0) / WRITTEN_A_MINUTE
    playing = 60 * (value.get("minutes") or 0)
    return reading + writing + playing + THINKING.get(kind, 0)


def _read_in(value):
    """The words of a stored block that are read."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _UNREAD:
                yield from _read_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _read_in(inner)
    elif isinstance(value, str):
        yield html.unescape(_TAG.sub(" ", value))
