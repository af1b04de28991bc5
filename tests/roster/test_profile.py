"""A person's profile, their language, and a building's own words."""

import pytest
from django.urls import reverse
from django.utils import translation

from notices import choosing
from notices.models import Kind
from roster.models import AuditEntry, FocusArea, User
from roster.signals import places_changed
from tests.factories import BuildingFactory

PROFILE = {
    "first_name": "Lucía",
    "last_name": "García",
    "preferred_name": "Luz",
    "language": "en",
    "certificate_number": "379949H",
    "notices-kinds": ["due", "certificate"],
}


def test_a_profile_is_kept_with_the_choice_of_emails_and_an_audit_entry(teacher, client_of):
    client = client_of(teacher)

    answer = client.post(reverse("roster:profile"), PROFILE)
    client.post(reverse("roster:profile"), PROFILE)

    assert answer.status_code == 302
    teacher.refresh_from_db()
    assert teacher.full_name == "Luz García"
    assert choosing.kinds_by_email(teacher) == {Kind.DUE, Kind.CERTIFICATE}
    entry = AuditEntry.objects.get(action="changed person")
    assert entry.actor == teacher
    assert entry.details["preferred_name"] == ["", "Luz"]


def test_a_wrong_profile_is_shown_again_with_what_was_typed_and_nothing_is_kept(teacher, client_of):
    wrong = {**PROFILE, "certificate_number": "1 2", "last_name": "<script>x</script>"}

    answer = client_of(teacher).post(reverse("roster:profile"), wrong)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Five to twelve letters and digits" in page
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x" in page
    teacher.refresh_from_db()
    assert teacher.preferred_name == ""
    assert choosing.kinds_by_email(teacher) == set(Kind.values)


def test_a_profile_can_not_make_an_administrator(teacher, client_of):
    forged = {**PROFILE, "is_superuser": "on", "is_staff": "on", "email": "else@example.org"}

    client_of(teacher).post(reverse("roster:profile"), forged)

    after = User.objects.get(pk=teacher.pk)
    assert (after.is_superuser, after.is_staff, after.email) == (False, False, teacher.email)


def test_the_profile_shows_positions_and_costs_the_same_for_many(
    teacher, building, client_of, django_assert_max_num_queries
):
    client = client_of(teacher)
    assert str(building) in client.get(reverse("roster:profile")).content.decode()
    with django_assert_max_num_queries(8):
        client.get(reverse("roster:profile"))


def test_pages_speak_the_language_that_the_person_chose(teacher, client_of):
    client = client_of(teacher)

    answer = client.post(reverse("set_language"), {"language": "es", "next": reverse("roster:profile")})

    assert answer.headers["Location"] == reverse("roster:profile")
    teacher.refresh_from_db()
    assert teacher.language == "es"
    client.cookies.clear()
    client = client_of(teacher)
    assert 'lang="es"' in client.get(reverse("roster:profile")).content.decode()
    translation.activate("en")


def test_a_visitors_language_is_that_of_their_cookie_and_a_forged_one_changes_nothing(client, db):
    client.post(reverse("set_language"), {"language": "es"})
    assert 'lang="es"' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("set_language"), {"language": "xx"})
    assert 'lang="es"' in client.get(reverse("account_login")).content.decode()
    translation.activate("en")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("teacher", 404),
        ("coach", 404),
        ("editor", 404),
        ("principal", 200),
        ("district_admin", 200),
        ("admin", 200),
    ],
)
def test_a_buildings_words_are_kept_by_who_leads_it(request, building, client_of, who, status):
    client = client_of(request.getfixturevalue(who))

    answer = client.get(reverse("roster:building_profile", args=[building.slug]))

    assert answer.status_code == status


def test_another_buildings_words_are_not_there_for_a_principal(principal, client_of):
    other = BuildingFactory(goal="As it was.")

    answer = client_of(principal).post(
        reverse("roster:building_profile", args=[other.slug]), {"goal": "Taken over."}
    )

    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.goal == "As it was."


def test_what_a_principal_writes_is_told_once_and_languages_keep_their_order(principal, building, client_of):
    building.languages = ["es", "en", "mix"]
    building.save()
    belonging, other = (FocusArea.objects.create(name=name) for name in ("Belonging", "Attendance"))
    building.focus_areas.set([other])
    told = []

    def hear(building_ids, district_ids, **_kwargs):
        told.append((building_ids, district_ids))

    places_changed.connect(hear)
    words = {"goal": "New.", "focus_areas": [belonging.pk], "languages": ["en", "so", "es"]}
    for _time in range(2):
        client_of(principal).post(reverse("roster:building_profile", args=[building.slug]), words)
    places_changed.disconnect(hear)

    building.refresh_from_db()
    assert building.goal == "New."
    assert building.languages == ["es", "en", "mix", "so"]
    assert list(building.focus_areas.all()) == [belonging]
    assert told == [({building.pk}, set())]
    assert AuditEntry.objects.get().details["goal"] == ["Every student is known by name.", "New."]
