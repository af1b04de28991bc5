"""A module through the eyes of a building, a role and a language, and two of them side by side."""

import json
import re
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from cms.models import Audience, Edition, ModulePage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(building, elementary):
    """A module with words of the building, a variant, a block for few, and an edition's addition."""
    Audience.objects.create(slug="small", name="Elementary", include={"levels": ["elementary"]})
    Audience.objects.create(slug="leaders", name="Leaders", include={"roles": ["principal"]})
    variant = {"audiences": ["small"], "blocks": [factories.text("On the carpet.")]}
    option = {"type": "item", "id": str(uuid.uuid4()), "value": variant}
    course = factories.make_course("Tailored", modules=0)
    module = factories.make_module(
        course,
        title="The module",
        body=[
            factories.text("Plain for all."),
            factories.text("Here at {building}."),
            factories.block("variants", options=[option], otherwise=[factories.text("In the seminar.")]),
            factories.text("For leaders.", shown_to=["leaders"]),
        ],
    )
    addition = {"module": module.pk, "place": "end", "blocks": [factories.text("Heron Bend says.")]}
    Edition.objects.create(
        course_key=course.translation_key,
        building=building,
        changes=json.dumps([{"type": "addition", "id": str(uuid.uuid4()), "value": addition}]),
    )
    return module


def look(client, page, **query):
    return client.get(reverse("cms_look", args=[page.pk]), query)


def kinds(answer):
    return re.findall(r'data-is="(\w+)" id="difference', answer.content.decode())


def test_two_buildings_stand_side_by_side_with_what_differs_marked_and_the_rest_drawn_once(
    at_the_desk, module, building
):
    answer = look(at_the_desk, module, building=building.slug, beside="salmonberry")
    assert kinds(answer) == ["changed", "replaced", "removed"]
    page = answer.content.decode()
    assert "3 differences" in page
    assert page.count("Plain for all.") == 1
    for words in (f"Here at {building.name}.", "Here at Salmonberry.", "Heron Bend says."):
        assert page.count(words) == 1
    assert 'href="#difference-3"' in page, "the keyboard leads from difference to difference"
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_role_changes_what_is_read_and_a_building_stands_beside_the_master(at_the_desk, module, building):
    query = {"building": building.slug, "role": "principal", "beside": building.slug}
    assert kinds(look(at_the_desk, module, **query)) == ["removed"]
    assert kinds(look(at_the_desk, module, building=building.slug, beside="-")) == ["changed", "removed"]


def test_a_reader_alone_is_looked_at_in_the_newest_draft_or_as_published(at_the_desk, module):
    module.body = module.body.stream_block.to_python([factories.text("Only a draft at {building}.")])
    module.save_revision()
    draft = look(at_the_desk, module, building="salmonberry").content.decode()
    assert "Only a draft at Salmonberry." in draft
    live = look(at_the_desk, module, building="salmonberry", version="live").content.decode()
    assert "Only a draft" not in live
    assert "On the carpet." in live


def test_a_module_that_is_left_out_says_so_and_all_of_the_other_stands_alone(at_the_desk, module, building):
    module.audiences = ["small"]
    module.save_revision().publish()
    answer = look(at_the_desk, module, building=building.slug, beside="salmonberry")
    assert "left out for them" in answer.content.decode()
    assert set(kinds(answer)) == {"added"}


def test_a_translation_is_looked_at_in_its_language_and_its_lack_is_said(at_the_desk, module):
    spanish = Locale.objects.create(language_code="es")
    query = {"building": "salmonberry", "language": "es"}
    missing = look(at_the_desk, module, **query).content.decode()
    assert "translated into that language" in missing.replace("&#x27;", "'")
    module.get_parent().specific.copy_for_translation(spanish, copy_parents=True)
    page = module.copy_for_translation(spanish)
    page.body = page.body.stream_block.to_python([factories.text("Aquí en {building}.")])
    page.save_revision().publish()
    answer = look(at_the_desk, module, **query).content.decode()
    assert "Aquí en Salmonberry." in answer
    assert 'lang="es"' in answer


def test_a_course_opens_at_its_first_module_and_nonsense_is_answered(at_the_desk, module):
    course = module.get_parent()
    assert "Plain for all." in look(at_the_desk, course).content.decode()
    assert look(at_the_desk, module, building="nowhere").status_code == 422
    assert look(at_the_desk, module, module="0").status_code == 422
    assert look(at_the_desk, course.get_parent()).status_code == 404
    ModulePage.objects.all().delete()
    assert "No module yet" in look(at_the_desk, course).content.decode()


@pytest.mark.parametrize("who", ["teacher", "principal", "coach"])
def test_nobody_else_looks_through_others_eyes(request, client_of, module, who):
    call_command("setup_groups", verbosity=0)
    client = client_of(request.getfixturevalue(who))
    assert look(client, module).status_code in (302, 403, 404)
    for name in ("changes:index", "coverage:index"):
        assert client.get(reverse(name)).status_code in (302, 403, 404)


def test_the_editor_of_a_module_leads_to_the_look(at_the_desk, module):
    page = at_the_desk.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).content.decode()
    assert reverse("cms_look", args=[module.pk]) in page
