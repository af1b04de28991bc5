"""A prompt that brings an earlier answer back must name an earlier prompt of its course."""

import pytest

from cms import bringing_back
from cms.admin import brought_back
from cms.blocks import ModuleBody
from cms.portable import reading
from cms.portable.mistakes import CannotImport
from tests import factories

SCALE = {"kind": "scale", "steps": 5, "low": "Never", "high": "Always"}


def _words(*blocks, others=()):
    prompts = bringing_back.prompts_in(blocks, "Here")
    return [(mistake.way, mistake.words) for mistake in bringing_back.mistakes_in(prompts, others)]


def test_an_earlier_prompt_may_be_named():
    early = factories.reflection(anchor="first", **SCALE)
    assert _words(early, factories.reflection(before="first", quotes="first", **SCALE)) == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"quotes": "nothing"}, "No earlier prompt"),
        ({"quotes": "late"}, "isn't asked before"),
        ({"before": "first", "anchor": "late"}, "answered in another way"),
        ({"before": "first", "anchor": "late", **SCALE, "steps": 4}, "answered in another way"),
    ],
)
def test_a_name_that_brings_nothing_back_is_a_mistake(value, says):
    late = factories.reflection(**{"anchor": "late", **value})
    ((_way, words),) = _words(factories.reflection(anchor="first", **SCALE), late)
    assert says in words


def test_a_name_that_two_prompts_have_is_a_mistake():
    twice = [factories.reflection(anchor="first"), factories.reflection(anchor="first")]
    ((_way, words),) = _words(*twice, factories.reflection(quotes="first"))
    assert "Two prompts" in words


def test_prompts_inside_variants_and_places_are_found():
    inner = factories.reflection(anchor="inner")
    place = factories.block("local", anchor="place", otherwise=[inner])
    option = {"type": "item", "id": "x", "value": {"audiences": ["a"], "blocks": [place]}}
    variants = factories.block("variants", options=[option], otherwise=[])
    assert _words(variants, factories.reflection(quotes="inner")) == []


def _body(*blocks):
    return ModuleBody().to_python(list(blocks))


def test_saving_a_module_refuses_a_name_that_means_nothing(db):
    course = factories.make_course(modules=1, body=[factories.reflection(anchor="first")])
    module = factories.make_module(course, body=[])
    good = _body(factories.reflection(quotes="first"))
    assert brought_back.error_on_saving(module, course, good) is None
    error = brought_back.error_on_saving(
        module, course, _body(factories.text(), factories.reflection(quotes="x"))
    )
    assert list(error.block_errors) == [1]


def test_a_prompt_that_another_module_brings_back_has_to_stay(db):
    course = factories.make_course(modules=1, body=[factories.reflection(anchor="first")])
    factories.make_module(course, title="The late one", body=[factories.reflection(quotes="first")])
    early = course.get_children().first().specific
    error = brought_back.error_on_saving(early, course, _body(factories.text()))
    assert "The late one" in error.non_block_errors[0]
    assert brought_back.error_on_saving(early, course, early.body) is None


def test_an_import_says_where_a_name_means_nothing():
    front = "---\nid: 6f5c3b0e-7c0e-4b8e-9d1f-2f6f0a1b2c3d\ntitle: One\n---\n\n"
    module = f"{front}:::reflection {{#a quotes=b}}\nWhy?\n:::\n"
    files = {"course.yaml": b"title: A\n", "01-one.md": module.encode()}
    with pytest.raises(CannotImport) as problem:
        reading.read("a-course", files)
    assert any("quotes: No earlier prompt" in str(mistake) for mistake in problem.value.mistakes)
    assert "01-one.md" in str(problem.value)
