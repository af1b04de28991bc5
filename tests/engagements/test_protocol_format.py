"""Protocols travel as Markdown: out and in without loss, and a mistake is told with its line."""

import copy
import uuid

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as tried

from cms.portable.mistakes import CannotImport
from engagements.portable import reading, writing
from tests.engagements.protocol_strategies import protocol_files

FRONT = b"""---
id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
title: Looking together
service: racial-equity-tool
---

"""
OPENED = "# Look {#look}\n\n## What is there? {#what minutes=30}\n\n"


def without_places(phases):
    """What must come back: ids of rounds and of what prepares follow from their place and carry nothing."""
    phases = copy.deepcopy(phases)
    for phase in phases:
        for step in phase["value"]["steps"]:
            for name in ("rounds", "prepares"):
                step["value"][name] = [item["value"] for item in step["value"][name]]
    return phases


@given(protocol_files())
@tried(max_examples=60)
def test_what_goes_out_comes_in_the_same(file):
    text = writing.write(file)
    back = reading.read(file.name, text.encode())
    assert without_places(back.phases) == without_places(file.phases)
    assert {**vars(back), "phases": 0, "lines": 0} == {**vars(file), "phases": 0, "lines": 0}
    assert writing.write(back) == text


def read(body, front=FRONT, name="looking-together.md"):
    return reading.read(name, front + body.encode())


def test_the_same_names_give_the_same_ids_in_every_language():
    body = OPENED + ":::choice {#which}\nWhich?\n\n- {}\n- No {{#no}}\n:::\n"
    english = read(body.replace("{}", "Yes {#yes}").replace("{{", "{").replace("}}", "}"))
    spanish = read(
        body.replace("{}", "Sí {#yes}").replace("{{", "{").replace("}}", "}"),
        FRONT.replace(b"title", b"language: es\ntitle"),
        "looking-together.es.md",
    )
    one, other = (file.phases[0]["value"]["steps"][0] for file in (english, spanish))
    assert one["id"] == other["id"]
    one, other = (step["value"]["prompts"][0] for step in (one, other))
    assert one["id"] == other["id"]
    assert one["value"]["options"][0]["id"] == other["value"]["options"][0]["id"]
    assert uuid.UUID(one["id"])


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("Words.\n", 7, "A protocol begins with a phase"),
        ("# Look {#look}\n", 7, "A phase needs a step"),
        ("# Look {#look}\n\n## What?\n\nWords.\n", 9, "A step needs a name that never changes"),
        ("# Look {#look}\n\n## What? {#what}\n\nWords.\n", 9, "How long does this step take?"),
        (
            "# Look {#look}\n\n## What? {#what minutes=3}\n\nWords.\n",
            9,
            "minutes: Ensure this value is greater",
        ),
        (OPENED, 9, "This step neither says nor asks anything"),
        (OPENED + ":::txt {#a}\nWhy?\n:::\n", 11, "There is no :::txt; there are prepare, example,"),
        (OPENED + ":::text\nWhy?\n:::\n", 11, "A text needs a name that never changes"),
        (OPENED + ":::text {#what}\nWhy?\n:::\n", 11, "#what is the name of what stands in line 9."),
        (OPENED + ":::text {#a colour=red}\nWhy?\n:::\n", 11, "has no attribute “colour”; it takes: words,"),
        (OPENED + ":::text {#a}\n:::\n", 11, "begins with what is asked"),
        (OPENED + ":::text {#a}\nWhy?\n\n- One\n:::\n", 14, "stands only one ::::help"),
        (OPENED + ":::choice {#a}\nWhich?\n\n- One {#one}\n:::\n", 11, "has 2 to 12 options"),
        (OPENED + ":::choice {#a}\nWhich?\n\n- One\n- Two {#two}\n:::\n", 14, "This line needs a name"),
        (
            OPENED + ":::table {#a}\nWho?\n\n- Who {#who kind=choice}\n:::\n",
            14,
            "A column of kind=choice has two answers or more",
        ),
        (OPENED + ':::scale {#a low="Never"}\nHow?\n:::\n', 11, ':::scale needs high="…".'),
        (
            OPENED + ':::scale {#a low="N" high="A" moment=late pair=b}\nHow?\n:::\n',
            11,
            "There is no early scale b to compare with",
        ),
        (OPENED + ":::data {#a below=5}\nHow many?\n:::\n", 11, "below: Ensure this value is greater"),
        (OPENED + "Words.\n\n:::rounds\n1. Look\n:::\n", 14, "How long does this round take?"),
        (OPENED + "Words.\n\n:::prepare\n- 01 A course\n:::\n", 14, "Name a course, or a module of one"),
        (OPENED + "At {building}.\n", 11, "placeholders mean nothing in a protocol"),
        (OPENED + "[There](there.md).\n", 11, "“there.md” leads nowhere from here"),
        (
            OPENED + "Words.\n\n:::norms\nBe kind.\n:::\n\nMore.\n",
            17,
            "Guidance stands before the first container",
        ),
        (OPENED + "Words.\n\n### More\n", 13, "A heading can't stand here"),
    ],
)
def test_a_mistake_is_told_with_its_line(body, line, sentence):
    with pytest.raises(CannotImport) as error:
        read(body)
    assert [one for one in error.value.mistakes if one.line == line and sentence in one.sentence], str(
        error.value
    )


@pytest.mark.parametrize(
    ("front", "name", "sentence"),
    [
        (FRONT.replace(b"id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01\n", b""), "a.md", "“id” is missing"),
        (FRONT.replace(b"tool\n", b"tol\n"), "a.md", "“racial-equity-tol” is none of"),
        (FRONT.replace(b"title", b"repeat: true\ntitle"), "a.md", "did you mean “repeats”?"),
        (FRONT.replace(b"title", b"must_have_voices: true\ntitle"), "a.md", "no step has a :::voices prompt"),
        (FRONT.replace(b"title", b"constituencies: [Students]\ntitle"), "a.md", "where has_terms is true"),
        (FRONT, "a.es.md", "By its name, a.es.md is written in “es”"),
        (FRONT, "A protocol.md", "named in small letters"),
    ],
)
def test_a_mistake_of_the_front_matter_is_told(front, name, sentence):
    with pytest.raises(CannotImport) as error:
        read(OPENED + "Words.\n", front, name)
    assert sentence in str(error.value)


FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.mark.parametrize("path", sorted((FIXTURES / "protocols").glob("*.md")), ids=lambda path: path.name)
def test_our_own_protocols_are_written_in_the_canonical_form(path):
    file = reading.read(path.name, path.read_bytes())
    assert writing.write(file) == path.read_text()


def test_what_our_protocols_prepare_with_is_among_our_courses():
    modules = {
        f"{path.parent.name}/{path.stem.partition('-')[2]}" for path in (FIXTURES / "courses").glob("*/0*.md")
    }
    known = modules | {path.partition("/")[0] for path in modules}
    for path in (FIXTURES / "protocols").glob("*.md"):
        assert set(reading.read(path.name, path.read_bytes()).lines) <= known


TRANSLATED = sorted((FIXTURES / "protocols").glob("*.es.md"))


def test_each_of_our_protocols_is_in_spanish_too():
    originals = {path.name for path in (FIXTURES / "protocols").glob("*.md")} - {p.name for p in TRANSLATED}
    assert {path.name.replace(".es.md", ".md") for path in TRANSLATED} == originals


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_a_translation_asks_the_same_of_the_same_people_in_the_same_order(path):
    original = path.with_name(path.name.replace(".es.md", ".md"))
    read = [reading.read(one.name, one.read_bytes()) for one in (original, path)]
    assert shape_of(read[0].phases) == shape_of(read[1].phases)
    kept = ("key", "service", "settings")
    assert [getattr(read[0], name) for name in kept] == [getattr(read[1], name) for name in kept]
    assert len(read[0].constituencies) == len(read[1].constituencies)


#: What of a protocol is words, and so differs between languages.
WORDS = {
    "title", "purpose", "guidance", "example", "norms", "facilitation", "label", "help", "report_heading",
    "low", "high", "say",
}  # fmt: skip


def shape_of(part, name=""):
    """All of ``part`` but its words: of a text, only whether there is one; of answers, how many."""
    if isinstance(part, dict):
        return {key: shape_of(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [shape_of(value) for value in part]
    if name == "choices":
        return len(part.splitlines())
    return bool(part) if name in WORDS else part
