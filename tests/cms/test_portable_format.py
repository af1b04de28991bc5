"""What goes into the portable format comes out the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cms.portable import archives, grammar, prose_markdown, reading, writing
from cms.portable.folders import ModuleFile
from cms.portable.grammar import Names
from cms.portable.markdown import tree
from cms.portable.prose import from_html, to_html
from cms.portable.reader import Reader
from cms.portable.writer import Writer
from tests.cms import portable_strategies as some

COURSES = sorted(path.parent for path in Path("fixtures/courses").glob("*/course.yaml"))
thoroughly = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    # Making a failing course smaller takes minutes; the failure is shown as it was found.
    phases=[Phase.explicit, Phase.generate],
)


def read_back(text, key):
    """The blocks of a body, and the mistakes in it."""
    mistakes = []
    reader = Reader(Names(key), lambda line, sentence: mistakes.append((line, sentence)))
    blocks = reader.stream(tree(text).children)
    reader.check_identities()
    return blocks, mistakes


@thoroughly
@given(some.prose)
def test_running_text_survives_rich_text_and_markdown(prose):
    assert from_html(to_html(prose)) == prose
    mistakes = []
    written = prose_markdown.write(prose)
    again = prose_markdown.read(tree(written).children, lambda *mistake: mistakes.append(mistake))
    assert (again, mistakes) == (prose, [])


@thoroughly
@given(some.bodies, some.keys)
def test_what_an_editor_made_comes_back_with_the_same_words_and_identities(body, key):
    written = Writer(Names(key)).stream(body)
    assert read_back(written, key) == (body, [])


def test_a_backtick_in_a_pictures_words_does_not_pair_with_one_in_its_caption():
    value = {"image": "images/a.svg", "alt": "a ` b", "decorative": False, "caption": "c ` d", "shown_to": []}
    body = [{"type": "image", "id": str(Names(grammar.NO_KEY).expected("image", None)), "value": value}]
    written = Writer(Names(grammar.NO_KEY)).stream(body)
    (again,), mistakes = read_back(written, grammar.NO_KEY)
    assert (again["type"], again["value"], mistakes) == ("image", value, [])


@thoroughly
@given(some.line, some.line)
def test_a_module_file_is_written_the_same_again(title, summary):
    module = ModuleFile(name="01-a-module", key=grammar.NO_KEY, title=title, summary=summary)
    files = {"course.yaml": b"", "01-a-module.md": writing.module_text(module).encode()}
    reader = reading.FolderReader("a-course", files)
    assert writing.module_text(reader.module("01-a-module")) == writing.module_text(module)


@pytest.mark.parametrize("path", COURSES, ids=lambda path: path.name)
def test_the_canonical_form_of_a_course_is_its_own_canonical_form(path):
    course = reading.read(*archives.open_course(path))
    once = writing.write(course)
    again = reading.read(course.slug, once)
    assert writing.write(again) == once
    assert [module.body for module in again.modules] == [module.body for module in course.modules]
    assert again.editions == course.editions


def test_a_named_block_keeps_its_identity_wherever_it_moves():
    key = grammar.NO_KEY
    prompt = ":::reflection {#why words=10 share=private}\nWhy?\n:::"
    (first,), _ = read_back(prompt, key)
    blocks, _ = read_back(f'Some text.\n\n:::callout {{title="Now"}}\nDo.\n:::\n\n{prompt}', key)
    assert blocks[-1]["id"] == first["id"]


def test_an_answer_put_between_two_others_leaves_their_identities_alone():
    check = ":::check {{#one kind=single}}\nWhich?\n\n- [x] This\n{}- [ ] That\n:::"
    (before,), _ = read_back(check.format(""), grammar.NO_KEY)
    (after,), _ = read_back(check.format("- [ ] Another\n"), grammar.NO_KEY)
    ids = [answer["id"] for answer in after["value"]["answers"]]
    assert [answer["id"] for answer in before["value"]["answers"]] == [ids[0], ids[2]]


def test_the_examples_of_the_authors_page_are_right():
    page = Path("docs/course-format.md").read_text()
    examples = [part for part in page.split("```markdown\n")[1:] if part.startswith(":::callout")]
    blocks, mistakes = read_back(examples[0].split("```")[0], grammar.NO_KEY)
    assert mistakes == []
    assert [block["type"] for block in blocks] == [
        *("callout", "accordion", "variants", "scenario", "check", "pool", "reflection", "reflection"),
        *("action", "local", "resource", "video", "audio", "text"),
    ]


def test_two_texts_in_a_row_stay_two():
    key = grammar.NO_KEY
    names = Names(key)
    blocks = [
        {
            "type": "text",
            "value": {"shown_to": [], "body": f"<p>{words}</p>"},
            "id": names.expected("text", None),
        }
        for words in ("One.", "Two.")
    ]
    written = Writer(Names(key)).stream(blocks)
    assert written == "One.\n\n:::block\nTwo.\n:::"
    assert read_back(written, key) == (blocks, [])


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None, database=None)
def test_no_text_whatever_breaks_the_reader(text):
    read_back(text, grammar.NO_KEY)
