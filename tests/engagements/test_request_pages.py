"""From a leader's question on a page to the work that begins."""

import pytest
from django.urls import reverse

from engagements import publishing
from engagements.models import Engagement, ServiceRequest
from tests.engagements import making
from tests.engagements.protocols import write_protocol

SERVICE = "racial-equity-tool"


@pytest.fixture
def version(db):
    """A published protocol of the service."""
    return publishing.make_version(write_protocol(service=SERVICE))


def test_from_asking_to_the_first_step(client_of, principal, building, admin, coach, version):
    asker, psesd = client_of(principal), client_of(admin)
    asked = {"service": SERVICE, "place": f"building-{building.pk}", "needs": "The form.", "language": "en"}
    asker.post(reverse("engagements:request_new"), asked)
    wanted = ServiceRequest.objects.get()
    page = reverse("engagements:request", args=[wanted.pk])
    assert "PSESD looks for a coach" in asker.get(page).content.decode()
    assert str(building) in psesd.get(reverse("engagements:requests")).content.decode()
    psesd.post(reverse("engagements:request_coach", args=[wanted.pk]), {"coach": coach.pk})
    assert "A request to answer" in client_of(coach).get(reverse("engagements:desk")).content.decode()
    client_of(coach).post(
        reverse("engagements:request_agreement", args=[wanted.pk]),
        {"version": version.pk, "title": "The honors form", "coach": coach.pk, "lead": principal.pk},
    )
    engagement = Engagement.objects.get()
    assert reverse("engagements:show", args=[engagement.pk]) in asker.get(page).content.decode()


def test_asking_twice_leads_to_the_one_that_waits(client_of, principal, building):
    asked = {"service": SERVICE, "place": f"building-{building.pk}", "needs": "The form.", "language": "en"}
    for _ in range(2):
        answer = client_of(principal).post(reverse("engagements:request_new"), asked)
    assert answer.url == reverse("engagements:request", args=[ServiceRequest.objects.get().pk])


def test_a_leader_cannot_ask_for_a_place_of_others(client_of, principal, district):
    asked = {"service": SERVICE, "place": f"district-{district.pk}", "needs": "x", "language": "en"}
    assert client_of(principal).post(reverse("engagements:request_new"), asked).status_code == 422
    assert not ServiceRequest.objects.exists()


def test_a_service_page_leads_to_a_form_with_its_service_chosen(client_of, principal):
    page = client_of(principal).get(reverse("engagements:request_new"), {"service": "data-coaching"})
    assert page.context["form"]["service"].value() == "data-coaching"


def test_the_queue_is_narrowed_and_costs_the_same_for_many(
    client_of, admin, principal, building, district, django_assert_max_num_queries
):
    for place in (building, district):
        for service in (SERVICE, "data-coaching"):
            ServiceRequest.objects.create(
                asked_by=principal,
                service=service,
                needs="x",
                **({"building": place} if place == building else {"district": place}),
            )
    psesd = client_of(admin)
    with django_assert_max_num_queries(12):
        page = psesd.get(reverse("engagements:requests"))
    assert len(page.context["page_obj"].object_list) == 4
    narrowed = psesd.get(
        reverse("engagements:requests"), {"service": SERVICE}, headers={"HX-Request": "true"}
    )
    assert narrowed.content.decode().count("<tr>") == 3


def test_the_report_is_a_page_and_a_pdf(client_of, engagement, principal, lead):
    page = client_of(principal).get(reverse("engagements:report", args=[engagement.pk]))
    assert "Nothing to report yet" in page.content.decode()
    client_of(principal).post(reverse("engagements:report_keep", args=[engagement.pk]))
    pdf = client_of(principal).get(reverse("engagements:report_pdf", args=[engagement.pk, 1]))
    assert pdf.content.startswith(b"%PDF")


def test_the_pages_of_coaches_open(client_of, admin, coach, engagement):
    assert str(coach) in client_of(admin).get(reverse("engagements:coaches")).content.decode()
    client_of(admin).post(
        reverse("engagements:capacity", args=[coach.pk]), {"engagements": 3, "note": "Tuesdays"}
    )
    assert "Tuesdays" in client_of(admin).get(reverse("engagements:coaches")).content.decode()
    assert engagement.title in client_of(coach).get(reverse("engagements:desk")).content.decode()
    assert making.member_of(engagement, coach).role == "coach"
