"""The roster in Wagtail's admin: for PSESD's administrators, everything audited, nothing deleted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from roster import groups
from roster.models import AuditEntry, Building, FocusArea, Position, StaffImport, User

PAGES = [
    "people:index",
    "people:index_results",
    "people:add",
    "people:invite_all",
    "positions:index",
    "positions:add",
    "buildings:index",
    "buildings:add",
    "districts:index",
    "districts:add",
    "focus-areas:index",
    "focus-areas:add",
    "audit:index",
    "staff_imports:index",
]


@pytest.fixture
def wagtail(admin, editor, client_of):
    """The administrator's client in Wagtail's admin."""
    groups.set_up()
    return client_of(admin)


@pytest.mark.parametrize("name", PAGES)
def test_only_an_administrator_opens_the_roster(wagtail, editor, teacher, client_of, name):
    assert wagtail.get(reverse(name)).status_code == 200
    assert client_of(editor).get(reverse(name)).status_code == 302
    assert client_of(teacher).get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", ["people:edit", "positions:edit"])
def test_an_editor_does_not_open_one_person(wagtail, editor, teacher, client_of, name):
    row = teacher if name == "people:edit" else teacher.positions.get()

    assert wagtail.get(reverse(name, args=[row.pk])).status_code == 200
    answer = client_of(editor).get(reverse(name, args=[row.pk]), follow=True)
    assert teacher.email not in answer.content.decode()


@pytest.mark.parametrize("name", ["people:delete", "positions:delete", "audit:edit", "audit:delete"])
def test_nothing_is_deleted_and_the_audit_log_is_read_only(wagtail, name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=[1])


def test_wagtails_own_pages_of_users_which_audit_nothing_stay_shut(wagtail, teacher):
    assert wagtail.get("/cms/users/").status_code == 302
    assert wagtail.get(f"/cms/users/edit/{teacher.pk}/").status_code == 302


def test_a_person_and_their_position_are_added_found_and_audited(wagtail, admin, building):
    person = {"email": "New@Example.org", "first_name": "Nia", "last_name": "<b>Bold</b>", "language": "en"}
    wagtail.post(reverse("people:add"), {**person, "is_active": "on"})
    added = User.objects.get(email="new@example.org")
    assert not added.has_usable_password()

    position = {"person_email": "NEW@example.org", "role": "teacher", "building": building.pk}
    wagtail.post(reverse("positions:add"), {**position, "starts_on": "2026-09-01"})

    assert added.positions.get().building == building
    assert list(AuditEntry.objects.values_list("action", "actor")) == [
        ("appointed", admin.pk),
        ("registered", admin.pk),
    ]
    found = wagtail.get(reverse("people:index"), {"q": "bold", "building": building.pk}).content.decode()
    assert "&lt;b&gt;Bold" in found
    assert "<b>Bold" not in found
    assert str(building) in found
    log = wagtail.get(reverse("audit:index"), {"q": "Bold"}).content.decode()
    assert "appointed" in log


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"person_email": "nobody@example.org"}, "nobody with this email"),
        ({"role": "principal", "building": ""}, "needs a building"),
        ({"ends_on": "2000-01-01"}, "before it starts"),
    ],
)
def test_a_wrong_position_is_told_on_its_form(wagtail, teacher, building, change, said):
    right = {"person_email": teacher.email, "role": "teacher", "building": building.pk}

    answer = wagtail.post(reverse("positions:add"), {**right, "starts_on": "2026-09-01", **change})

    assert said in answer.content.decode()
    assert Position.objects.filter(person=teacher).count() == 1


def test_the_last_administrator_is_kept_by_the_forms_too(wagtail, admin):
    position = admin.positions.get()
    ended = {
        "person_email": admin.email,
        "role": "psesd-admin",
        "starts_on": "2020-09-01",
        "ends_on": timezone.localdate().isoformat(),
    }
    closed = {"email": admin.email, "first_name": "Ada", "last_name": "Last", "language": "en"}

    for answer in (
        wagtail.post(reverse("positions:edit", args=[position.pk]), ended),
        wagtail.post(reverse("people:edit", args=[admin.pk]), closed),
    ):
        assert "last PSESD administrator" in answer.content.decode()
    assert admin.positions.current().get().ends_on is None
    assert not AuditEntry.objects.exists()


def test_places_and_focus_areas_are_kept_and_audited(wagtail, district):
    wagtail.post(reverse("focus-areas:add"), {"name": "Belonging"})
    area = FocusArea.objects.get()
    building = {"district": district.pk, "name": "New School", "slug": "new-school", "level": "high"}

    wagtail.post(reverse("buildings:add"), {**building, "focus_areas": [area.pk], "languages": ["en"]})

    added = Building.objects.get(slug="new-school")
    assert list(added.focus_areas.all()) == [area]
    again = wagtail.post(reverse("buildings:add"), {**building, "slug": "other"})
    assert again.status_code == 200
    assert Building.objects.filter(name="New School").count() == 1
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "added building",
        "added focus area",
    ]


def upload(client, text, name="staff.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("staff_imports:index"), {"file": file}, follow=True)


def test_a_staff_file_is_looked_at_then_imported_once(wagtail, building):
    text = f"email,given_name,family_name,role,building\nann@example.org,Ann,Lee,teacher,{building.slug}\n"

    looked = upload(wagtail, text)
    assert "new person" in looked.content.decode()
    assert not User.objects.filter(email="ann@example.org").exists()

    address, confirmed = looked.request["PATH_INFO"], {"confirmed": looked.context["plan"].digest}
    for _press in range(2):
        wagtail.post(address, confirmed)
    assert Position.objects.filter(person__email="ann@example.org").count() == 1
    assert StaffImport.objects.get().summary["new person"] == 1
    assert "Imported on" in wagtail.get(address).content.decode()


def test_a_wrong_staff_file_is_told_by_line_and_can_not_be_confirmed(wagtail, building):
    text = "email,given_name,family_name,role\nann@example.org,Ann,<i>Lee</i>,janitor\n"

    looked = upload(wagtail, text)

    assert looked.status_code == 422
    assert "janitor" in looked.content.decode()
    wagtail.post(looked.request["PATH_INFO"], {"confirmed": looked.context["plan"].digest})
    assert not User.objects.filter(email="ann@example.org").exists()
    assert StaffImport.objects.get().imported_at is None


def test_an_administrator_invites_who_has_no_password(
    wagtail, teacher, mailoutbox, django_capture_on_commit_callbacks
):
    waiting = User.objects.create_user("waiting@example.org", first_name="Wai", last_name="Ting")

    with django_capture_on_commit_callbacks(execute=True):
        wagtail.post(reverse("people:invite", args=[waiting.pk]))

    assert [message.to for message in mailoutbox] == [[waiting.email]]
    assert wagtail.get(reverse("people:invite", args=[teacher.pk])).status_code == 404
