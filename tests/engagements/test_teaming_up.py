"""At the end of a course or a module stands what its reader can do with a team, and what their team does."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from cms import drawing, shelving
from cms.models import HomePage, ModulePage, ServicePage
from courses import enrolling
from engagements import requesting
from engagements.models import ServiceRequest
from tests import factories
from tests.engagements import making

TOOL = "racial-equity-tool"


@pytest.fixture
def course(db):
    """A course that ends in the tool, and so does its one module, each in words of its own."""
    ends = {"team_service": TOOL, "team_words": "Take it to a rule at {building}."}
    course = factories.make_course("Tools", modules=0, **ends)
    factories.make_module(course, title="The tool", body=[factories.text()], **ends)
    return course


@pytest.fixture
def way_on(client_of, course):
    """What stands at the module's end for somebody."""

    def shown(person):
        enrollment = enrolling.enroll(person=person, course=course)
        key = ModulePage.objects.child_of(course).get().translation_key
        page = client_of(person).get(reverse("courses:module", args=[enrollment.pk, key]))
        return BeautifulSoup(page.content, "html.parser").find(id="with-your-team")

    return shown


def links_in(section) -> list[str]:
    """Where the section leads."""
    return [link["href"] for link in section.find_all("a")]


def test_who_leads_the_place_finds_the_request_filled_in(way_on, client_of, principal, building, course):
    (ask, service) = links_in(way_on(principal))
    page = client_of(principal).get(ask)
    assert page.context["form"]["service"].value() == TOOL
    assert page.context["form"]["place"].value() == f"building-{building.pk}"
    assert "After the course “Tools”" in page.content.decode()
    asked = {"service": TOOL, "place": f"building-{building.pk}", "needs": "The form.", "language": "en"}
    client_of(principal).post(ask, asked)
    assert ServiceRequest.objects.get().after_course == "Tools"


def test_a_course_that_somebody_did_not_take_is_not_put_in_their_request(client_of, principal, course):
    url = reverse("engagements:request_new")
    for after in (course.translation_key, "nonsense"):
        assert client_of(principal).get(url, {"after": after}).context["after_course"] == ""


def test_who_leads_nothing_finds_what_the_work_is_and_a_letter_to_begin_with(way_on, teacher, building):
    section = way_on(teacher)
    letter, service = links_in(section)
    assert letter.startswith("mailto:?") and "service/racial-equity-tool/" in letter
    assert service == reverse("cms:service", args=[TOOL])
    assert f"Take it to a rule at {building.name}." in section.text


def test_a_team_of_ones_own_is_what_stands_there(way_on, teacher, building, coach):
    engagement = making.make_engagement(building, coach=coach, lead=teacher)
    section = way_on(teacher)
    assert "You are in it" in section.text
    assert reverse("engagements:show", args=[engagement.pk]) in links_in(section)


def test_a_colleague_and_a_leader_elsewhere_learn_of_no_team(way_on, teacher, building, coach):
    making.make_engagement(building, coach=coach)
    elsewhere = factories.make_principal(factories.BuildingFactory())
    for person in (teacher, elsewhere):
        assert "Who gets into algebra" not in way_on(person).text


def test_a_leader_finds_the_team_of_their_place_and_no_confidential_one(way_on, principal, building, coach):
    making.make_engagement(building, coach=coach, title="Open to leaders")
    version = making.make_version(confidential=True, service=TOOL)
    making.make_engagement(building, version=version, coach=coach, title="In confidence")
    section = way_on(principal)
    assert "Open to leaders" in section.text
    assert "In confidence" not in section.text


def test_who_is_in_a_confidential_one_finds_it(way_on, principal, building, coach):
    version = making.make_version(confidential=True, service=TOOL)
    making.make_engagement(building, version=version, coach=coach, lead=principal, title="In confidence")
    assert "In confidence" in way_on(principal).text


def test_a_request_that_waits_is_not_asked_again(way_on, principal, building, teacher):
    request = requesting.ask(by=principal, place=building, service=TOOL, needs="The form.")
    section = way_on(principal)
    assert "Sent" in section.text
    assert links_in(section)[0] == reverse("engagements:request", args=[request.pk])
    assert not any("requests/new" in link for link in links_in(section))
    assert "Sent" not in way_on(teacher).text


def test_a_confidential_request_of_another_leader_stays_unknown_and_ones_own_is_found(
    way_on, principal, district_admin, building
):
    ServiceRequest.objects.create(
        asked_by=principal, building=building, service=TOOL, needs="Coach me.", is_confidential=True
    )
    assert "Sent" not in way_on(district_admin).text
    assert "Sent" in way_on(principal).text


def test_a_district_asks_for_its_other_places_while_one_waits(way_on, district_admin, district):
    requesting.ask(by=district_admin, place=district, service=TOOL, needs="The form.")
    (ask,) = [link for link in links_in(way_on(district_admin)) if "requests/new" in link]
    assert "place=" not in ask


def test_an_administrator_is_not_told_of_the_whole_region(way_on, admin, building, coach):
    making.make_engagement(building, coach=coach)
    assert "Who gets into algebra" not in way_on(admin).text


def test_a_finished_course_ends_in_it_too_and_its_page_says_so_before(client_of, client, teacher, course):
    enrollment = enrolling.enroll(person=teacher, course=course)
    end = reverse("courses:end", args=[enrollment.pk])
    assert "with-your-team" not in client_of(teacher).get(end).content.decode()
    key = ModulePage.objects.child_of(course).get().translation_key
    client_of(teacher).post(reverse("courses:read", args=[enrollment.pk, key]))
    assert "with-your-team" in client_of(teacher).get(end).content.decode()
    assert reverse("cms:service", args=[TOOL]) in client.get(course.url).content.decode()


def test_without_words_of_its_own_it_says_some_that_fit_and_without_a_service_nothing(
    way_on, teacher, course
):
    ModulePage.objects.child_of(course).update(team_words="")
    assert "goes further in a team" in way_on(teacher).text
    ModulePage.objects.child_of(course).update(team_service="")
    assert way_on(teacher) is None


def test_a_translation_says_it_in_its_words_and_marks_those_it_lacks(way_on, course, teacher):
    factories.translated(course, "es", title="Herramientas")
    module = ModulePage.objects.child_of(course).get()
    spanish = factories.translated(module, "es", title="La herramienta", team_words="Llévela a una regla.")
    teacher.language = "es"
    teacher.save()
    assert "Llévela a una regla." in way_on(teacher).text
    spanish.team_words = ""
    spanish.save_revision().publish()
    assert way_on(teacher).find(lang="en").text.startswith("Take it to a rule")


def test_a_module_page_with_it_stays_in_its_budget_even_for_who_leads(
    client_of, principal, building, coach, course
):
    making.make_engagement(building, coach=coach, lead=principal)
    requesting.ask(by=principal, place=building, service=TOOL, needs="The form.")
    enrollment = enrolling.enroll(person=principal, course=course)
    key = ModulePage.objects.child_of(course).get().translation_key
    client, url = client_of(principal), reverse("courses:module", args=[enrollment.pk, key])
    client.get(url)
    cache.clear()
    Site.get_site_root_paths()  # Two queries of Wagtail's own, once an hour.
    shelving._kept.clear()
    drawing._kept.clear()
    costs = []
    for _ in ("cold", "warm"):
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        costs.append(len(captured))
    assert costs[0] <= 12
    assert costs[1] == 7


def test_a_service_has_an_address_that_finds_its_page_or_else_its_courses(client, db):
    factories.the_catalog()
    url = reverse("cms:service", args=[TOOL])
    assert client.get(url).url == f"{reverse('cms:catalog')}?service={TOOL}"
    page = HomePage.objects.get().add_child(instance=ServicePage(title="T", slug="t", service=TOOL))
    assert client.get(url).url == page.url
    assert client.get(reverse("cms:service", args=["none"])).status_code == 404
