"""Figures of groups are taken, students never; and no small number can be read or worked out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements import figures


def codes(text: str, **how) -> set[str]:
    """Why a table is refused."""
    with pytest.raises(figures.Refused) as refused:
        figures.read(text, **how)
    return {reason.code for reason in refused.value.reasons}


GROUPS = "Group,Students,In honors,Percent\nMultilingual,120,18,15\nOthers,300,90,30\nAll,420,108,25.7\n"


def test_a_table_of_groups_is_taken_as_it_is():
    found = figures.read(GROUPS)
    assert [column.kind for column in found.columns] == ["label", "many", "count", "measure"]
    assert found.rows[0] == ["Multilingual", "120", "18", "15"]
    assert found.hidden == 0


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_it_is_read_however_its_cells_are_set_apart(delimiter):
    assert figures.read("\ufeff" + GROUPS.replace(",", delimiter)).rows == figures.read(GROUPS).rows


@pytest.mark.parametrize(
    "heading",
    [
        "Student name",
        "First Name",
        "Last name",
        "name",
        "SSID",
        "student_id",
        "ID",
        "Birthdate",
        "Email",
        "Apellido",
    ],
)
def test_a_heading_that_names_a_person_is_refused(heading):
    assert "names-a-person" in codes(f"{heading},Students\nx,20\ny,30")


@pytest.mark.parametrize("heading", ["School name", "Building", "Grade", "Student group", "Program name"])
def test_a_heading_that_names_a_group_is_not(heading):
    assert figures.read(f"{heading},Students\nx,20\ny,30").hidden == 0


@pytest.mark.parametrize(
    "values",
    [
        ["García, Lucía", "Le, An", "Osei, Martin", "Gill, Jas"],
        ["a@b.example", "x", "y", "z"],
        ["1002003", "1002004", "1002009", "1002011"],
    ],
)
def test_values_of_persons_are_refused_whatever_stands_above_them(values):
    table = io.StringIO()
    csv.writer(table).writerows([["Group", "Students"], *([value, 40] for value in values)])
    assert "value-of-a-person" in codes(table.getvalue())


def test_rows_that_do_not_say_for_how_many_they_stand_are_refused():
    assert codes("Reader,Score\nFirst,410\nSecond,388") == {"no-how-many"}


def test_a_row_for_each_student_is_refused_though_it_counts_them():
    readers = "".join(f"Reader {letter},1,{400 + n}\n" for n, letter in enumerate("abcdefgh"))
    assert codes(f"Reader,Students,Score\n{readers}") == {"one-each"}


def test_who_pastes_says_which_column_counts_when_its_heading_does_not():
    text = "Group,Those asked,Percent\nA,40,12\nB,60,20"
    assert codes(text) == {"no-how-many"}
    assert figures.read(text, how_many="Those asked").columns[1].kind == "many"
    assert codes(text, how_many="Percent") == {"not-whole"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("Group,Students", "empty"), ("A\nb\nc", "uneven"), ("Group,Students\nx,2,3", "uneven")],
)
def test_what_is_no_table_is_refused(text, code):
    assert codes(text) == {code}


def test_a_table_that_is_too_long_for_a_table_of_groups_is_refused():
    assert codes("Group,Students\n" + "x,20\n" * 201) == {"too-big"}


def test_a_small_group_shows_no_number_at_all():
    found = figures.read("Group,Students,Referred,Percent\nA,200,40,20\nB,7,3,43\nC,90,30,33\nD,80,20,25")
    assert found.rows[1] == ["B", None, None, None]


def test_a_single_hidden_number_takes_the_next_smallest_with_it():
    found = figures.read("Group,Students\nA,200\nB,7\nC,90\nAll,297")
    assert [row[1] for row in found.rows] == ["200", None, None, "297"]


def test_a_total_of_one_group_hides_with_it():
    assert [row[1] for row in figures.read("Group,Students\nA,7\nAll,7\n").rows] == [None, None]
    assert [row[1] for row in figures.read("Group,Students\nA,7\nTotal,12\n").rows] == [None, None]


def test_a_share_of_what_is_hidden_is_hidden():
    found = figures.read("Group,Students,Suspended,Percent\nA,200,4,2\nB,300,40,13\nC,100,12,12")
    assert found.rows[0] == ["A", "200", None, None]


def test_nought_is_no_small_number():
    assert figures.read("Group,Students,Referred\nA,200,0\nB,300,40").rows[0][2] == "0"


@given(st.lists(st.tuples(st.integers(2, 400), st.integers(0, 400)), min_size=1, max_size=12))
def test_no_count_below_the_floor_can_be_read_or_worked_out(pairs):
    rows = [[f"Group {place}", many, min(many, some)] for place, (many, some) in enumerate(pairs)]
    rows.append(["All", sum(row[1] for row in rows), sum(row[2] for row in rows)])
    table = io.StringIO()
    csv.writer(table).writerows([["Group", "Students", "Referred"], *rows])
    found = figures.read(table.getvalue())
    for place in (1, 2):
        cells = [row[place] for row in found.rows[:-1]]
        assert not any(cell is not None and 0 < int(cell) < figures.FLOOR for cell in cells)
        # With the total, one hidden cell alone would be the difference.
        assert sum(cell is None for cell in cells) != 1 or found.rows[-1][place] is None
