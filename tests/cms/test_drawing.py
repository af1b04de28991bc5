"""What many readers see alike is drawn once; what has changed is never served, and the rest is kept."""

import re

import pytest
from django.conf import settings
from django.utils.translation import override

from cms import drawing
from cms.standpoints import standpoint_of_building
from cms.tailoring import load
from tests import factories

#: What only shows something: its template may know the reader by the placeholders alone.
SHOWING = [
    path
    for path in sorted((settings.BASE_DIR / "templates" / "blocks").glob("*.html"))
    if path.stem not in {*drawing.ASKING, "lesson"}
]


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """The ids of the blocks that were drawn, in order; nothing is kept from before."""
    drawing._kept.clear()
    ids, draw = [], drawing._drawn

    def note(block, standpoint):
        ids.append(block.id)
        return draw(block, standpoint)

    monkeypatch.setattr(drawing, "_drawn", note)
    return ids


@pytest.fixture
def other_building(district):
    """A second school of the same district, of another level."""
    return factories.BuildingFactory(name="Otter Creek", slug="otter-creek", district=district, level="high")


def lines(course, building) -> str:
    """The course's first module as a teacher of the building sees it."""
    standpoint = standpoint_of_building(building)
    shelf = load(course, standpoint)
    blocks = shelf.resolve(shelf.modules[0], standpoint).blocks
    return "".join(drawing.draw(block, standpoint) for block in blocks)


def a_course(*body):
    course = factories.make_course(modules=0)
    factories.make_module(course, body=list(body))
    return course


def test_buildings_that_see_the_same_share_it_and_a_building_s_own_words_stay_its_own(
    drawn, building, other_building
):
    course = a_course(factories.text("The same for all."), factories.text("At {building}."))
    assert "At Heron Bend" in lines(course, building)
    assert "At Otter Creek" in lines(course, other_building)
    assert len(drawn) == 3


def test_a_block_that_was_edited_is_drawn_anew_and_its_neighbour_is_kept(drawn, building):
    course = a_course(factories.text("First."), factories.text("Second."))
    lines(course, building)
    module = course.get_children().specific().get()
    stored = list(module.body.raw_data)
    stored[1] = {**stored[1], "value": {**stored[1]["value"], "body": "<p>Second, mended.</p>"}}
    module.body = stored
    module.save_revision().publish()
    drawn.clear()
    page = lines(course, building)
    assert "First." in page
    assert "mended" in page
    assert drawn == [stored[1]["id"]]


def test_a_building_that_rewrites_its_goal_gets_the_new_words(drawn, building, other_building):
    course = a_course(factories.text("Our goal: {goal}."), factories.text("Other."))
    lines(course, building)
    lines(course, other_building)
    drawn.clear()
    building.goal = "Each child <is> heard"
    building.save()
    assert "Each child &lt;is&gt; heard" in lines(course, building)
    lines(course, other_building)
    assert len(drawn) == 1


def test_each_language_has_its_own(drawn, building):
    course = a_course(factories.text("At {district}."))
    lines(course, building)
    with override("es"):
        lines(course, building)
    assert len(drawn) == 2


def test_what_asks_something_is_drawn_for_each_reader(drawn, building):
    course = a_course(factories.reflection())
    lines(course, building)
    lines(course, building)
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "words", ['<a linktype="page" id="1">here</a>', '<a linktype="document" id="1">it</a>']
)
def test_what_shows_a_thing_of_the_library_is_drawn_each_time(drawn, building, words):
    course = a_course(factories.text(words))
    lines(course, building)
    drawn.clear()
    lines(course, building)
    assert len(drawn) == 1


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: path.stem)
def test_what_only_shows_knows_its_reader_by_the_placeholders_alone(path):
    code = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", path.read_text().replace("|filled:standpoint", ""))
    assert not [tag for tag in code if re.search(r"\b(standpoint|place|request|user|part|enrollment)\b", tag)]
