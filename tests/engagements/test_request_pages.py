"""From a leader's question on a page to the work that begins."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from engagements import publishing, requesting, serving
from engagements.models import Engagement, Meeting, ServiceRequest
from roster.models import Position
from tests.engagements import making
from tests.engagements.protocols import write_protocol
from tests.factories import BuildingFactory, make_person

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


def test_a_leader_finds_what_became_of_each_request_and_psesd_what_waits(
    client_of, principal, admin, building
):
    url = reverse("engagements:requests")
    assert "Nothing asked yet" in client_of(principal).get(url).content.decode()
    assert "Nothing waits for an answer" in client_of(admin).get(url).content.decode()
    wanted = requesting.ask(by=principal, place=building, service=SERVICE, needs="The form.")
    wanted.asked_at -= datetime.timedelta(days=3)
    wanted.save()
    assert "waits 3 days" in client_of(admin).get(url).content.decode()
    requesting.decline(request=wanted, by=admin, answer="In spring.")
    assert "Not now" in client_of(principal).get(url).content.decode()
    assert "Nothing waits for an answer" in client_of(admin).get(url).content.decode()


def test_who_serves_where_leads_to_each_meeting_but_not_into_a_confidential_one(
    client_of, admin, principal, coach, building, engagement
):
    version = making.make_version(service="leadership-coaching", confidential=True)
    coaching = making.make_engagement(building, version=version, coach=coach, lead=principal)
    meetings = [
        Meeting.objects.create(
            engagement=one,
            title="First",
            starts_at=timezone.now() + datetime.timedelta(days=7),
            called_by=making.member_of(one, coach),
        )
        for one in (engagement, coaching)
    ]
    page = client_of(admin).get(reverse("engagements:coaches")).content.decode()
    addresses = [reverse("engagements:meeting", args=[one.engagement_id, one.pk]) for one in meetings]
    assert [address in page for address in addresses] == [True, False]


def test_coaches_are_found_by_name_place_and_room(client_of, admin, coach, engagement, building):
    other = make_person(
        Position.Role.COACH, building=BuildingFactory(name="Kelp Bay K-8"), last_name="Prieto"
    )
    serving.set_capacity(coach=coach, engagements=1, note="", by=admin)
    url, psesd = reverse("engagements:coaches"), client_of(admin)
    assert "No meeting is planned" in psesd.get(url).content.decode()
    for wish, found in (
        ({"q": "prieto"}, [other]),
        ({"q": "heron bend"}, [coach]),
        ({"room": "yes"}, [other]),
        ({"q": "nobody"}, []),
    ):
        page = psesd.get(url, wish)
        assert [service.coach for service in page.context["services"]] == found
    assert "Nobody fits" in page.content.decode()
