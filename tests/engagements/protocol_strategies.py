"""Protocols that nobody would write and the format must carry all the same, for hypothesis."""

import uuid

from hypothesis import strategies as st

from engagements.models import Protocol
from engagements.portable.grammar import ProtocolFile
from tests.cms import portable_strategies as course


def maybe(strategy):
    """It, or nothing."""
    return st.one_of(st.just(""), strategy)


#: Words in one line; braces at the end are where the format keeps its own.
line = st.one_of(
    course.line,
    st.sampled_from(["x {a b}", "{}", "x {#no}", "- x", "# x #", "1. x", "x *", ":::text", "> x"]),
)
rich = course.rich.map(lambda html: html.replace("page:x", "tel:1").replace("{building}", "building"))
ids = course.ids
anchors = course.anchors


def block(type_, **fields):
    """A block with an id of its own, as an editor of Wagtail makes it."""
    fields = {"anchor": anchors, **fields}
    return st.fixed_dictionaries({"type": st.just(type_), "value": st.fixed_dictionaries(fields), "id": ids})


def items(value, least=0):
    """The items of a list, each with an id."""
    one = st.fixed_dictionaries({"type": st.just("item"), "value": value, "id": ids})
    return st.lists(one, min_size=least, max_size=3)


def prompt(kind, **own):
    """A prompt of a kind."""
    common = {
        "label": line,
        "help": maybe(rich),
        "required": st.booleans(),
        "in_report": st.booleans(),
        "report_heading": maybe(line),
    }
    return block(kind, **own, **common)


options = items(st.fixed_dictionaries({"anchor": anchors, "title": line}), least=2)
plain_column = st.fixed_dictionaries(
    {
        "anchor": anchors,
        "title": line,
        "kind": st.sampled_from(["text", "number", "date"]),
        "choices": st.just(""),
    }
)
choice_column = st.fixed_dictionaries(
    {
        "anchor": anchors,
        "title": line,
        "kind": st.just("choice"),
        "choices": st.lists(line, min_size=2, max_size=3).map("\n".join),
    }
)
prompts = st.one_of(
    prompt("text", minimum_words=st.integers(0, 1000)),
    prompt("table", columns=items(st.one_of(plain_column, choice_column), least=1)),
    prompt("voices", least=st.integers(1, 50)),
    prompt(
        "scale",
        low=line,
        high=line,
        steps=st.integers(2, 10),
        moment=st.sampled_from(["", "early"]),
        pair=st.just(""),
    ),
    prompt("choice", options=options, several=st.booleans()),
    prompt("data", chart=st.sampled_from(["bar", "line", "none"]), suppress_below=st.integers(10, 100)),
    prompt("file"),
    prompt(
        "decision", options=options, reasons=st.booleans(), conditions=st.booleans(), review_on=st.booleans()
    ),
    prompt("agreement"),
    prompt("actions"),
)
rounds = items(st.fixed_dictionaries({"title": line, "minutes": st.integers(1, 120), "say": maybe(line)}))
roles = st.sampled_from([[], ["guest"], ["lead", "coach"], ["member"]])
steps = block(
    "step",
    title=line,
    minutes=st.integers(5, 600),
    for_roles=roles,
    guidance=rich,
    example=maybe(rich),
    norms=maybe(rich),
    facilitation=maybe(rich),
    prepares=items(st.sampled_from(["a-course", "a-course/a-module"])),
    rounds=rounds,
    prompts=st.lists(prompts, max_size=3),
)
phases = st.lists(
    block("phase", title=line, purpose=maybe(line), steps=st.lists(steps, min_size=1, max_size=2)),
    min_size=1,
    max_size=2,
)


@st.composite
def protocol_files(draw):
    """A whole protocol."""
    settings = {name: draw(st.booleans()) for name in Protocol.SETTINGS} | {"must_have_voices": False}
    spoken_for = (
        ["Students", "Families: all of them"] if settings["has_terms"] and draw(st.booleans()) else []
    )
    return ProtocolFile(
        slug="a-protocol",
        key=draw(st.uuids()) or uuid.uuid4(),
        language=draw(st.sampled_from(["en", "es"])),
        title=draw(line),
        summary=draw(maybe(line)),
        service=draw(st.sampled_from(["data-coaching", "racial-equity-tool"])),
        settings=settings,
        constituencies=spoken_for,
        phases=draw(phases),
    )
