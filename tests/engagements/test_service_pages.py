"""A service's page says step by step what the work is like."""

import pytest

from cms.models import HomePage, ServicePage
from engagements import publishing
from tests import factories
from tests.engagements.protocols import phase, prompt, step, write_protocol

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_page():
    """The page of the racial equity tool."""
    factories.the_catalog()
    page = ServicePage(title="The tool", slug="the-tool", service="racial-equity-tool")
    return HomePage.objects.get().add_child(instance=page)


def shown(client, page):
    return client.get(page.url).content.decode()


def test_it_tells_phases_and_steps_and_nothing_of_the_inside(client, the_page):
    write_protocol(
        phase(
            step(prompt(label="A question"), title="Listen well", facilitation="<p>Be slow.</p>"),
            title="Listen",
        )
    )
    page = shown(client, the_page)
    assert "Listen well" in page and "30 minutes" in page
    assert "A question" not in page and "Be slow." not in page


@pytest.mark.parametrize("state", ["none", "draft", "unpublished", "another service's"])
def test_what_is_not_published_is_not_told(client, the_page, state):
    if state == "draft":
        write_protocol(publish=False).save_revision()
    if state == "unpublished":
        write_protocol().unpublish()
    if state == "another service's":
        write_protocol(service="data-coaching")
    assert "step by step" not in shown(client, the_page)


def test_it_costs_one_query_however_often_the_protocol_was_published(
    client, the_page, django_assert_num_queries
):
    protocol = write_protocol()
    for number in range(3):
        protocol.title = f"Looking together {number}"
        protocol.save_revision().publish()
    with django_assert_num_queries(1):
        (version,) = publishing.on_offer("racial-equity-tool", "en")
    assert version.number == 4


def test_who_leads_a_place_asks_from_there_and_a_teacher_cannot(
    client_of, client, the_page, principal, teacher
):
    write_protocol()
    for who, offers in ((client_of(principal), True), (client, True), (client_of(teacher), False)):
        assert ("service=racial-equity-tool" in shown(who, the_page)) is offers
