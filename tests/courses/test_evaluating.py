"""Evaluations: sent once, kept without their people, told only in tens."""

import random
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import clock_hours, evaluating
from courses.models import Enrollment, EvaluationAnswers, EvaluationReceipt
from courses.scopes import evaluations_visible_to
from tests import factories
from tests.courses.endings import ANSWERS, EQUITY, complete, make_approved_course, read_all


@pytest.fixture
def approved(db):
    """A course with three clock hours that asks for an evaluation."""
    return make_approved_course()


@pytest.fixture
def due(teacher, approved):
    """An enrollment with all done but the evaluation."""
    return read_all(teacher, approved)


def sheets(count, course, **place):
    """So many sheets of answers, given somewhere."""
    for _number in range(count):
        EvaluationAnswers.objects.create(
            id=uuid.uuid4(),
            course_key=course.translation_key,
            month=timezone.localdate().replace(day=1),
            answers={**ANSWERS, "improve": "More time."},
            **place,
        )


def test_sending_it_completes_the_course_and_keeps_the_person_out(due, building):
    assert evaluating.is_due(due)
    assert evaluating.send(due, {**ANSWERS, "keep": "All of it."})
    assert due.is_complete
    sheet = EvaluationAnswers.objects.get()
    assert sheet.answers == {**ANSWERS, "keep": "All of it."}
    assert (sheet.course_key, sheet.building) == (due.course_key, building)
    held = {field.name for field in EvaluationAnswers._meta.get_fields()}
    assert held == {"id", "course_key", "building", "district", "month", "answers"}


def test_a_second_press_stores_nothing(due):
    assert evaluating.send(due, ANSWERS)
    assert not evaluating.send(due, {**ANSWERS, "quality": 1})
    assert EvaluationAnswers.objects.get().answers["quality"] == 5
    assert EvaluationReceipt.objects.count() == 1


def test_it_is_not_due_before_the_modules_are_done(teacher, approved):
    from courses import enrolling

    enrollment = enrolling.enroll(person=teacher, course=approved)
    with pytest.raises(evaluating.NotDue):
        evaluating.send(enrollment, ANSWERS)
    assert not EvaluationReceipt.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"quality": 6},
        {"quality": "5"},
        {"quality": True},
        {"quality": None},
        {"improve": "x" * 2001},
        {"improve": ["a"]},
        {"no_such_question": 1},
    ],
)
def test_what_no_form_sends_is_refused(due, wrong):
    with pytest.raises(evaluating.NotAnAnswer):
        evaluating.send(due, {**ANSWERS, **wrong})
    assert not EvaluationReceipt.objects.exists()


def test_example_answers_are_answers_to_the_questions(due):
    for seed in range(20):
        evaluating._checked(evaluating.example_answers(random.Random(seed)))


def test_the_page_takes_it_and_the_fewer_hours_that_are_claimed(
    due, client_of, teacher, django_capture_on_commit_callbacks
):
    client, url = client_of(teacher), reverse("courses:evaluation", args=[due.pk])
    page = client.get(url).content.decode()
    assert "How far did this course do what it said it would?" in page
    assert client.post(url, {"quality": 5}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, {**ANSWERS, f"claim-{EQUITY}": "2.5"})
    assert answer.url == reverse("courses:end", args=[due.pk])
    assert [entry.hours for entry in clock_hours.entries_of(due)] == [2.5]
    assert due.certificates.get().snapshot["total_hours"] == "2.5"
    assert "You have sent it" in client.get(url).content.decode()
    assert client.post(url, ANSWERS).status_code == 200
    assert EvaluationAnswers.objects.count() == 1


@pytest.mark.parametrize("hours", ["3.5", "-1", "1.25", "NaN", "1e3", "half", ""])
def test_hours_that_are_not_offered_are_refused_with_the_form(due, client_of, teacher, hours):
    answer = client_of(teacher).post(
        reverse("courses:evaluation", args=[due.pk]), {**ANSWERS, f"claim-{EQUITY}": hours}
    )
    assert answer.status_code == 422
    assert not EvaluationReceipt.objects.exists()


def test_the_page_says_politely_why_not(teacher, approved, client_of):
    from courses import enrolling

    enrollment = enrolling.enroll(person=teacher, course=approved)
    url = reverse("courses:evaluation", args=[enrollment.pk])
    assert "when all modules are done" in client_of(teacher).get(url).content.decode()
    assert client_of(teacher).post(url, ANSWERS).status_code == 409


def test_another_persons_evaluation_does_not_exist(due, building, client_of, admin):
    url = reverse("courses:evaluation", args=[due.pk])
    for stranger in (factories.make_teacher(building), admin):
        assert client_of(stranger).get(url).status_code == 404
        assert client_of(stranger).post(url, ANSWERS).status_code == 404
    assert not EvaluationReceipt.objects.exists()


def test_a_course_that_is_done_may_still_be_evaluated_and_offers_no_hours_again(teacher, approved, client_of):
    enrollment = complete(teacher, approved)
    page = client_of(teacher).get(reverse("courses:evaluation", args=[enrollment.pk])).content.decode()
    assert "claim-" not in page
    assert evaluating.send(enrollment, ANSWERS)
    assert Enrollment.objects.get(pk=enrollment.pk).completed_at == enrollment.completed_at


def test_nine_answers_are_too_few_and_ten_are_told(approved, building):
    sheets(9, approved, building=building)
    assert evaluating.totals(EvaluationAnswers.objects.all()) is None
    sheets(1, approved, building=building)
    told = evaluating.totals(EvaluationAnswers.objects.all())
    assert told.sheets == 10
    assert told.scales[0].counts == [0, 0, 0, 0, 10]
    assert told.scales[1].mean == 4


def test_totals_are_of_the_places_that_a_person_sees(
    approved, building, principal, district_admin, coach, editor, admin, teacher
):
    other = factories.BuildingFactory(district=building.district)
    sheets(12, approved, building=building, district=building.district)
    sheets(3, approved, building=other, district=building.district)
    sheets(20, approved, building=factories.BuildingFactory())

    def counts(person):
        return [found.count() for _place, found in evaluations_visible_to(person, approved.translation_key)]

    assert counts(principal) == counts(coach) == [12]
    assert counts(district_admin) == [15]
    assert counts(editor) == counts(admin) == [35]
    assert counts(teacher) == []


def test_no_figure_of_a_building_stands_beside_its_districts(approved, building, district_admin):
    # 15 in the district less 12 here would tell what the three others said.
    factories.PositionFactory(person=district_admin, role="principal", building=building)
    places = [place for place, _found in evaluations_visible_to(district_admin, approved.translation_key)]
    assert places == [building.district.name]


def test_the_totals_page(approved, building, client_of, principal, editor, teacher):
    url = reverse("courses:evaluation_totals", args=[approved.translation_key])
    sheets(10, approved, building=building)
    page = client_of(principal).get(url).content.decode()
    assert "10 answers" in page
    assert "More time." not in page  # a leader might know the hand
    assert "More time." in client_of(editor).get(url).content.decode()
    assert client_of(teacher).get(url).status_code == 404
    EvaluationAnswers.objects.first().delete()
    assert "Fewer than ten" in client_of(principal).get(url).content.decode()
    nowhere = reverse("courses:evaluation_totals", args=[uuid.uuid4()])
    assert client_of(editor).get(nowhere).status_code == 404
