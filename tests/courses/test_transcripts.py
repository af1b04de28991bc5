"""Transcripts: one's own hours, added up, as page, PDF and CSV."""

import csv
import io
from decimal import Decimal

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses import certifying, transcripts
from courses.models import ClockHourEntry
from tests import factories
from tests.courses.endings import EQUITY, LEADERSHIP, certify, make_approved_course


@pytest.fixture
def transcript(teacher):
    """The teacher's: two courses with hours, one without, one of five years ago."""
    certify(teacher, make_approved_course("Leading", hours={EQUITY: 2, LEADERSHIP: 1.5}))
    certify(teacher, make_approved_course("Long ago", hours={EQUITY: 4}), days_ago=5 * 366)
    certify(teacher, make_approved_course("Just for me", hours={}))
    return transcripts.transcript_of(teacher)


def test_every_total_is_the_sum_of_its_parts(transcript, teacher):
    assert transcript.total == Decimal("7.5") == sum(transcript.by_category)
    assert transcript.total == sum(together for _year, _of, together in transcript.years)
    assert transcript.total == sum(entry.hours for entry in ClockHourEntry.objects.filter(person=teacher))
    this_year = timezone.localdate().year
    assert [(year, together) for year, _of, together in transcript.years] == [
        (this_year, Decimal("3.5")),
        (timezone.localdate().year - 5, Decimal("4.0")),
    ]


def test_a_correction_counts_once_and_a_revoked_one_not_at_all(teacher, admin):
    first = certify(teacher, make_approved_course("One"))
    second = certify(teacher, make_approved_course("Two"))
    certifying.supersede(certificate=first, by=admin, reason="Hours.", hours={EQUITY: Decimal("2.0")})
    certifying.revoke(certificate=second, by=admin, reason="A mistake.")
    transcript = transcripts.transcript_of(teacher)
    assert transcript.total == 2
    assert [line.counts for line in transcript.lines] == [True, False]


def test_the_page_shows_ones_own_hours_alone(transcript, teacher, building, client_of):
    page = client_of(teacher).get(reverse("courses:transcript")).content.decode()
    for words in ("Leading", "Long ago", "Just for me", "7.5"):
        assert words in page
    colleague = client_of(factories.make_teacher(building)).get(reverse("courses:transcript"))
    assert "No clock hours yet" in colleague.content.decode()
    assert Client().get(reverse("courses:transcript")).status_code == 302


def test_the_page_costs_the_same_for_one_course_and_for_ten(
    teacher, client_of, django_assert_max_num_queries
):
    for number in range(10):
        certify(teacher, make_approved_course(f"Course {number}"))
    client = client_of(teacher)
    client.get(reverse("courses:transcript"))
    with django_assert_max_num_queries(12):
        client.get(reverse("courses:transcript"))


def test_the_csv_is_readable_and_holds_no_formula(teacher, client_of):
    certify(teacher, make_approved_course("=HYPERLINK(1)"))
    answer = client_of(teacher).get(reverse("courses:transcript_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Course"], row["Clock hours"]) for row in rows] == [("'=HYPERLINK(1)", "3.0")]


def test_the_pdf_is_tagged_and_says_its_title(transcript, teacher, client_of):
    answer = client_of(teacher).get(reverse("courses:transcript_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title) == "Transcript of clock hours: Lucía García"


def test_an_empty_transcript_prints_too(teacher):
    assert transcripts.as_pdf(transcripts.transcript_of(teacher)).startswith(b"%PDF")
