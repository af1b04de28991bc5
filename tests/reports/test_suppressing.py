"""Whoever sees totals only can't read, or work out, a figure that rests on fewer than ten people."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.suppressing import LEAST, hidden, may_compare, may_show

parts = st.dictionaries(st.integers(0, 40), st.integers(0, 60), max_size=12)


@given(parts)
@example({1: 3, 2: 50})
@example({1: 3, 2: 4, 3: 50})
@example({1: 9})
@example({1: 0, 2: 9, 3: 10})
def test_no_hidden_figure_can_be_worked_out_from_the_total(people):
    kept_back = hidden(people)
    shown = {part: count for part, count in people.items() if part not in kept_back}
    assert all(count == 0 or count >= LEAST for count in shown.values())
    total = sum(people.values())
    if kept_back and may_show(total):
        # All that the total adds: how many the hidden parts are together.
        together = total - sum(shown.values())
        assert len(kept_back) >= 2
        assert together >= LEAST


@given(parts)
def test_nothing_is_hidden_that_nobody_needs_hidden(people):
    if all(count == 0 or count >= LEAST for count in people.values()):
        assert not hidden(people)


@given(parts)
def test_each_hidden_figure_could_have_been_another(people):
    """For every hidden part there is another count for it that gives all the same figures."""
    kept_back = hidden(people)
    if not may_show(sum(people.values())):
        return
    for part in kept_back:
        others = kept_back - {part}
        assert any(people[other] + people[part] > 1 for other in others)


@pytest.mark.parametrize(
    ("others", "buildings", "may"), [(9, 5, False), (10, 1, False), (10, 2, True), (0, 0, False)]
)
def test_a_building_is_compared_only_with_enough_others(others, buildings, may):
    assert may_compare(others=others, other_buildings=buildings) is may
