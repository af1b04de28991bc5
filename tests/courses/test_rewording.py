"""What changed from one text to the next, in words."""

from hypothesis import given
from hypothesis import strategies as st

from courses.rewording import ADDED, LEFT_OUT, REMOVED, SAME, Piece, briefly, how_many, reworded

WORDS = st.lists(
    st.sampled_from(["we", "asked", "them,", "\n", " ", "我们", "ស្ត្រី", "كلمة", "**bold**"]), max_size=30
)
TEXTS = st.one_of(WORDS.map(" ".join), WORDS.map("".join), st.text(max_size=60))


@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost(earlier, later):
    pieces = reworded(earlier, later)
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == later
    kept = "".join(piece.text for piece in pieces if piece.kind != ADDED)
    assert "".join(kept.split()) == "".join(earlier.split())


@given(TEXTS)
def test_a_text_is_no_change_of_itself(text):
    assert {piece.kind for piece in reworded(text, text)} <= {SAME}


def test_a_word_that_goes_and_one_that_comes_stand_side_by_side():
    assert reworded("We asked two families.", "We asked three families.") == (
        Piece(SAME, "We asked "),
        Piece(REMOVED, "two "),
        Piece(ADDED, "three "),
        Piece(SAME, "families."),
    )


def test_what_is_written_on_is_all_that_is_new():
    pieces = reworded("We asked.", "We asked.\n\nThey said yes.")
    assert (how_many(pieces, ADDED), how_many(pieces, REMOVED)) == (3, 0)


def test_what_lies_far_from_a_change_is_left_out():
    long = " ".join(f"word{number}" for number in range(200))
    pieces = briefly(reworded(f"{long} end", f"{long} finish"))
    assert pieces[0].kind == LEFT_OUT
    assert "word199" in pieces[1].text
    assert "word100" not in pieces[1].text
    assert briefly(reworded("One two", "One three")) == reworded("One two", "One three")
