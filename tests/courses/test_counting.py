"""Words are counted in every script that people write in; the browser is held to the same table."""

import json
from pathlib import Path

import pytest

from courses.counting import count_words

CASES = json.loads((Path(__file__).parent / "word_counts.json").read_text())


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_text_has_so_many_words(text, words):
    assert count_words(text) == words
