"""A table of figures at a prompt: taken with its chart, or refused so that nothing of it stays."""

import json
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from engagements import answering, charting, drawing, reporting
from engagements.models import Answer, AnswerVersion
from tests.engagements import making

GROUPS = "Group,Students,Percent\nMultilingual,120,15\nNewcomers,6,50\nMigrant,7,40\nAll others,300,30\n"
STUDENTS = "Student name,Grade,Score\nKofi Mensah,8,3\nLucía García,8,4\n"


@pytest.fixture
def version(db):
    """A protocol with a prompt for figures."""
    return making.make_version(making.phase(making.step(making.prompt("data", "counts"), id_="look")))


@pytest.fixture
def send(client_of, engagement, principal):
    """A function that sends a table, as the form does."""

    def send(**fields):
        url = reverse("engagements:figures", args=[engagement.pk, "counts"])
        return client_of(principal).post(url, {"based_on": "0", **fields})

    return send


def test_a_table_of_groups_is_shown_with_its_chart_and_stands_in_the_report(
    send, client_of, principal, engagement
):
    assert send(text=GROUPS, source="Skyward", on="2026-11-01").url.endswith("#prompt-counts")
    page = client_of(principal).get(reverse("engagements:step", args=[engagement.pk, "look"]))
    words = page.content.decode()
    assert "Multilingual" in words
    assert "Skyward" in words
    assert 'value="50"' in words  # 15 of the longest, 30
    assert ">6<" not in words
    (item,) = reporting.compose(engagement)["phases"][0]["items"]
    assert item["source"] == "Skyward"


def test_a_row_a_student_is_refused_in_words_and_kept_nowhere(send):
    response = send(text=STUDENTS)
    page = response.content.decode()
    assert response.status_code == 422
    assert "“Student name” is about single persons" in page
    assert "Mensah" not in page
    assert not Answer.objects.exists()
    assert not AnswerVersion.objects.exists()
    assert "no-store" in response["Cache-Control"]


def test_a_file_is_looked_at_the_same_way(send):
    file = SimpleUploadedFile("class.csv", STUDENTS.encode("cp1252"))
    assert send(file=file).status_code == 422
    assert not Answer.objects.exists()
    assert send(file=SimpleUploadedFile("groups.csv", GROUPS.encode("utf-8-sig"))).status_code == 302
    assert Answer.objects.get().is_enough


def test_a_table_cannot_come_in_unseen_by_the_way_of_typed_answers(client_of, engagement, principal):
    url = reverse("engagements:answer", args=[engagement.pk, "counts"])
    sent = {"based_on": "0", "value": json.dumps({"rows": [["Kofi", "1"]]}), "text": STUDENTS}
    assert client_of(principal).post(url, sent).status_code == 404
    assert not Answer.objects.exists()


def test_two_tables_are_never_mixed(lead, maria, version):
    prompt = version.plan.prompt("counts")
    charting.put(member=lead, prompt=prompt, text=GROUPS, based_on=0)
    other = GROUPS.replace("Newcomers", "Refugees")
    with pytest.raises(answering.Conflict):
        charting.put(member=maria, prompt=prompt, text=other, based_on=0)
    charting.put(member=maria, prompt=prompt, text=other, based_on=1)
    assert [version.number for version in Answer.objects.get().versions.filter(why="saved")] == [2, 1]


def test_another_column_is_drawn(lead, version):
    prompt = version.plan.prompt("counts")
    answer = charting.put(member=lead, prompt=prompt, text=GROUPS, based_on=0).answer
    change = {"member": lead, "answer": answer, "prompt": prompt, "source": "", "on": None, "based_on": 1}
    value = charting.set_out(**change, shown=1).answer.value
    chart = drawing.chart_of(value)
    assert chart.title == "Students"
    assert [bar.percent for bar in chart.bars].count(None) == 2
    with pytest.raises(charting.NotShowable):
        charting.set_out(**change, shown=0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_whichever_encoding_a_spreadsheet_wrote_it(send, encoding):
    refused = send(file=SimpleUploadedFile("class.csv", STUDENTS.replace(",", "\t").encode(encoding)))
    assert "“Student name” is about single persons" in refused.content.decode()
    assert send(file=SimpleUploadedFile("groups.csv", GROUPS.encode(encoding))).status_code == 302


def test_a_workbook_is_no_table_of_text(send):
    page = send(
        file=SimpleUploadedFile("class.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0")
    ).content.decode()
    assert "This isn&#x27;t a table of text" in page


def test_no_upload_ever_lies_in_a_temporary_file(send, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", never)
    response = send(file=SimpleUploadedFile("class.csv", STUDENTS.encode() * 60_000))
    assert response.status_code == 422
    assert "too big" in response.content.decode()


def test_the_form_is_still_taken_only_from_our_own_pages(principal, engagement):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(principal)
    url = reverse("engagements:figures", args=[engagement.pk, "counts"])
    assert stranger.post(url, {"text": GROUPS, "based_on": "0"}).status_code == 403
    assert not Answer.objects.exists()


def test_an_error_on_the_way_reports_nothing_of_a_table(
    client_of, principal, engagement, monkeypatch, caplog
):
    reports = []

    def report(sender, request, **kwargs):
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())

    def fail(*args, **kwargs):
        raise RuntimeError

    got_request_exception.connect(report)
    client = client_of(principal)
    client.raise_request_exception = False
    url = reverse("engagements:figures", args=[engagement.pk, "counts"])
    for way in ("engagements.figures._columns", "engagements.answering.save_value"):
        monkeypatch.setattr(way, fail)
        client.post(url, {"based_on": "0", "text": GROUPS, "source": "Newcomers at Lakeside"})
        client.post(url, {"based_on": "0", "file": SimpleUploadedFile("groups.csv", GROUPS.encode())})
        monkeypatch.undo()
    got_request_exception.disconnect(report)
    assert len(reports) == 4
    assert "Newcomers" not in "".join([*reports, caplog.text])
