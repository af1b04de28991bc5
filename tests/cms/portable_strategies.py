"""Courses that nobody would write and the format must carry all the same, for hypothesis."""

import uuid

from hypothesis import strategies as st

from cms.portable.prose import BREAK, Item, List, Paragraph, Run, tidy, to_html

#: Letters, and every sign that means something to Markdown, YAML, HTML or the containers.
SIGNS = "abz ABZ09 é中—“” \u00a0 *_`[]<>&!#|~:;-+=.,()'\"\\/@%^?"
WORDS = [
    "foo",
    "bar baz",
    "# no",
    "- no",
    "1. no",
    "> no",
    ":::",
    "Table: no",
    "&lt;",
    "[x](y)",
    "---",
    "{building}",
]

words = st.one_of(
    st.text(SIGNS, min_size=1, max_size=12), st.sampled_from(WORDS), st.sampled_from(["a", "b", "c d"])
)
hrefs = st.sampled_from(
    ["https://example.org/a?b=c&d=(e)", "mailto:a@b.example", "page:x", "https://ex.org/a b"]
)


@st.composite
def runs(draw, breaks=True):
    """Styled text with at least one word in it."""
    text = st.one_of(words, st.just(BREAK)) if breaks else words
    drawn = draw(
        st.lists(
            st.builds(Run, text, st.booleans(), st.booleans(), st.one_of(st.none(), st.none(), hrefs)),
            min_size=1,
            max_size=4,
        )
    )
    return tidy([*drawn, Run("x")])


line = st.text(SIGNS, max_size=20).map(lambda text: " ".join(f"{text} x".split()))
items = st.recursive(
    st.builds(Item, runs()),
    lambda inner: st.builds(
        Item,
        runs(),
        st.lists(
            st.builds(List, st.booleans(), st.lists(inner, min_size=1, max_size=2).map(tuple)), max_size=2
        ).map(tuple),
    ),
    max_leaves=3,
)
lists = st.builds(List, st.booleans(), st.lists(items, min_size=1, max_size=3).map(tuple))
prose = st.lists(st.one_of(st.builds(Paragraph, runs()), lists), min_size=1, max_size=3).map(tuple)
rich = prose.map(to_html)
rich_line = runs().map(lambda drawn: to_html((Paragraph(drawn),)))

audiences = st.sampled_from([[], [], ["elementary"], ["elementary", "leaders"]])
ids = st.uuids().map(str)
anchors = st.one_of(st.just(""), st.uuids().map(lambda drawn: f"a-{drawn.hex[:12]}"))


def block(type_, **fields):
    """A block of one type with an id of its own, as an editor of Wagtail makes it."""
    fields = {"shown_to": audiences, **fields}
    return st.fixed_dictionaries({"type": st.just(type_), "value": st.fixed_dictionaries(fields), "id": ids})


def item(**fields):
    """An item of a list inside a block."""
    return st.fixed_dictionaries({"type": st.just("item"), "value": st.fixed_dictionaries(fields), "id": ids})


def image():
    """A picture: decoration when it has no words."""
    plain = block(
        "image",
        image=st.just("images/a.svg"),
        alt=st.one_of(st.just(""), line),
        caption=st.one_of(st.just(""), line),
    )
    return plain.map(lambda one: {**one, "value": {**one["value"], "decorative": not one["value"]["alt"]}})


@st.composite
def table(draw):
    """A table with as many cells in each row as it has columns."""
    width = draw(st.integers(1, 3))
    cell = st.one_of(st.just(""), rich_line)
    drawn = {
        "columns": [{"type": "text", "heading": draw(line)} for _ in range(width)],
        "rows": [{"values": [draw(cell) for _ in range(width)]} for _ in range(draw(st.integers(1, 2)))],
        "caption": "",
    }
    return draw(block("table", caption=line, table=st.just(drawn)))


def answer(correct):
    """An answer of a check or a pool's question."""
    return item(text=rich_line, correct=st.just(correct), feedback=st.one_of(st.just(""), rich))


def of_each_kind(make):
    """What ``make(kind, answers)`` makes of each kind of question, with answers that fit it."""
    return st.one_of(
        make("single", st.tuples(answer(False), answer(True)).map(list)),
        make("multiple", st.lists(answer(True), min_size=2, max_size=3)),
        make("ordering", st.lists(answer(False), min_size=2, max_size=3)),
    )


def check():
    """A check of each kind."""

    def of(kind, answers):
        return block(
            "check",
            anchor=anchors,
            kind=st.just(kind),
            attempts=st.integers(0, 20),
            pass_mark=st.integers(0, 100),
            required=st.booleans(),
            shuffle=st.booleans(),
            question=rich,
            answers=answers,
            feedback=st.one_of(st.just(""), rich),
        )

    return of_each_kind(of)


def pool():
    """A pool of two or three questions that draws two of them."""

    def of(kind, answers):
        return item(kind=st.just(kind), question=rich, answers=answers, feedback=st.one_of(st.just(""), rich))

    return block(
        "pool",
        anchor=anchors,
        title=line,
        draw=st.integers(1, 2),
        right=st.integers(0, 1),
        attempts=st.integers(0, 20),
        required=st.booleans(),
        shuffle=st.booleans(),
        questions=st.lists(of_each_kind(of), min_size=2, max_size=3),
    )


reading = st.one_of(
    block("text", body=rich),
    block("text", body=rich),
    block("heading", text=line),
    image(),
    block("quote", text=line, who=st.one_of(st.just(""), line)),
    table(),
    block("callout", title=line, tone=st.sampled_from(["note", "try", "caution"]), body=rich),
    block("accordion", anchor=anchors, items=st.lists(item(title=line, body=rich), min_size=1, max_size=2)),
    block(
        "resource",
        anchor=anchors,
        link=st.just("https://example.org/?a=b&c=d"),
        document=st.just(""),
        title=line,
        summary=line,
    ),
    block(
        "video",
        anchor=anchors,
        src=st.just("https://example.org/v"),
        file=st.just(""),
        captions=st.just(""),
        title=line,
        minutes=st.one_of(st.none(), st.integers(1, 240)),
        required=st.just(""),
        transcript=rich,
    ),
    block(
        "audio",
        anchor=anchors,
        file=st.just("documents/a.mp3"),
        captions=st.sampled_from(["", "documents/a.vtt"]),
        title=line,
        minutes=st.one_of(st.none(), st.integers(1, 240)),
        required=st.sampled_from(["", "watching"]),
        transcript=rich,
    ),
)
doing = st.one_of(
    block(
        "scenario",
        anchor=anchors,
        situation=rich,
        choices=st.lists(item(text=rich_line, feedback=rich, best=st.booleans()), min_size=2, max_size=3),
    ),
    check(),
    pool(),
    block(
        "reflection",
        anchor=anchors,
        minimum_words=st.integers(0, 1000),
        share=st.sampled_from(["private", "coach", "building"]),
        discussion=st.booleans(),
        required=st.booleans(),
        question=rich,
        guidance=st.one_of(st.just(""), rich),
        kind=st.sampled_from(["text", "scale"]),
        steps=st.integers(3, 7),
        low=line,
        high=line,
        starters=st.lists(line, max_size=3).map("\n".join),
        before=st.sampled_from(["", "an-earlier-one"]),
        quotes=st.sampled_from(["", "an-earlier-one"]),
    ),
    block("action", anchor=anchors, in_days=st.integers(1, 180), required=st.booleans(), what=rich_line),
)
passages = st.lists(st.one_of(reading, doing), max_size=3)
tailoring = st.one_of(
    block(
        "variants",
        anchor=anchors,
        options=st.lists(item(audiences=st.just(["elementary"]), blocks=passages), min_size=1, max_size=2),
        otherwise=passages,
    ),
    block("local", anchor=anchors, name=st.one_of(st.just(""), line), otherwise=passages),
)
bodies = st.lists(st.one_of(reading, doing, tailoring), max_size=4)
keys = st.integers(1, 5).map(lambda number: uuid.UUID(int=number))
