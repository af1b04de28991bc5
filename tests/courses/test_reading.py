"""What a person typed, as it is read: safe whatever it holds, and no word of it lost."""

from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from courses.reading import plain, to_markup, to_tree

#: What breaks readers of Markdown: its marks, and what looks like markup, many times and in any order.
PIECES = st.sampled_from(
    ["*", "**", "_", "- ", "1. ", "12) ", "[", "](", "](http://a.b)", ")", "\n", "\n\n", "\r\n", "    ", "\t"]
    + [
        "<script>",
        "<img src=x onerror=alert(1)>",
        '"',
        "'",
        "&lt;",
        "&",
        "\\",
        "`",
        "---\n",
        "* * *",
        "# ",
        "> ",
    ]
    + ["javascript:alert(1)", "https://x.org/?a=1&b=2", "mailto:a@b.c", "www.x.org", "data:text/html,x"]
    + ["word", "palabra", "كلمة", "词语", "ពាក្យ", "\x00", "\u202e", "\u200b", "🙂"]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
TAGS = {"p", "br", "hr", "strong", "em", "ul", "ol", "li", "a"}


class Seen(HTMLParser):
    """The tags and attributes of some markup."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, *pair) for pair in attrs]


@given(TEXTS)
@example("[x](javascript:alert(1))")
@example('[x](http://a.b" onclick="alert(1))')
def test_it_is_never_more_than_paragraphs_lists_emphasis_and_links(text):
    seen = Seen(to_markup(text))
    assert seen.tags <= TAGS
    for tag, name, value in seen.attributes:
        match name:
            case "href":
                assert value.lower().startswith(("http://", "https://", "mailto:"))
            case "rel":
                assert value == "noopener noreferrer"
            case "value":
                assert tag == "li"
                assert value.isdecimal()
            case _:
                assert (name, value) == ("dir", "auto")


@given(st.lists(PIECES, max_size=40).map("".join))
@example("- " * 60 + "word")
@example("[](https://x.org/palabra)")
def test_no_word_is_lost(text):
    """Letters and digits stand in the words, in a link's address or as an item's number, in their order."""
    soup = BeautifulSoup(to_markup(text), "html.parser")
    kept = soup.get_text() + "".join(str(tag.attrs) for tag in soup.find_all(True))
    for word in ("word", "palabra", "كلمة", "词语", "ពាក្យ", "alert", "script", "12"):
        assert kept.count(word) >= text.count(word)


@given(
    st.lists(st.sampled_from(["Some words", "and more,", "a-b", "2 * 3 * 4", "snake_case", "#3", "C:\\x"]))
)
def test_lines_without_marks_stand_as_they_were_typed(lines):
    soup = BeautifulSoup(to_markup("\n".join(lines)), "html.parser")
    for line_end in soup.find_all("br"):
        line_end.replace_with("\n")
    assert soup.get_text() == "\n".join(lines)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
        ("**Bold** and *soft*", "<p><strong>Bold</strong> and <em>soft</em></p>"),
        ("Mine:\n- a\n- b\nSo I will", "<p>Mine:</p><ul><li>a</li><li>b</li></ul><p>So I will</p>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("3. a\n7. b", '<ol><li value="3">a</li><li value="7">b</li></ol>'),
        ("I came in\n1986. It rained\nhard", "<p>I came in<br>1986. It rained<br>hard</p>"),
        ("¯\\_(ツ)_/¯ ______", "<p>¯\\_(ツ)_/¯ ______</p>"),
        ("# No head\n> no quote\n`no code`", "<p># No head<br>&gt; no quote<br>`no code`</p>"),
        ("above\n---\nbelow", "<p>above</p><hr><p>below</p>"),
        ("[a]() [b](ftp://x.org) [c](/here)", "<p>[a]() [b](ftp://x.org) [c](/here)</p>"),
    ],
)
def test_it_reads_as_somebody_without_markdown_means_it(typed, read):
    assert to_markup(typed).replace(' dir="auto"', "") == read


@pytest.mark.parametrize(
    ("typed", "address", "shown"),
    [
        ("[us](https://x.org/a_b)", "https://x.org/a_b", "us"),
        ("See https://x.org/a, please", "https://x.org/a", "https://x.org/a"),
        ("[](https://x.org)", "https://x.org", "https://x.org"),
        ("[us](www.x.org)", "https://www.x.org", "us"),
        ("[write](mailto:a@b.org)", "mailto:a@b.org", "write"),
    ],
)
def test_a_link_leads_where_it_says(typed, address, shown):
    link = BeautifulSoup(to_markup(typed), "html.parser").a
    assert (link["href"], link.get_text(), link["rel"]) == (address, shown, ["noopener", "noreferrer"])


def test_every_block_has_the_direction_of_its_own_words():
    tree = to_tree("سألت ثلاث عائلات.\n\nWe asked.\n\n- واحد\n- two")
    assert [node["dir"] for node in tree] == ["rtl", "ltr", "rtl"]
    assert to_markup("مرحبا").startswith('<p dir="auto">')
    assert plain(tree).startswith("سألت")
