"""Two people's changes made one: no word is lost, whoever comes first, and true overlaps are refused."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engagements.merging import Overlap, merge, merge_text

WORDS = st.sampled_from(["who", "is", "not", "heard", "here", "families", "ask", "we", "a", "\n\nThen"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30)
CELLS = st.dictionaries(st.sampled_from(["said", "count"]), st.sampled_from(["", "one", "two", "one two"]))
ROWS = st.dictionaries(st.sampled_from("abcdef"), CELLS, max_size=5).map(
    lambda rows: [{"id": id_, "cells": cells} for id_, cells in rows.items()]
)
TABLES = st.fixed_dictionaries({"rows": ROWS})
CHOICES = st.fixed_dictionaries({"chosen": st.lists(st.sampled_from("abcd"), unique=True)})
PROSE = frozenset({"text", "said"})


def outcome(function, *values, **how):
    """What comes out, or that it was refused."""
    try:
        return function(*values, **how)
    except Overlap:
        return Overlap


@given(TEXTS, TEXTS, TEXTS)
def test_it_makes_no_difference_whose_text_is_whose(base, mine, theirs):
    assert outcome(merge_text, base, mine, theirs) == outcome(merge_text, base, theirs, mine)


@given(TEXTS, TEXTS)
def test_a_change_alone_comes_out_as_it_was_made(base, mine):
    assert merge_text(base, mine, base) == mine
    assert merge_text(base, base, mine) == mine
    assert merge_text(base, mine, mine) == mine


@given(TEXTS, TEXTS, TEXTS)
@example("", "Hel", "Wor")
@example("we ask", "we ask families", "we ask who is here")
def test_no_word_that_either_wrote_is_lost(base, mine, theirs):
    merged = outcome(merge_text, base, mine, theirs)
    assume(merged is not Overlap)
    for written in (mine, theirs):
        for word in {*written.split()} - {*base.split()}:
            assert word in merged.split()


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_is_invented(base, mine, theirs):
    merged = outcome(merge_text, base, mine, theirs)
    assume(merged is not Overlap)
    assert {*merged.split()} <= {*base.split(), *mine.split(), *theirs.split()}


@given(TABLES | CHOICES, TABLES | CHOICES, TABLES | CHOICES)
def test_it_makes_no_difference_whose_table_is_whose(base, mine, theirs):
    assert outcome(merge, base, mine, theirs, prose=PROSE) == outcome(merge, base, theirs, mine, prose=PROSE)


@given(TABLES, TABLES, TABLES)
def test_no_row_that_either_added_or_changed_is_lost(base, mine, theirs):
    merged = outcome(merge, base, mine, theirs, prose=PROSE)
    assume(merged is not Overlap)
    before = {row["id"]: row for row in base["rows"]}
    ids = [row["id"] for row in merged["rows"]]
    assert len(ids) == len({*ids})
    for row in (*mine["rows"], *theirs["rows"]):
        if before.get(row["id"]) != row:
            assert row["id"] in ids


def test_two_who_write_in_different_places_are_both_kept():
    base = "Families were told in June. Nobody was asked."
    mine = "Families were told in late June. Nobody was asked."
    theirs = "Families were told in June. Nobody was asked before."
    assert merge_text(base, mine, theirs) == "Families were told in late June. Nobody was asked before."


def test_two_who_begin_on_an_empty_page_are_both_kept_apart():
    assert merge_text("", "Who is here?", "What do we know?") == "What do we know?\nWho is here?"


def test_who_goes_on_typing_beside_another_is_understood():
    assert merge_text("Hel", "Hello", "Hel\nWor") == "Hello\nWor"


def test_two_who_change_the_same_word_have_to_choose():
    with pytest.raises(Overlap):
        merge_text("We ask families.", "We hear families.", "We pay families.")


def test_taking_out_what_another_changes_is_an_overlap():
    with pytest.raises(Overlap):
        merge_text("One two three four", "One four", "One two dozen three four")


def test_two_who_fill_different_cells_of_a_row_are_both_kept():
    base = {"rows": [{"id": "a", "cells": {"said": "", "count": ""}}]}
    mine = {"rows": [{"id": "a", "cells": {"said": "Too early", "count": ""}}]}
    theirs = {"rows": [{"id": "a", "cells": {"said": "", "count": "12"}}]}
    merged = {"rows": [{"id": "a", "cells": {"said": "Too early", "count": "12"}}]}
    assert merge(base, mine, theirs, prose=PROSE) == merged


def test_two_numbers_in_one_cell_are_an_overlap():
    base = {"rows": [{"id": "a", "cells": {"count": ""}}]}
    mine = {"rows": [{"id": "a", "cells": {"count": "12"}}]}
    theirs = {"rows": [{"id": "a", "cells": {"count": "15"}}]}
    with pytest.raises(Overlap):
        merge(base, mine, theirs, prose=PROSE)


def test_a_row_that_one_takes_out_while_another_writes_in_it_stays():
    base = {"rows": [{"id": "a", "cells": {"said": ""}}]}
    theirs = {"rows": [{"id": "a", "cells": {"said": "Listen"}}]}
    assert merge(base, {"rows": []}, theirs, prose=PROSE) == theirs


def test_choices_of_several_are_joined():
    merged = merge({"chosen": ["a", "b"]}, {"chosen": ["b", "c"]}, {"chosen": ["a", "b", "d"]})
    assert merged == {"chosen": ["b", "c", "d"]}
