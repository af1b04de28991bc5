"""The pages of certificates: who sees one, and what anybody may verify."""

import pytest
from django.test import Client
from django.urls import reverse

from courses import certifying
from courses.models import Certificate
from roster.models import Position
from tests import factories
from tests.courses.endings import EQUITY, certify, make_approved_course


@pytest.fixture
def certificate(teacher):
    """The teacher's certificate."""
    return certify(teacher, make_approved_course())


def test_who_may_see_it(
    certificate, teacher, principal, district_admin, admin, coach, editor, building, client_of
):
    elsewhere = factories.BuildingFactory()
    theirs = [teacher, principal, district_admin, admin]
    others = [
        coach,
        editor,
        factories.make_teacher(building),
        factories.make_principal(elsewhere),
        factories.make_person(Position.Role.SUPERINTENDENT, district=elsewhere.district),
    ]
    for name in ("courses:certificate", "courses:certificate_pdf"):
        url = reverse(name, args=[certificate.code])
        assert [client_of(person).get(url).status_code for person in theirs] == [200] * 4
        assert [client_of(person).get(url).status_code for person in others] == [404] * 5
        assert Client().get(url).status_code == 302


def test_anybody_with_the_code_may_verify_it(certificate, admin):
    url = reverse("courses:certificate_check", args=[certificate.code])
    page = Client().get(url).content.decode()
    for words in ("This certificate is valid", "Lucía García", "Foundations", "3.0"):
        assert words in page
    certifying.revoke(certificate=certificate, by=admin, reason="A private reason.")
    page = Client().get(url).content.decode()
    assert "This certificate was revoked" in page
    assert "A private reason." not in page


def test_a_superseded_one_says_so_and_does_not_lead_to_the_new_one(certificate, admin):
    better = certifying.supersede(certificate=certificate, by=admin, reason="Name.", name="Lucía G. Márquez")
    page = Client().get(reverse("courses:certificate_check", args=[certificate.code])).content.decode()
    assert "superseded" in page
    assert better.code not in page
    assert "Márquez" not in page


def test_a_code_typed_by_hand_leads_to_its_page(certificate):
    typed = certificate.code.lower().replace("-", " ")
    answer = Client().get(reverse("courses:certificate_check"), {"code": typed})
    assert answer.url == reverse("courses:certificate_check", args=[certificate.code])
    assert Client().get(reverse("courses:certificate_check")).status_code == 200


@pytest.mark.parametrize("code", ["0000-0000-0000", "<script>alert(1)</script>", "x" * 500, "…", "\x00"])
def test_an_unknown_code_is_answered_politely(db, code):
    answer = Client().get(reverse("courses:certificate_check"), {"code": code})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "We know no certificate with this code" in page
    assert "<script>alert" not in page


def test_a_name_is_never_markup(building, client_of):
    person = factories.make_teacher(building, first_name="<b>Ann</b>", last_name='" onload="x')
    certificate = certify(person, make_approved_course())
    for url in (
        reverse("courses:certificate", args=[certificate.code]),
        reverse("courses:certificate_check", args=[certificate.code]),
    ):
        page = client_of(person).get(url).content.decode()
        assert "<b>Ann" not in page
        assert "&lt;b&gt;Ann&lt;/b&gt;" in page


def test_claiming_fewer_on_the_page(certificate, teacher, client_of, building):
    url = reverse("courses:claim", args=[certificate.enrollment_id])
    assert client_of(factories.make_teacher(building)).get(url).status_code == 404
    client = client_of(teacher)
    assert client.post(url, {f"claim-{EQUITY}": "3.5"}).status_code == 422
    answer = client.post(url, {f"claim-{EQUITY}": "1.5"})
    new = Certificate.objects.get(supersedes=certificate)
    assert answer.url == reverse("courses:certificate", args=[new.code])
    assert "1.5 of 3.0" in client.get(answer.url).content.decode()
    assert client.post(url, {f"claim-{EQUITY}": "2.0"}).status_code == 422
    certifying.revoke(certificate=new, by=teacher, reason="Test.")
    assert client.get(url).status_code == 404
