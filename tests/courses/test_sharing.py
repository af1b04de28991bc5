"""Who may read a reflection: said by name of role and place, true, and over the moment it is taken back."""

import pytest
from django.urls import reverse

from courses import enrolling, reflecting, sharing
from courses.models import Reflection
from courses.scopes import reflections_visible_to
from notices.models import Notice
from roster.models import Position, User
from tests import factories


@pytest.fixture
def reflection(enrollment, first, prompt):
    """The teacher's own words."""
    at = {"enrollment": enrollment, "module_key": first.key, "block_id": prompt}
    return reflecting.save(**at, text="Between **us**.\n\n- one\n- two", based_on=0)


@pytest.fixture
def url(reflection):
    """Where the teacher chooses who can read it."""
    at = [reflection.enrollment_id, reflection.module_key, reflection.block_id]
    return reverse("courses:reflection_sharing", args=at)


def others_who_read(reflection) -> int:
    return sum(reflection in reflections_visible_to(user) for user in User.objects.all()) - 1


def test_each_choice_says_how_many_people_will_really_read_it(reflection, building, principal, coach, admin):
    factories.make_teacher(building)
    factories.make_person(Position.Role.COACH, district=building.district)
    factories.make_person(Position.Role.COACH, building=factories.BuildingFactory())
    said = {choice.value: choice.means for choice in sharing.choices(reflection)}
    for value, count in (("coach", 2), ("building", 4)):
        assert f"{count} people today" in said[value]
        assert "Heron Bend Middle School" in said[value]
        Reflection.objects.update(sharing=value)
        assert others_who_read(reflection) == count


def test_where_nobody_coaches_it_says_so(reflection):
    said = {choice.value: choice.means for choice in sharing.choices(reflection)}
    assert "Today there is none" in said["coach"]


def test_who_takes_a_course_outside_any_building_has_no_team_to_share_with(district, course):
    person = factories.make_person(Position.Role.DISTRICT_ADMIN, district=district)
    enrollment = enrolling.enroll(person=person, course=course)
    reflection = Reflection(
        enrollment=enrollment, module_key=course.translation_key, block_id="x", sharing="coach"
    )
    assert [choice.value for choice in sharing.choices(reflection)] == ["private", "coach"]


def test_the_page_names_the_law_and_the_choice_holds_at_once(client_of, teacher, principal, reflection, url):
    mine, theirs = client_of(teacher), client_of(principal)
    page = reverse("courses:shared_reflection", args=[reflection.pk])
    assert b"RCW 42.56" in mine.get(url).content
    assert theirs.get(page).status_code == 404
    mine.post(url, {"sharing": "building"})
    shown = theirs.get(page).content
    assert b"Between <strong>us</strong>." in shown
    assert b"<li>two</li>" in shown
    assert b"Between" in theirs.get(reverse("courses:shared")).content
    mine.post(url, {"sharing": "private"})
    assert theirs.get(page).status_code == 404
    assert b"Nothing is shared with you" in theirs.get(reverse("courses:shared")).content
    assert not Notice.objects.exists()


def test_a_script_gets_the_choices_and_the_chip_anew(client_of, teacher, reflection, url):
    answer = client_of(teacher).post(url, {"sharing": "coach"}, headers={"hx-request": "true"})
    assert b"<html" not in answer.content
    assert f'id="readers-{reflection.block_id}" hx-swap-oob="true"'.encode() in answer.content
    assert client_of(teacher).post(url, {"sharing": "everybody"}).status_code == 422


def test_what_is_shared_can_be_narrowed_and_shows_nobody_elses(
    client_of, coach, building, course, reflection
):
    Reflection.objects.update(sharing="coach")
    hidden = enrolling.enroll(person=factories.make_teacher(building), course=course)
    Reflection.objects.create(
        enrollment=hidden, module_key=reflection.module_key, block_id="x", prompt="?", text="Hidden.", words=1
    )
    client, page = client_of(coach), reverse("courses:shared")
    assert b"Between" in client.get(page, {"building": building.slug}).content
    everything = client.get(page, {"course": str(course.translation_key)}).content
    assert b"Between" in everything
    assert b"Hidden" not in everything
    assert b"Between" in client.get(page, {"building": "of-somebody-else", "page": "x"}).content


def test_the_shared_page_costs_the_same_for_many(client_of, coach, reflection, django_assert_max_num_queries):
    Reflection.objects.update(sharing="coach")
    for number in range(30):
        Reflection.objects.create(
            enrollment=reflection.enrollment,
            module_key=reflection.module_key,
            block_id=str(number),
            prompt="?",
            text="Words.",
            words=1,
            sharing="coach",
        )
    client = client_of(coach)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("courses:shared")).content.count(b'class="entry"') == 20
