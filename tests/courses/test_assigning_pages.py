"""The pages of assigning: one step after the other, each refusing politely what can't be."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import Edition
from courses import assigning, enrolling
from courses.assigning import Wish
from courses.assignment_forms import LISTED, MOST_NAMED, word_of
from courses.models import Assignment, Enrollment, Nudge
from roster.models import Position
from tests.factories import BuildingFactory, make_person, make_principal, make_teacher

NEW = reverse("courses:assignment_new")


@pytest.fixture
def staff(building, principal):
    return [make_teacher(building, last_name=name) for name in ("Adebayo", "Begay", "Chen")]


@pytest.fixture
def filled(building, course):
    """What a browser sends for all staff of the building."""
    return {
        "place": word_of(building),
        "course": str(course.translation_key),
        "whom": "all",
        "due_on": (timezone.localdate() + datetime.timedelta(days=9)).isoformat(),
        "message": "<b>Read</b> it.",
        "token": str(uuid.uuid4()),
        "step": "preview",
    }


@pytest.fixture
def assignment(principal, building, course, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return assigning.assign(wish=Wish(course=course, place=building), by=principal, token=uuid.uuid4())


def test_from_the_form_over_the_preview_to_the_assignment(
    client_of, principal, staff, filled, django_capture_on_commit_callbacks
):
    client = client_of(principal)
    assert client.get(NEW).status_code == 200
    preview = client.post(NEW, filled)
    page = preview.content.decode()
    assert "It reaches 4 people" in page
    assert all(person.sorted_name in page for person in staff)
    assert "&lt;b&gt;Read&lt;/b&gt; it." in page
    assert not Assignment.objects.exists()

    kept = {field.html_name: field.value() for field in preview.context["form"] if field.value()}
    sent = {**kept, "place": filled["place"], "step": "confirm"}
    with django_capture_on_commit_callbacks(execute=True):
        first, second = client.post(NEW, sent), client.post(NEW, sent)
    assignment = Assignment.objects.get()
    assert first.url == second.url == reverse("courses:assignment", args=[assignment.pk])
    shown = client.get(first.url).content.decode()
    assert all(person.sorted_name in shown for person in staff)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_on": "2020-01-01"}, "This day is past"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"whom": "people"}, "Choose at least one person"),
        ({"whom": "roles"}, "Choose at least one role"),
        ({"whom": "people", "people": ["999999"]}, "doesn&#x27;t work there"),
        ({"whom": "people", "people": ["1 or 1=1"]}, "doesn&#x27;t work there"),
        ({"whom": "roles", "roles": ["king"]}, "king is not one of the available choices"),
        ({"whom": "roles", "roles": ["superintendent"]}, "open to nobody"),
        ({"course": str(uuid.uuid4())}, "is not one of the available choices"),
        ({"message": "x" * 1001}, "at most 1000 characters"),
        ({"token": "none"}, "Enter a valid UUID"),
        ({"whom": "people", "people": [str(n) for n in range(MOST_NAMED + 1)]}, "up to 500 people"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_what_cannot_be_is_said_in_words(client_of, principal, teacher, filled, change, said, step):
    response = client_of(principal).post(NEW, {**filled, **change, "step": step})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Assignment.objects.exists()


def test_a_place_that_is_not_theirs_does_not_exist(client_of, principal, filled, district):
    client = client_of(principal)
    for place in (BuildingFactory(district=district), district):
        assert client.get(NEW, {"place": word_of(place)}).status_code == 404
        assert client.post(NEW, {**filled, "place": word_of(place)}).status_code == 404


@pytest.mark.parametrize("who", ["teacher", "coach", "editor", "admin"])
def test_who_leads_nothing_cannot_assign(request, client_of, who):
    assert client_of(request.getfixturevalue(who)).get(NEW).status_code == 404


def test_people_are_found_by_name_and_the_chosen_ones_stay(client_of, principal, staff, filled):
    chosen = staff[0]
    sent = {**filled, "step": "find", "whom": "people", "people": [chosen.pk], "sought": "bega"}
    whole = client_of(principal).post(NEW, sent)
    part = client_of(principal).post(NEW, sent, headers={"HX-Request": "true"})
    for response in (whole, part):
        assert [(p.last_name, p.is_ticked) for p in response.context["people"]] == [
            ("Adebayo", True),
            ("Begay", False),
        ]
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()


def test_a_large_place_lists_nobody_until_somebody_is_sought(client_of, principal, building, staff):
    for _person in range(LISTED):
        make_teacher(building)
    assert client_of(principal).get(NEW).context["people"] == []


def test_an_assignment_shows_who_is_how_far(client_of, principal, assignment, staff, course):
    Enrollment.objects.filter(person=staff[0]).update(
        due_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    client = client_of(principal)
    address = reverse("courses:assignment", args=[assignment.pk])
    response = client.get(address, {"state": "overdue"})
    assert response.context["watched"].counts == {
        "all": 4, "not_started": 4, "under_way": 0, "done": 0, "overdue": 1,
    }  # fmt: skip
    assert [row.person for row in response.context["page_obj"]] == [staff[0]]
    found = client.get(address, {"q": "chen", "state": "nonsense"}).context["page_obj"]
    assert [row.person for row in found] == [staff[2]]


def test_progress_is_asked_for_until_all_are_reached(client_of, principal, assignment):
    client = client_of(principal)
    address = reverse("courses:assignment", args=[assignment.pk])
    asked = {"data": {"part": "progress"}, "headers": {"HX-Request": "true"}}
    Assignment.objects.update(reached_at=None)
    waiting = client.get(address, **asked)
    assert "hx-get" in waiting.content.decode()
    Assignment.objects.update(reached_at=timezone.now())
    assert client.get(address, **asked)["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("principal", 200),
        ("district_admin", 200),
        ("admin", 200),
        ("teacher", 404),
        ("coach", 404),
        ("editor", 404),
    ],
)
def test_who_may_see_an_assignment(request, client_of, assignment, who, status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("courses:assignment", args=[assignment.pk])).status_code == status
    withdrawal = reverse("courses:assignment_withdraw", args=[assignment.pk])
    may = 200 if who in ("principal", "district_admin") else 404
    assert client.get(withdrawal).status_code == may


def test_withdrawing_says_what_it_does_and_can_be_undone(
    client_of, principal, assignment, staff, django_capture_on_commit_callbacks
):
    client = client_of(principal)
    withdrawal = reverse("courses:assignment_withdraw", args=[assignment.pk])
    assert "4 people who have not begun are taken out" in client.get(withdrawal).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(withdrawal)
        client.post(withdrawal)
    assert set(Enrollment.objects.values_list("status", flat=True)) == {"withdrawn"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("courses:assignment_restore", args=[assignment.pk]))
    assert set(Enrollment.objects.values_list("status", flat=True)) == {"not-started"}


def test_nudging_one_or_all(client_of, principal, assignment, staff):
    client, nudges = client_of(principal), reverse("courses:nudge")
    one = Enrollment.objects.get(person=staff[0])
    client.post(nudges, {"enrollment": one.pk})
    assert list(Nudge.objects.values_list("enrollment", flat=True)) == [one.pk]
    client.post(nudges, {"assignment": assignment.pk})
    client.post(nudges, {"assignment": assignment.pk})
    assert Nudge.objects.count() == 3


@pytest.mark.parametrize("sent", [{}, {"enrollment": "x"}, {"enrollment": "9" * 30}, {"assignment": "x"}])
def test_a_forged_nudge_is_not_found(client_of, principal, sent):
    assert client_of(principal).post(reverse("courses:nudge"), sent).status_code == 404


def test_nobody_nudges_people_whom_they_do_not_lead(client_of, district, assignment, staff, teacher, coach):
    other = make_principal(BuildingFactory(district=district))
    enrollment = Enrollment.objects.get(person=staff[0])
    for person in (other, teacher, coach):
        response = client_of(person).post(reverse("courses:nudge"), {"enrollment": enrollment.pk})
        assert response.status_code == 404
    assert not Nudge.objects.exists()


def test_the_way_back_stays_on_this_site(client_of, principal, assignment):
    sent = {"assignment": assignment.pk, "next": "https://elsewhere.example/"}
    assert client_of(principal).post(reverse("courses:nudge"), sent).url == reverse("courses:assignments")


@pytest.mark.parametrize("page", ["assignments", "assignment"])
def test_a_page_of_assignments_costs_the_same_at_any_size(
    client_of, principal, building, course, assignment, page, django_assert_max_num_queries
):
    client = client_of(principal)
    address = reverse("courses:assignments") if page == "assignments" else assignment_url(assignment)
    costs = []
    for size in (1, 6):
        for _number in range(size):
            person = make_teacher(building)
            enrolling.enroll(person=person, course=course, because=assignment)
            again = Assignment.objects.create(
                course_key=course.translation_key,
                course_title="Again",
                by=make_person(Position.Role.TEACHER, building=building),
                building=building,
                token=uuid.uuid4(),
                reached_at=timezone.now(),
            )
            enrolling.enroll(person=person, course=course, because=again)
        client.get(address)
        with django_assert_max_num_queries(15) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def assignment_url(assignment):
    return reverse("courses:assignment", args=[assignment.pk])


def test_a_course_page_leads_its_leader_to_assign_it_due_as_the_edition_proposes(
    client_of, principal, teacher, building, course
):
    Edition.objects.create(course_key=course.translation_key, building=building, live=True, due_in_days=21)
    address = f"{NEW}?course={course.translation_key}"
    assert address in client_of(principal).get(course.get_url()).content.decode()
    assert NEW not in client_of(teacher).get(course.get_url()).content.decode()
    form = client_of(principal).get(address).context["form"]
    assert form["course"].initial == str(course.translation_key)
    assert form["due_on"].initial == timezone.localdate() + datetime.timedelta(days=21)
    assert client_of(principal).get(f"{NEW}?course=nonsense").status_code == 200
