"""What an editor sees in a preview, and in the coverage of a course."""

import csv
import io
import json
import uuid

import pytest
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.admin.coverage import coverage_of
from cms.models import Audience, Edition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tailored(building, elementary):
    """A course with a variant, blocks for few, a place for the building, and an edition that uses it."""
    Audience.objects.create(slug="elementary", name="Elementary", include={"levels": ["elementary"]})
    Audience.objects.create(slug="leaders", name="Leaders", include={"roles": ["principal"]})
    Audience.objects.create(slug="nobody", name="Nobody", include={"buildings": ["closed-long-ago"]})
    option = {
        "type": "item",
        "id": str(uuid.uuid4()),
        "value": {"audiences": ["elementary"], "blocks": [factories.text("On the carpet.")]},
    }
    course = factories.make_course("Tailored", modules=0)
    module = factories.make_module(
        course,
        title="The module",
        body=[
            factories.text("For all at {building}."),
            factories.text("Only for leaders.", shown_to=["leaders"]),
            factories.text("A page that nobody turns.", shown_to=["nobody"]),
            factories.block("variants", options=[option], otherwise=[factories.text("In the seminar.")]),
            factories.block("local", anchor="our-words", otherwise=[factories.text("A general word.")]),
            factories.check("Which?", answers=2),
        ],
    )
    factories.make_module(course, title="The plain one", body=[factories.text("As written.")])
    _edition(course, building, module, "What we at Heron Bend say.")
    return course


def _edition(course, building, module, words):
    change = {
        "type": "addition",
        "id": str(uuid.uuid4()),
        "value": {"module": module.pk, "place": "our-words", "blocks": [factories.text(words)]},
    }
    return Edition.objects.create(
        course_key=course.translation_key,
        building=building,
        welcome="Welcome, all.",
        changes=json.dumps([change]),
    )


def first_module(course):
    return course.get_children().first().specific


def test_a_building_and_a_role_each_change_what_a_preview_shows(at_the_desk, tailored, building, elementary):
    url = reverse("wagtailadmin_pages:view_draft", args=[first_module(tailored).pk])
    as_written = at_the_desk.get(url).content.decode()
    assert "For all at your building" in as_written
    assert "In the seminar." in as_written
    assert "A general word." in as_written
    small = at_the_desk.get(url, {"mode": "salmonberry"}).content.decode()
    assert "For all at Salmonberry" in small
    assert "On the carpet." in small
    assert "In the seminar." not in small
    heron = at_the_desk.get(url, {"mode": building.slug}).content.decode()
    assert "What we at Heron Bend say." in heron
    assert f"From {building.name}" in heron
    assert "Only for leaders." not in heron
    assert (
        "Only for leaders." in at_the_desk.get(url, {"mode": f"{building.slug}:principal"}).content.decode()
    )


def test_a_preview_shows_the_draft_and_leaves_readers_the_live_words(at_the_desk, tailored):
    module = first_module(tailored)
    module.body = module.body.stream_block.to_python([factories.text("Not yet for readers.")])
    module.save_revision()
    shown = at_the_desk.get(reverse("wagtailadmin_pages:view_draft", args=[module.pk])).content.decode()
    assert "Not yet for readers." in shown
    assert "For all at" not in shown


def test_nothing_in_a_preview_can_be_answered(at_the_desk, tailored):
    url = reverse("wagtailadmin_pages:view_draft", args=[first_module(tailored).pk])
    shown = at_the_desk.get(url).content.decode()
    assert "Which?" in shown
    assert "<fieldset" in shown
    assert 'class="choices" disabled' in shown
    assert 'method="post"' not in shown.split('<article class="lesson">')[1].split("</article>")[0]


def test_a_preview_shows_where_a_module_leads_and_nobody_s_own_team(at_the_desk, tailored):
    module = first_module(tailored)
    module.team_service, module.team_words = "data-coaching", "Ask it together."
    module.save_revision()
    shown = at_the_desk.get(reverse("wagtailadmin_pages:view_draft", args=[module.pk])).content.decode()
    assert "Ask it together." in shown
    assert "how far their own team is" in shown


def test_a_course_is_previewed_with_the_words_of_the_building(at_the_desk, tailored, building):
    url = reverse("wagtailadmin_pages:view_draft", args=[tailored.pk])
    assert "Welcome, all." not in at_the_desk.get(url).content.decode()
    assert "Welcome, all." in at_the_desk.get(url, {"mode": building.slug}).content.decode()


def test_the_editor_lists_the_building_with_an_edition_first_and_only_a_dozen(tailored, building):
    for _ in range(20):
        factories.BuildingFactory()
    modes = first_module(tailored).preview_modes
    assert [mode for mode, _label in modes[:2]] == ["", building.slug]
    assert len(modes) == 13


def test_a_new_module_can_be_previewed_before_it_is_saved(at_the_desk, tailored):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["cms", "modulepage", tailored.pk])
    data = {
        "title": "Brand new",
        "slug": "brand-new",
        "minutes": "10",
        "body-count": "0",
        "objectives-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert at_the_desk.post(url, data).json()["is_valid"]
    assert FormState.objects.exists()
    assert "Brand new" in at_the_desk.get(url).content.decode()


def test_a_draft_of_an_edition_is_previewed_as_its_readers_will_get_it(at_the_desk, tailored, elementary):
    module = first_module(tailored)
    addition = {
        "module": module.pk,
        "place": "our-words",
        "blocks": streamfield([("text", _words("Draft."))]),
    }
    data = {
        "course_key": str(tailored.translation_key),
        "building": elementary.pk,
        "welcome": "Welcome, Salmonberry.",
        "changes": streamfield([("addition", addition)]),
    }
    url = reverse("wagtailsnippets_cms_edition:preview_on_add")
    assert at_the_desk.post(url, nested_form_data(data)).json()["is_valid"]
    assert "Welcome, Salmonberry." in at_the_desk.get(url).content.decode()
    shown = at_the_desk.get(url, {"mode": str(module.translation_key)}).content.decode()
    assert "Draft." in shown
    assert "On the carpet." in shown
    assert not Edition.objects.filter(building=elementary).exists()


def _words(text):
    return {"body": rich_text(f"<p>{text}</p>", features=["bold"]), "shown_to": []}


# --- coverage ---------------------------------------------------------------------------------------------


def test_coverage_says_what_differs_where(tailored, building, elementary):
    plain = factories.BuildingFactory()
    found = coverage_of(tailored)
    cells = {row.building: row.cells for row in found.rows}
    assert (cells[building][0].replaced, cells[elementary][0].replaced) == (1, 1)
    assert (cells[building][0].added, cells[building][0].hidden) == (0, 0)
    assert cells[plain][0].is_plain
    assert all(row.cells[1].is_plain for row in found.rows)
    assert found.plain == [plain]


def test_coverage_names_the_blocks_that_nobody_sees_and_no_others(tailored):
    assert [one.label for one in coverage_of(tailored).unseen] == ["Text: A page that nobody turns."]


def test_coverage_says_which_modules_are_left_out(tailored, elementary):
    second = tailored.get_children().last().specific
    second.audiences = ["elementary"]
    second.save()
    cells = {row.building: row.cells[1].standing for row in coverage_of(tailored).rows}
    assert cells[elementary] == "required"
    assert set(cells.values()) == {"required", "hidden"}


def test_coverage_asks_the_database_as_often_for_a_region_as_for_a_building(
    tailored, django_assert_num_queries
):
    coverage_of(tailored)
    with django_assert_num_queries(5):
        coverage_of(tailored)
    for _ in range(5):
        factories.BuildingFactory()
    with django_assert_num_queries(5):
        assert len(coverage_of(tailored).rows) == 7


def test_an_editor_reads_coverage_and_takes_it_along(at_the_desk, tailored, building):
    building.name = "=HYPERLINK()"
    building.save()
    assert tailored.title in at_the_desk.get(reverse("coverage:index")).content.decode()
    page = at_the_desk.get(reverse("coverage:course", args=[tailored.translation_key])).content.decode()
    assert "1 replaced" in page
    assert "A page that nobody turns." in page
    answer = at_the_desk.get(reverse("coverage:csv", args=[tailored.translation_key]))
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert len(lines) == 1 + 2 * 2
    assert any(line[1] == "'=HYPERLINK()" and line[6] == "1" for line in lines)
    assert at_the_desk.get(reverse("coverage:course", args=[uuid.uuid4()])).status_code == 404
