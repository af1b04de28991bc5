"""A course is taken from memory while nothing of it has changed, and never after that."""

import pytest
from wagtail.models import Page

from cms import shelving
from cms.models import Audience, Edition
from cms.shelving import shelf_for
from roster.models import Position
from roster.standing import standing_of
from tests import factories


@pytest.fixture(autouse=True)
def loaded(monkeypatch):
    """The keys of the courses that were read from the database, in order; nothing is kept from before."""
    shelving._kept.clear()
    keys, load = [], shelving._load

    def note(course_key, standpoint):
        keys.append(course_key)
        return load(course_key, standpoint)

    monkeypatch.setattr(shelving, "_load", note)
    return keys


@pytest.fixture
def colleague(district):
    """A teacher of another school of the district."""
    return factories.make_teacher(factories.BuildingFactory(district=district, level="high"))


@pytest.fixture
def shown(db):
    """A course with a sentence for everybody and one for high schools."""
    Audience.objects.create(slug="high", name="High schools", include={"levels": ["high"]})
    course = factories.make_course(modules=0)
    factories.make_module(
        course, body=[factories.text("For all."), factories.text("For some.", shown_to=["high"])]
    )
    return course


def read(course, person) -> list:
    """The titles of the course's modules as the person gets them, and all that stands in these."""
    shelf = shelf_for(course.translation_key, standing_of(person))
    if shelf.tailoring is None:
        return []
    modules = shelf.tailoring.modules_for(shelf.standpoint)
    return [
        (module.title, [str(block.value["body"]) for block in blocks_of(shelf, module)]) for module in modules
    ]


def blocks_of(shelf, module):
    return shelf.tailoring.resolve(module.page, shelf.standpoint).blocks


def edition(course, **owner):
    addition = {"module": course.get_children().get().pk, "place": "end", "blocks": [factories.text("Ours.")]}
    changes = [{"type": "addition", "value": addition, "id": "4d1b1f3e-9a3b-4c55-8f0a-2d6f1d1c8a10"}]
    return Edition.objects.create(course_key=course.translation_key, changes=changes, **owner)


def test_two_buildings_without_editions_share_one_and_it_costs_one_query(
    shown, loaded, teacher, colleague, django_assert_num_queries
):
    assert "For some." not in str(read(shown, teacher))
    assert "For some." in str(read(shown, colleague))
    assert len(loaded) == 1
    standing = standing_of(teacher)
    with django_assert_num_queries(1):
        shelf_for(shown.translation_key, standing)


def _publish(course, **_):
    module = course.get_children().specific().get()
    module.title = "Renamed"
    module.save_revision().publish()


def _save_without_a_revision(course, **_):
    module = course.get_children().specific().get()
    module.title = "Renamed"
    module.save()


def _add_a_module(course, **_):
    factories.make_module(course, title="Renamed", body=[factories.text()])


def _write_an_edition(course, building):
    edition(course, building=building)


def _write_an_edition_of_the_district(course, building):
    edition(course, district=building.district)


def _widen_the_audience(building, **_):
    audience = Audience.objects.get()
    audience.include = {"levels": ["high", building.level]}
    audience.save()


def _change_the_building(building, **_):
    building.level = "high"
    building.save()


@pytest.mark.parametrize(
    ("change", "now"),
    [
        (_publish, "Renamed"),
        (_save_without_a_revision, "Renamed"),
        (_add_a_module, "Renamed"),
        (_write_an_edition, "Ours."),
        (_write_an_edition_of_the_district, "Ours."),
        (_widen_the_audience, "For some."),
        (_change_the_building, "For some."),
    ],
)
def test_a_change_shows_at_once(shown, teacher, building, change, now):
    assert now not in str(read(shown, teacher))
    change(course=shown, building=building)
    del teacher._standing  # As in the next request.
    assert now in str(read(shown, teacher))


def test_what_is_unpublished_is_gone_at_once_and_back_when_it_is_published(shown, teacher):
    before = read(shown, teacher)
    Page.objects.get(pk=shown.pk).unpublish()
    assert read(shown, teacher) == []
    Page.objects.get(pk=shown.pk).specific.save_revision().publish()
    assert read(shown, teacher) == before


def test_an_edition_taken_back_is_gone_at_once(shown, teacher, building):
    edition(shown, building=building)
    assert "Ours." in str(read(shown, teacher))
    Edition.objects.get().unpublish()
    assert "Ours." not in str(read(shown, teacher))


def test_a_move_to_another_building_shows_at_once(shown, teacher, building, colleague):
    edition(shown, building=building)
    assert "Ours." in str(read(shown, teacher))
    Position.objects.filter(person=teacher).update(building=colleague.positions.get().building)
    del teacher._standing
    assert "Ours." not in str(read(shown, teacher))
    assert "For some." in str(read(shown, teacher))


def test_a_publish_of_one_course_and_an_edition_of_one_building_leave_the_others_in_memory(
    shown, loaded, teacher, colleague, building
):
    other = factories.make_course("Another", modules=0)
    factories.make_module(other, body=[factories.text()])
    for person in (teacher, colleague):
        read(shown, person)
        read(other, person)
    loaded.clear()
    edition(shown, building=building)
    read(shown, colleague)
    read(other, teacher)
    assert loaded == []
    _publish(other)
    read(shown, teacher)
    read(shown, colleague)
    assert loaded == [shown.translation_key]


def test_a_draft_leaves_the_course_in_memory(shown, loaded, teacher):
    module = shown.get_children().specific().get()
    before = read(shown, teacher)
    loaded.clear()
    module.title = "Only a draft"
    module.save_revision()
    assert read(shown, teacher) == before
    assert loaded == []


def test_what_one_reader_does_to_a_page_stays_with_that_reader(shown, teacher):
    first = shelf_for(shown.translation_key, standing_of(teacher)).tailoring
    first.course.title = first.modules[0].title = "Mine"
    first.modules[0].body.clear()
    second = shelf_for(shown.translation_key, standing_of(teacher)).tailoring
    assert "Mine" not in (second.course.title, second.modules[0].title)
    assert len(second.modules[0].body) == 2
