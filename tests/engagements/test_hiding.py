"""Hiding: small numbers, and all from which they could be worked out, in one table or in two."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements import figures


def shown(text: str, **how) -> list[list[str | None]]:
    """The rows of a table as a team would see them, without their labels."""
    return [row[1:] for row in figures.read(text, **how).rows]


def stored(text: str, **how) -> dict:
    """A table as an answer holds it."""
    found = figures.read(text, **how)
    columns = [{"title": column.title, "kind": column.kind} for column in found.columns]
    return {"columns": columns, "rows": found.rows}


def test_what_a_whole_less_a_count_leaves_is_a_small_number_too():
    assert shown("Group,Students,Passed\nA,12,11\nB,40,20\nC,50,25") == [
        ["12", None],
        ["40", None],
        ["50", "25"],
    ]


def test_columns_that_add_up_keep_two_hidden():
    first, *_ = shown("Group,Students,Passed,Failed,Absent\nA,60,40,5,15\nB,90,30,40,20")
    assert first == ["60", "40", None, None]


def test_a_share_that_gives_a_small_count_is_hidden():
    assert shown("Group,Students,Percent\nA,20,10\nB,100,50\nC,80,25")[0] == ["20", None]
    assert shown("Group,Students,Rate\nA,20,0.95\nB,100,0.5\nC,80,0.25")[0] == ["20", None]


def test_shares_of_one_whole_keep_two_hidden():
    rows = shown("Group,Students,% yes,% no,% unsure\nA,100,60,5,35\nB,100,30,50,20\nC,200,30,50,20")
    assert rows[0] == ["100", "60", None, None]


def test_two_hidden_ones_that_are_two_students_together_are_three():
    assert [row[0] for row in shown("Group,Students\nA,1\nB,1\nC,40\nD,90\nAll,132")] == [
        None,
        None,
        None,
        "90",
        "132",
    ]


def test_each_partition_of_the_whole_keeps_two_hidden():
    rows = shown("Kind,Group,Students\nGender,F,100\nGender,M,7\nRace,A,12\nRace,B,95\nAll,All,107")
    assert [row[1] for row in rows] == [None, None, "12", "95", "107"]


@pytest.mark.parametrize("total", ["Grand total", "Both together"])
def test_a_total_is_found_by_what_it_adds_up_to_whatever_it_is_called(total):
    rows = shown(f"Group,Students\nF,100\nM,7\n{total},107\nA,12\nB,45\nC,50")
    assert [row[0] for row in rows][:3] == [None, None, "107"]


def test_another_table_of_the_same_numbers_does_not_tell_what_one_hid():
    first = "Group,Students\nA,200\nB,7\nC,90\nAll,297"
    assert [row[0] for row in shown(first)] == ["200", None, None, "297"]
    second = "Group,Students\nA,200\nB,7\nC,90\nD,20"
    assert [row[0] for row in shown(second)] == ["200", None, "90", None]
    assert [row[0] for row in shown(second, earlier=[stored(first)])] == ["200", None, None, "20"]


def test_a_table_is_refused_where_an_earlier_one_showed_all_that_could_hide_a_number():
    earlier = stored("Group,Students\nA,200\nC,90")
    with pytest.raises(figures.Refused) as refused:
        figures.read("Group,Students\nA,200\nB,7\nC,90", earlier=[earlier])
    assert [reason.code for reason in refused.value.reasons] == ["gives-away"]


def test_other_numbers_under_the_same_names_are_a_table_of_their_own():
    fall = stored("Group,Students\nA,200\nB,7\nC,90\nAll,297")
    assert shown("Group,Students\nA,210\nB,12\nC,95\nAll,317", earlier=[fall]) == [
        ["210"],
        ["12"],
        ["95"],
        ["317"],
    ]


def test_a_row_of_all_others_is_a_group_and_no_total():
    assert shown("Group,Students\nNewcomers,6\nAll others,300") == [[None], [None]]


sizes = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=2, max_size=7)


@given(sizes)
def test_no_sum_of_a_table_has_one_hidden_part_or_a_small_hidden_rest(pairs):
    rows = [[f"Group of {place} years", many + some, some] for place, (many, some) in enumerate(pairs)]
    rows = [[*row, row[1] - row[2]] for row in rows]
    rows.append(["All", *(sum(row[place] for row in rows) for place in (1, 2, 3))])
    table = io.StringIO()
    csv.writer(table).writerows([["Group", "Students", "Passed", "Failed"], *rows])
    try:
        found = figures.read(table.getvalue()).rows
    except figures.Refused as refused:
        assert [reason.code for reason in refused.reasons] == ["one-each"]
        return
    true = [[int(cell) for cell in row[1:]] for row in rows]
    seen = [row[1:] for row in found]
    down = [[(at, place) for at in range(len(rows))] for place in range(3)]
    across = [[(at, 0), (at, 1), (at, 2)] for at in range(len(rows))]
    for *parts, total in [*down, *([two, three, one] for one, two, three in across)]:
        hidden = [true[at][place] for at, place in parts if seen[at][place] is None]
        if hidden and seen[total[0]][total[1]] is not None:
            assert len(hidden) > 1
            assert sum(hidden) >= figures.FLOOR
    assert all(cell is None or not 0 < int(cell) < figures.FLOOR for row in seen for cell in row)
