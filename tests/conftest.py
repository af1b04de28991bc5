"""What all tests share: one building with its people, one course, and a way to sign in."""

import os

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from hypothesis import settings

from lms.messages import compile_messages
from roster.models import Position
from tests import factories

pytest_plugins = ["tests.migrated"]

# The same examples in every run, so that a change is judged by what it changed. HYPOTHESIS_PROFILE=explore
# looks for new ones; what it finds becomes a test of its own.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session", autouse=True)
def _compiled_messages():
    """The translations as they are now; Django reads them when the first test speaks."""
    compile_messages()


@pytest.fixture(autouse=True)
def _english():
    """Begin in English: a test's requests leave the language of who asked last."""
    translation.activate("en")


@pytest.fixture
def district(db):
    """A district."""
    return factories.DistrictFactory(name="Alder Valley", slug="alder-valley")


@pytest.fixture
def building(district):
    """A middle school of the district."""
    return factories.BuildingFactory(name="Heron Bend Middle School", slug="heron-bend", district=district)


@pytest.fixture
def teacher(building):
    """A teacher of the building."""
    return factories.make_teacher(building, first_name="Lucía", last_name="García")


@pytest.fixture
def principal(building):
    """The principal of the building."""
    return factories.make_principal(building, first_name="Denise", last_name="Whitaker")


@pytest.fixture
def district_admin(district):
    """An administrator of the district."""
    return factories.make_person(Position.Role.DISTRICT_ADMIN, district=district)


@pytest.fixture
def coach(building):
    """A PSESD coach who serves the building."""
    return factories.make_person(Position.Role.COACH, building=building)


@pytest.fixture
def editor(db):
    """A PSESD editor."""
    return factories.make_person(Position.Role.EDITOR)


@pytest.fixture
def admin(db):
    """A PSESD administrator."""
    return factories.make_person(Position.Role.PSESD_ADMIN)


@pytest.fixture
def course(db):
    """A course of two modules: text, reflection and check; then text and an action step."""
    course = factories.make_course("Foundations", modules=0)
    factories.make_module(
        course, title="First", body=[factories.text(), factories.reflection(), factories.check()]
    )
    factories.make_module(course, title="Second", body=[factories.text(), factories.action()])
    return course


@pytest.fixture
def client_of(db):
    """A function that gives a person's signed-in client."""

    def sign_in(person):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def at_the_desk(editor, client_of):
    """An editor, signed in, whose group may edit."""
    call_command("setup_groups", verbosity=0)
    return client_of(editor)
