"""Counting words, in scripts that put spaces between them and in scripts that don't.

``static/js/courses/counting.js`` counts the same while somebody types; ``tests/courses/word_counts.json``
holds both to one table.
"""

import math
import re

#: Han characters and kana: a word of Chinese or Japanese has two of them, more or less.
_SHORT = "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_SHORT += "\U00020000-\U000323af"
#: Thai, Lao, Burmese, Khmer: about four letters, not counting the signs above and below them.
_LONG = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED = _SHORT + _LONG

_SPACE = re.compile(r"[\s\u200b]+")
_RUN = re.compile(f"(?P<short>[{_SHORT}]+)|(?P<long>[{_LONG}]+)|[^{UNSPACED}]+")


def count_words(text: str) -> int:
    """How many words a text has, as a person would count them.

    A script without spaces is counted by its letters: not what a dictionary would find, but as much writing
    as the same number of words takes elsewhere, which is what a prompt asks for.
    """
    return sum(_count(run) for token in _SPACE.split(text) for run in _RUN.finditer(token))


def _count(run: re.Match) -> int:
    letters = sum(character.isalnum() for character in run.group())
    if run["short"]:
        return math.ceil(letters / 2)
    if run["long"]:
        return math.ceil(letters / 4)
    return min(letters, 1)
