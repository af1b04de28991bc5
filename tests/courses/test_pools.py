"""A pool of questions: drawn for one person and try, judged as one, and silent about the rest."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from courses import checking, enrolling
from courses.curricula import curriculum_of
from courses.models import CheckAttempt
from courses.questions import asked_at, draw, questions_of
from tests import factories
from tests.courses.doing import finish

ids = st.lists(st.uuids().map(str), min_size=1, max_size=12, unique=True)


@given(ids, st.integers(1, 12), st.integers(1, 9), st.text(max_size=8))
def test_every_try_asks_so_many_different_questions_and_the_same_again(some, count, number, seed):
    drawn = draw(some, count, seed, number)
    assert len(drawn) == len(set(drawn)) == min(count, len(some))
    assert set(drawn) <= set(some)
    assert draw(some[::-1], count, seed, number) == drawn


@given(ids, st.integers(1, 12), st.text(max_size=8))
def test_nothing_is_asked_twice_before_all_was_asked(some, count, seed):
    rounds = len(some) // min(count, len(some))
    met = [id_ for number in range(1, rounds + 1) for id_ in draw(some, count, seed, number)]
    assert len(met) == len(set(met))


@pytest.fixture
def at(teacher):
    """The teacher in a course whose only module is a pool of five questions that draws two."""
    return place(teacher)


def place(teacher, **pool):
    course = factories.make_course("Pooled", modules=0)
    module = factories.make_module(course, body=[factories.pool(**pool)])
    enrollment = enrolling.enroll(person=teacher, course=course)
    block = curriculum_of(enrollment).resolve(module.translation_key).blocks[0]
    return {"enrollment": enrollment, "module_key": module.translation_key, "block_id": block.id}


def block_of(at):
    return curriculum_of(at["enrollment"]).resolve(at["module_key"]).blocks[0]


def asked(at, number=1):
    return asked_at(block_of(at), enrollment_id=at["enrollment"].pk, number=number)


def answers(asked, *, right):
    """One answer to each of the questions: the right one where ``right`` says so."""
    return [
        list(question.answers)[0 if is_right else 1] for question, is_right in zip(asked, right, strict=True)
    ]


def url_of(at, name="check"):
    args = [at["enrollment"].pk, at["module_key"]]
    return reverse(f"courses:{name}", args=[*args, at["block_id"]] if name == "check" else args)


def fields(asked, choices):
    return {f"choice:{question.id}": question.chosen(choices) for question in asked}


def test_another_try_asks_other_questions(at):
    first, second = asked(at, 1), asked(at, 2)
    assert len(first) == len(second) == 2
    assert not {one.id for one in first} & {one.id for one in second}


@pytest.mark.parametrize(
    ("needed", "right", "score", "passed"),
    [(0, [True, True], 100, True), (0, [True, False], 50, False), (1, [True, False], 50, True)],
)
def test_a_try_is_passed_by_the_questions_that_are_right(teacher, needed, right, score, passed):
    at = place(teacher, right=needed)
    attempt = checking.answer(**at, choices=answers(asked(at), right=right))
    assert (attempt.score, attempt.passed, attempt.question) == (score, passed, "A pool")


def test_the_record_keeps_the_questions_as_they_were_asked(at):
    drawn = asked(at)
    choices = answers(drawn, right=[True, False])
    kept = checking.answer(**at, choices=choices).asked
    assert [one["id"] for one in kept] == [one.id for one in drawn]
    assert [one["score"] for one in kept] == [100, 0]
    assert [one["choices"] for one in kept] == [[choices[0]], [choices[1]]]
    assert {answer["text"] for answer in kept[0]["answers"]} == {"Answer 0", "Answer 1", "Answer 2"}


def test_half_an_answer_and_an_answer_to_what_was_not_asked_are_refused(at):
    drawn = asked(at)
    whole = answers(drawn, right=[True, True])
    others = [one for id_, one in questions_of(block_of(at)).items() if id_ not in {q.id for q in drawn}]
    for choices in ([], whole[:1], [*whole, next(iter(others[0].answers))], [whole[0], whole[0]]):
        with pytest.raises(checking.NotAnAnswer):
            checking.answer(**at, choices=choices)
    assert not CheckAttempt.objects.exists()


def test_the_page_holds_what_was_drawn_and_no_key(client_of, at, teacher):
    page = client_of(teacher).get(url_of(at, "module")).content.decode()
    drawn = {one.id for one in asked(at)}
    for id_, question in questions_of(block_of(at)).items():
        assert (f"asked-{id_}" in page) == (id_ in drawn)
        assert all((answer in page) == (id_ in drawn) for answer in question.answers)
    assert "Feedback" not in page
    assert "data-is=" not in page.split('class="pool__question"')[1].split("</form>")[0]


def test_what_is_said_after_a_try_is_of_the_chosen_answers_alone(client_of, at, teacher):
    drawn = asked(at)
    sent = {"number": 1, **fields(drawn, answers(drawn, right=[True, False]))}
    said = client_of(teacher).post(url_of(at), sent, headers={"hx-request": "true"}).content.decode()
    first, second = (question.text.source[len("<p>Question ") : -len("?</p>")] for question in drawn)
    assert "1 of 2 questions are answered rightly." in said
    assert f"Feedback {first}.0" in said
    assert f"Feedback {second}.1" in said
    assert said.count("Feedback") == 2
    assert "This one is right" not in said
    assert all(f"asked-{one.id}" in said for one in asked(at, 2))


def test_half_an_answer_comes_back_with_what_was_chosen(client_of, at, teacher):
    drawn = asked(at)
    chosen = answers(drawn, right=[True, True])[0]
    answer = client_of(teacher).post(url_of(at), {"number": 1, f"choice:{drawn[0].id}": chosen})
    assert answer.status_code == 422
    assert f'value="{chosen}" checked' in answer.content.decode()


def test_a_pool_that_an_editor_changed_shows_what_was_answered_and_still_stands(client_of, at, teacher):
    drawn = asked(at)
    checking.answer(**at, choices=answers(drawn, right=[True, False]))
    page = at["enrollment"].__class__.objects.get(pk=at["enrollment"].pk)
    module = curriculum_of(page).resolve(at["module_key"]).module
    raw = [dict(stored) for stored in module.body.raw_data]
    raw[0]["value"]["questions"] = [one for one in raw[0]["value"]["questions"] if one["id"] != drawn[0].id]
    module.body = module.body.stream_block.to_python(raw)
    module.save()
    shown = client_of(teacher).get(url_of(at, "module")).content.decode()
    assert f"told-{drawn[0].id}" not in shown
    assert f"told-{drawn[1].id}" in shown
    assert len(CheckAttempt.objects.get().asked) == 2


def test_a_passed_pool_completes_its_part(at):
    finish(at["enrollment"], curriculum_of(at["enrollment"]).resolve(at["module_key"]))
    assert at["enrollment"].modules.get().completed_at


def test_mixed_answers_stay_as_they_are_for_one_person_and_differ_between_people(building):
    course = factories.make_course("Mixed", modules=0)
    module = factories.make_module(course, body=[factories.check(answers=6, shuffle=True)])
    orders = set()
    for _ in range(4):
        enrollment = enrolling.enroll(person=factories.make_teacher(building), course=course)
        block = curriculum_of(enrollment).resolve(module.translation_key).blocks[0]
        shown = [
            tuple(answer.id for answer in checking.judged(block, enrollment_id=enrollment.pk, attempt=None))
            for _again in range(2)
        ]
        assert shown[0] == shown[1]
        assert set(shown[0]) == set(next(iter(questions_of(block).values())).answers)
        orders.add(shown[0])
    assert len(orders) > 1
