"""Records in Wagtail's admin: for PSESD's administrators alone, with reasons, exports without formulas."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from courses import certifying
from courses.models import Certificate
from roster.groups import set_up
from tests import factories
from tests.courses.endings import EQUITY, certify, make_approved_course


@pytest.fixture
def certificate(teacher):
    """The teacher's certificate."""
    return certify(teacher, make_approved_course())


@pytest.fixture
def office(admin, editor, client_of):
    """The signed-in client of an administrator."""
    set_up()
    return client_of(admin)


def test_administrators_find_a_certificate(office, certificate):
    page = office.get(reverse("certificates:index"), {"q": "García"}).content.decode()
    assert certificate.code in page
    page = office.get(reverse("certificates:index"), {"status": "revoked"}).content.decode()
    assert certificate.code not in page
    page = office.get(reverse("certificates:inspect", args=[certificate.pk])).content.decode()
    assert "Equity-based school practices: 3.0 / 3.0" in page
    assert "issued certificate" in page


def test_revoking_asks_for_a_reason(office, certificate):
    url = reverse("certificates:revoke", args=[certificate.pk])
    assert office.post(url, {"reason": " "}).status_code == 422
    assert certifying.verify(certificate.code).status == "valid"
    office.post(url, {"reason": "Somebody else took it."})
    assert certifying.verify(certificate.code).status == "revoked"


def test_correcting_issues_a_new_one(office, certificate):
    url = reverse("certificates:supersede", args=[certificate.pk])
    form = {"name": "Lucía G. Márquez", "certificate_number": "", f"claim-{EQUITY}": "2.5"}
    assert office.post(url, form).status_code == 422  # no reason
    assert office.post(url, {**form, "reason": "Name.", f"claim-{EQUITY}": "3.5"}).status_code == 422
    office.post(url, {**form, "reason": "Name."})
    better = Certificate.objects.get(supersedes=certificate)
    assert (better.snapshot["name"], better.snapshot["total_hours"]) == ("Lucía G. Márquez", "2.5")
    office.post(url, {**form, "reason": "Again, from an older window."})
    assert Certificate.objects.count() == 2


def test_the_export_is_complete_and_holds_no_formula(office, building, certificate):
    sly = factories.make_teacher(building, first_name="=1+1", last_name="Sly")
    certifying.revoke(certificate=certify(sly, make_approved_course("Two")), by=sly, reason="A test.")
    url = reverse("clock_hours:index")
    sheet = b"".join(office.get(url, {"export": "csv"}).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(row["Participant"], row["Hours claimed"], row["Status"]) for row in rows] == [
        ("'=1+1 Sly", "0.0", "Revoked"),
        ("Lucía García", "3.0", "Valid"),
    ]
    assert rows[1]["Approved when taken"] == "yes"
    assert rows[1]["Certificate"] == certificate.code
    book = openpyxl.load_workbook(io.BytesIO(b"".join(office.get(url, {"export": "xlsx"}).streaming_content)))
    assert book.active.max_row == 3


def test_the_export_costs_the_same_for_one_and_for_many(office, building, django_assert_max_num_queries):
    course = make_approved_course()
    for _number in range(8):
        certify(factories.make_teacher(building), course)
    with django_assert_max_num_queries(12):
        b"".join(office.get(reverse("clock_hours:index"), {"export": "csv"}).streaming_content)


def test_nobody_else_gets_in(office, certificate, editor, teacher, principal, client_of):
    addresses = [
        reverse("certificates:index"),
        reverse("certificates:inspect", args=[certificate.pk]),
        reverse("certificates:revoke", args=[certificate.pk]),
        reverse("certificates:supersede", args=[certificate.pk]),
        reverse("clock_hours:index"),
    ]
    for person in (editor, teacher, principal):
        client = client_of(person)
        for url in addresses:
            answer = client.post(url, {"reason": "x", "name": "x"})
            assert answer.status_code in (302, 403, 405)
            assert client.get(url).status_code in (302, 403)
    assert certifying.verify(certificate.code).status == "valid"


def test_editors_see_what_evaluations_say(office, editor, teacher, client_of):
    url = reverse("evaluations:index")
    assert client_of(editor).get(url).status_code == office.get(url).status_code == 200
    assert client_of(teacher).get(url).status_code in (302, 403)
