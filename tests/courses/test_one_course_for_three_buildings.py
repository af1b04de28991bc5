"""An editor tailors a module in Wagtail for two buildings; teachers of three read what is right for each."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.models import Audience, ModulePage
from tests import factories

FOR_HERON, FOR_SMALL = "At Heron Bend the line forms at 8:05.", "On the carpet, Amina loses her place."


@pytest.fixture
def desk(editor, client_of):
    """An editor at the Wagtail admin."""
    call_command("setup_groups", verbosity=0)
    return client_of(editor)


@pytest.fixture
def module(db):
    """A live module with one text."""
    return factories.make_module(factories.make_course(modules=0), title="Doors", body=[factories.text()])


@pytest.fixture
def teachers(building):
    """A teacher of each building: the middle school, an elementary, a high school."""
    small = factories.BuildingFactory(level="elementary")
    high = factories.BuildingFactory(level="high")
    Audience.objects.create(slug="heron", name="Heron Bend", include={"buildings": [building.slug]})
    Audience.objects.create(slug="small", name="Elementary", include={"levels": ["elementary"]})
    return [factories.make_teacher(one) for one in (building, small, high)]


def publish(desk, module, *texts):
    """Publish the module's form with these texts, each words and whom they are shown to."""
    address = reverse("wagtailadmin_pages:edit", args=[module.pk])
    form = querydict_from_html(desk.get(address).content.decode(), form_id="page-edit-form").dict()
    blocks = [("text", {"body": rich_text(f"<p>{words}</p>", features=["bold"])}) for words, _ in texts]
    streams = nested_form_data({"body": streamfield(blocks), "objectives": streamfield([])})
    ticked = {f"body-{number}-value-shown_to": shown_to for number, (_, shown_to) in enumerate(texts)}
    answer = desk.post(address, {**form, **streams, **ticked, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors


def readings(client_of, teachers, module):
    """What each teacher's page of the module holds of the three texts that are told apart."""
    key = module.get_parent().translation_key
    pages = []
    for teacher in teachers:
        client = client_of(teacher)
        client.post(reverse("courses:enroll", args=[key]))
        enrollment = teacher.enrollments.get(course_key=key)
        address = reverse("courses:module", args=[enrollment.pk, module.translation_key])
        pages.append(client.get(address).content.decode())
    return pages


def test_three_right_texts_and_an_edit_of_the_master_that_reaches_all(desk, client_of, teachers, module):
    tailored = [(FOR_HERON, ["heron"]), (FOR_SMALL, ["small"])]
    publish(desk, module, ("Every morning begins at a door.", []), *tailored)
    module = ModulePage.objects.get(pk=module.pk)
    assert [
        (FOR_HERON in page, FOR_SMALL in page, "begins at a door" in page)
        for page in readings(client_of, teachers, module)
    ] == [(True, False, True), (False, True, True), (False, False, True)]
    publish(desk, module, ("Every morning begins with a name.", []), *tailored)
    assert [
        (FOR_HERON in page, FOR_SMALL in page, "begins with a name" in page, "at a door" in page)
        for page in readings(client_of, teachers, module)
    ] == [(True, False, True, False), (False, True, True, False), (False, False, True, False)]
