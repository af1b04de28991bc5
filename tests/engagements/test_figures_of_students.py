"""Ways in which a row about one student could come in as a group's: each was tried, and each is refused."""

import pytest

from engagements import figures

IDS = ["10234", "10235", "10240", "10251"]


def codes(text: str, **how) -> set[str]:
    """Why a table is refused."""
    with pytest.raises(figures.Refused) as refused:
        figures.read(text, **how)
    return {reason.code for reason in refused.value.reasons}


def column(heading: str, values, others: str = "Students", other: str = "40") -> str:
    """A table of one column, beside a number of students that could be a group's."""
    return f"{heading}\t{others}\n" + "".join(f"{value}\t{other}\n" for value in values)


@pytest.mark.parametrize(
    "heading",
    [
        "Student",
        "stu_last_name",
        "StateStudentID",
        "LocalStudentId",
        "Perm ID",
        "Initials",
        "Legal-First-Name",
        "Student 1",
        "Code",
        "Alumna",
        "Fecha de nacimiento",
        "Username",
    ],
)
def test_headings_of_persons_as_systems_write_them(heading):
    assert "names-a-person" in codes(column(heading, ["x", "y"]))


@pytest.mark.parametrize(
    "values",
    [
        ["A1002003", "A1002004", "A1002009"],
        ["1,002,003", "1,002,004", "1,002,009", "All"],
        ["1002003.0", "1002004.0", "1002009.0"],
        ["100-200-3", "100-200-4", "100-200-9"],
        ["1002003", "1002003", "1002004", "1002004"],
        ["R1", "R2", "R3", "R4"],
        ["Student 14", "Student 15", "Student 16"],
        [f"Blue {number}" for number in range(1, 10)],
        ["K.M.", "L.G.", "A.L."],
        ["KM", "LG", "AL", "JG", "MO", "TS", "RV", "DW", "PN"],
        ["Kofi Mensah", "Lucía García", "An Le", "Jas Gill", "Rosa Vega", "Martin Osei"],
        ["Mensah, K.", "García López, Lucía", "Le, An"],
        ["4/12/2012", "5/1/2012", "7/30/2012", "9/9/2012", "1/2/2013", "3/3/2013"],
        ["1", "2", "3", "4"],
    ],
)
def test_values_of_persons_under_a_heading_that_says_nothing(values):
    assert "value-of-a-person" in codes(column("Reader", values))


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        (
            "Group",
            [
                "Pacific Islander",
                "Native Hawaiian",
                "Latino Boys",
                "Black Girls",
                "Asian Girls",
                "White Boys",
            ],
        ),
        ("Group", ["AI", "AS", "BL", "HI", "WH", "PI", "MU", "NH", "XX"]),
        ("Week", [str(number) for number in range(1, 10)]),
        ("Grade", ["6", "7", "8"]),
        ("Day", ["9/1/2026", "9/8/2026", "9/15/2026", "9/22/2026", "9/29/2026", "10/6/2026"]),
        ("Room", [f"Room {number}" for number in range(1, 12)]),
        ("Building", ["Cedar Grove", "Harbor View", "Mount Si", "Sunny Hill", "Lake Youngs", "Star Lake"]),
    ],
)
def test_names_of_groups_and_times_are_taken(heading, values):
    found = figures.read(column(heading, values))
    assert [row[0] for row in found.rows] == values
    assert found.columns[0].kind == "label"


@pytest.mark.parametrize("heading", ["Total", "Number of absences", "How many referrals", "Student"])
def test_points_and_tallies_of_a_student_are_no_number_of_students(heading):
    text = f"Reader,{heading},Reading\nfirst,830,410\nsecond,790,388\nthird,800,399\n"
    assert codes(text) & {"no-how-many", "names-a-person"}


def test_students_as_columns_are_seen_too():
    assert "no-headings" in codes(
        "Measure;Students;Mensah, Kofi;García, Lucía\nReading;28;410;388\nMath;28;4;3\n"
    )


def test_a_file_without_headings_never_shows_its_first_student_again():
    with pytest.raises(figures.Refused) as refused:
        figures.read("Mensah, Kofi;40\nGarcía, Lucía;41\nLe, An;42\nGill, Jas;44\n")
    assert "Mensah" not in str([reason.what for reason in refused.value.reasons])


@pytest.mark.parametrize(
    "cells", [["7 students", "40 students"], ["3 of 12", "9 of 30"], ["<5 *", "40 *"], ["10,5", "20,5"]]
)
def test_numbers_that_no_rule_can_weigh_are_refused(cells):
    first, second = cells
    assert codes(f"Group;Students;Referred\nA;200;{first}\nB;300;{second}") == {"mixed"}


def test_a_word_among_numbers_does_not_make_them_words():
    assert codes("Group,Students,Referred\nA,200,few\nB,300,4") == {"mixed"}
    assert figures.read("Group,Students,Referred\nA,200,*\nB,300,4\nC,90,-\nD,90,30").rows == [
        ["A", "200", None],
        ["B", "300", None],
        ["C", "90", "-"],
        ["D", "90", None],
    ]


def test_a_quoted_line_end_is_a_part_of_its_cell():
    found = figures.read('"Group\nof students",Students\n"Newly\narrived",40\n"Others",300')
    assert found.columns[0].title == "Group of students"
    assert found.rows[0] == ["Newly arrived", "40"]


def test_what_breaks_the_reader_of_files_is_refused_and_raises_nothing_else():
    assert codes('Group,Students\n"' + "x" * 200_000 + '",40') == {"uneven"}
    assert codes("PK\x03\x04\0\0Group,Students\nx,40") == {"not-text"}


def test_empty_cells_at_the_ends_of_rows_are_no_columns():
    assert figures.read("Group,Students,,\nA,40,,\nB,60\n").rows == [["A", "40"], ["B", "60"]]
