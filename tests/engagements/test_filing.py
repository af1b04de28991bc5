"""Files of a team: kept under a name that says nothing, given to who reads the work, deleted for good."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from engagements import filing, joining, meeting
from engagements.models import EngagementFile, Member
from tests import factories
from tests.engagements import making

STUDENTS = b"Student name,Grade\nKofi Mensah,8\nRosa Vega,8\n"


@pytest.fixture
def version(db):
    """A protocol that asks for a file."""
    asked = making.step(making.prompt("file", "policy"), id_="look", for_roles=["lead", "coach", "guest"])
    return making.make_version(making.phase(asked))


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """Where files lie while a test runs."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    return tmp_path


@pytest.fixture
def send(client_of, engagement, principal):
    """A function that uploads a file, as the form does."""

    def send(name="policy.html.pdf", content=b"<script>", **fields):
        url = reverse("engagements:file_new", args=[engagement.pk])
        file = SimpleUploadedFile(name, content)
        return client_of(principal).post(url, {"file": file, **fields})

    return send


def address(file, name="file"):
    """Where a file is."""
    return reverse(f"engagements:{name}", args=[file.engagement_id, file.pk])


@pytest.fixture
def meeting_of_today(engagement, lead):
    """A meeting of the team."""
    at = timezone.now()
    return meeting.plan(engagement=engagement, by=lead, title="We look", starts_at=at, minutes_long=60)


def test_papers_of_a_meeting_stand_on_its_page_and_among_all_files(send, client_of, coach, meeting_of_today):
    page_url = meeting.url_of(meeting_of_today)
    assert send(name="slides.pdf", meeting=meeting_of_today.pk).url == f"{page_url}#papers"
    client = client_of(coach)
    assert "slides.pdf" in client.get(page_url).content.decode()
    files = client.get(reverse("engagements:files", args=[meeting_of_today.engagement_id]))
    assert page_url in files.content.decode()
    deleted = client.post(address(EngagementFile.objects.get(), "file_deletion"))
    assert deleted.url == f"{page_url}#papers"


def test_no_paper_is_put_to_a_meeting_that_was_called_off_or_is_anothers(send, lead, meeting_of_today):
    meeting.call_off(meeting=meeting_of_today, by=lead)
    assert send(meeting=meeting_of_today.pk).status_code == 404
    assert send(meeting="0").status_code == 404
    assert not EngagementFile.objects.exists()


def test_a_file_answers_its_prompt_and_is_only_ever_saved(send, client_of, coach, engagement):
    assert send(prompt="policy").url.endswith("#prompt-policy")
    file = EngagementFile.objects.get()
    assert "policy" not in file.file.name
    response = client_of(coach).get(address(file))
    assert b"".join(response.streaming_content) == b"<script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="policy.html.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_it_has_no_public_address(send, client, client_of, teacher, engagement, building, coach):
    send()
    file = EngagementFile.objects.get()
    for visitor in (client, client_of(teacher)):
        assert visitor.get(f"/media/{file.file.name}").status_code == 404
    assert client_of(teacher).get(address(file)).status_code == 404
    guest = factories.make_teacher(building)
    joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, person=guest)
    assert client_of(guest).get(address(file)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("page.html", b"<p>"), ("run.exe", b"MZ"), ("class.csv", STUDENTS), ("a.pdf", b"")]
)
def test_what_is_not_taken_is_not_kept(send, store, name, content):
    assert send(name, content).status_code == 422
    assert not EngagementFile.objects.exists()
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_too_big_is_refused_in_words(send, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 4
    assert "too big" in send(content=b"12345").content.decode()


def test_only_who_put_it_there_or_steers_deletes_it_for_good(
    send, store, maria, lead, django_capture_on_commit_callbacks
):
    send()
    file = EngagementFile.objects.get()
    with pytest.raises(filing.NotTheirs):
        filing.take_away(file=file, by=maria)
    with django_capture_on_commit_callbacks(execute=True):
        filing.take_away(file=file, by=lead)
    assert not [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "content",
    [
        STUDENTS.decode().encode("utf-16"),
        STUDENTS.replace(b",", b";"),
        STUDENTS + b"Rosa Vega,8\n" * 500,
        b"Report of September 1\n\n" + STUDENTS,
        b"Stu_Last_Name|Grade\nMensah|8\n",
    ],
)
def test_a_list_of_students_is_seen_however_long_titled_or_written(send, content):
    assert send(name="class.csv", content=content).status_code == 422
    assert not EngagementFile.objects.exists()


def test_a_table_of_groups_may_be_a_file(send):
    assert (
        send(name="groups.csv", content=b"Fall counts\nWho,Asked\nStudent,40\nParent,30\n").status_code == 302
    )
