"""Importing staff: all of it or nothing, errors by line, nothing twice."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from roster import importing, staff_files
from roster.models import AuditEntry, Building, Position, StaffImport, User
from roster.signals import positions_changed

HEAD = (
    "email,given_name,family_name,role,district,building,title,starts_on,ends_on,language,certificate_number"
)


def file(*lines, head=HEAD):
    return "\n".join([head, *lines]) + "\n"


def line(email="ann@example.org", given="Ann", family="Lee", role="teacher", building="a1", **more):
    values = {"email": email, "given_name": given, "family_name": family, "role": role, "building": building}
    return ",".join({**values, **more}.get(name, "") for name in HEAD.split(","))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (line(email="nope"), "valid email"),
        (line(email=""), "email"),
        (line(given=""), "given_name"),
        (line(role="janitor"), "janitor"),
        (line(building="nowhere"), "nowhere"),
        (line(building="a1", district="b"), "not in District b"),
        (line(building=""), "building"),
        (line(role="principal", building="", district="a"), "principal needs a building"),
        (line(role="superintendent", building="a1"), "whole district"),
        (line(starts_on="2026-13-01"), "starts_on"),
        (line(starts_on="2026-09-01", ends_on="2026-08-01"), "ends before it starts"),
        (line(language="xx"), "language"),
        (line(certificate_number="12"), "certificate_number"),
        (line(given="A" * 200), "given_name"),
        (line() + ",too much", "more values"),
        (line(email="good@example.org", given="Other"), "Line 2"),
        (line(email="good@example.org", given="Good"), "in line 2 already"),
    ],
)
def test_one_wrong_line_is_told_with_its_number_and_nothing_is_imported(region, wrong, said):
    text = file(line(email="good@example.org", given="Good"), "", wrong)

    with pytest.raises(importing.CannotImport) as caught:
        importing.import_staff(text)

    assert {error.line for error in caught.value.plan.errors} == {4}
    assert said in " ".join(error.message for error in caught.value.plan.errors)
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "line_number"), [("", 1), ("name,mail\nx,y\n", 1), (HEAD + "\n", 2), (HEAD + '\n"x', 2)]
)
def test_what_is_no_staff_file_says_so(region, text, line_number):
    assert [error.line for error in importing.plan(text).errors] == [line_number]


def test_bytes_that_are_no_text_say_so():
    for content in (b"\xff\xfe\x00", "José".encode("latin-1"), b"a\x00b"):
        with pytest.raises(ValidationError):
            staff_files.decode(content)


def test_semicolons_excels_mark_and_its_days_are_read(region):
    text = file(line(starts_on="8/31/2026")).replace(",", ";")

    importing.import_staff(staff_files.decode(b"\xef\xbb\xbf" + text.encode()))

    assert str(Position.objects.get().starts_on) == "2026-08-31"


def test_importing_again_changes_nothing_and_an_email_is_known_whatever_its_case(region):
    text = file(line(starts_on="2026-08-31"), line(role="coach", building="", starts_on="2026-08-31"))
    importing.import_staff(text)
    entries = AuditEntry.objects.count()

    again = importing.import_staff(text.replace("ann@", "ANN@"))

    assert again.changes == []
    assert again.unchanged == 2
    assert User.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_a_line_corrects_the_position_that_it_touches_and_tells_of_it(region, people):
    told = []

    def hear(person_ids, **_kwargs):
        told.append(person_ids)

    positions_changed.connect(hear)
    teacher = people["teacher_a1"]
    text = file(
        line(
            email=teacher.email,
            given=teacher.first_name,
            family=teacher.last_name,
            title="Science",
            ends_on="2026-06-30",
        )
    )

    done = importing.import_staff(text, by=people["admin"])

    positions_changed.disconnect(hear)
    position = teacher.positions.get()
    assert (position.title, str(position.ends_on)) == ("Science", "2026-06-30")
    assert [change.kind for change in done.changes] == ["changed position"]
    assert told == [{teacher.pk}]
    assert AuditEntry.objects.get(action="changed position").actor == people["admin"]


def test_people_who_are_not_in_the_file_stay(region, people):
    importing.import_staff(file(line()))

    assert people["teacher_a1"].positions.current().exists()


def test_a_file_can_not_end_the_last_administrator(region, people):
    admin = people["admin"]
    ending = line(
        email=admin.email,
        given=admin.first_name,
        family=admin.last_name,
        role="psesd-admin",
        building="",
        ends_on="2026-06-30",
    )

    assert "last PSESD administrator" in importing.plan(file(ending)).errors[0].message


def test_what_is_imported_is_what_was_confirmed_and_once(region, people):
    upload = StaffImport.objects.create(by=people["admin"], name="staff.csv", text=file(line()))
    shown = importing.plan(upload.text).digest
    Building.objects.filter(slug="a1").update(name="Another name")
    with pytest.raises(importing.PlanHasChanged):
        importing.carry_out(upload=upload, confirmed=shown, by=people["admin"])
    upload.refresh_from_db()
    assert upload.imported_at is None

    shown = importing.plan(upload.text).digest
    assert importing.carry_out(upload=upload, confirmed=shown, by=people["admin"])
    assert importing.carry_out(upload=upload, confirmed=shown, by=people["admin"]) is None
    assert User.objects.filter(email="ann@example.org").count() == 1


def test_a_plan_asks_the_same_number_of_queries_for_more_staff(region, django_assert_num_queries):
    def plan(count):
        return importing.plan(file(*(line(email=f"p{n}@example.org") for n in range(count))))

    plan(1)
    with django_assert_num_queries(3):
        assert not plan(2).errors
    with django_assert_num_queries(3):
        assert not plan(200).errors


def test_the_demonstration_region_comes_in_whole_and_again(db, tmp_path):
    call_command("import_roster", verbosity=0)

    lucia = User.objects.get(email="lucia.garcia@alder-valley.example")
    assert lucia.positions.current().get().building.slug == "heron-bend-middle"
    assert not lucia.has_usable_password()
    assert Building.objects.count() == 9
    assert User.objects.get(email="june.takahashi@psesd.example").groups.count() == 2

    entries = AuditEntry.objects.count()
    call_command("import_roster", verbosity=0)
    assert AuditEntry.objects.count() == entries

    broken = tmp_path / "staff.csv"
    broken.write_text(file(line(building="kelp-bay-k8"), line(building="nowhere")))
    with pytest.raises(CommandError, match="line 3"):
        call_command("import_roster", staff=broken, verbosity=0)
    assert not User.objects.filter(email="ann@example.org").exists()


def test_one_password_for_everybody_is_for_a_demonstration_only(db):
    assert not settings.DEMONSTRATION
    with pytest.raises(CommandError, match="demonstration"):
        call_command("import_roster", password="equity-demo-2026")
