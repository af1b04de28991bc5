"""A knowledge check: judged on the server, told only when it may be told, counted once."""

import uuid

import pytest
from django.urls import reverse

from cms.models import ModulePage
from courses import checking, enrolling
from courses.curricula import curriculum_of
from courses.models import CheckAttempt
from tests import factories


def make(teacher, **check):
    """A course whose only module is one check, with the teacher in it: its whereabouts, block and answers."""
    course = factories.make_course("Checked", modules=0)
    module = factories.make_module(course, body=[factories.check(**check)])
    enrollment = enrolling.enroll(person=teacher, course=course)
    block = curriculum_of(enrollment).resolve(module.translation_key).blocks[0]
    ids = [str(child.id) for child in block.value["answers"].bound_blocks]
    return {"enrollment": enrollment, "module_key": module.translation_key, "block_id": block.id}, block, ids


def url_of(at):
    return reverse("courses:check", args=[at["enrollment"].pk, at["module_key"], at["block_id"]])


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "score", "passed"),
    [
        ("single", [1], [1], 100, True),
        ("single", [1], [0], 0, False),
        ("truefalse", [0], [0], 100, True),
        ("multiple", [0, 2], [0, 2], 100, True),
        ("multiple", [0, 2], [0], 66, False),
        ("multiple", [0, 2], [0, 1, 2], 66, False),
        ("ordering", [], [0, 1, 2], 100, True),
        ("ordering", [], [1, 0, 2], 33, False),
    ],
)
def test_an_answer_is_judged_by_its_kind(teacher, kind, right, chosen, score, passed):
    at, _block, ids = make(teacher, kind=kind, right=right)
    attempt = checking.answer(**at, choices=[ids[n] for n in chosen])
    assert (attempt.score, attempt.passed, attempt.question) == (score, passed, "Which one?")


def test_a_pass_mark_below_all_is_enough(teacher):
    at, _block, ids = make(teacher, kind="multiple", right=[0, 2], pass_mark=60)
    assert checking.answer(**at, choices=[ids[0]]).passed


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering"])
def test_what_does_not_answer_the_check_is_refused(teacher, kind):
    at, _block, ids = make(teacher, kind=kind)
    refused = [[], [str(uuid.uuid4())], [ids[0], ids[0]], [ids[0], "forged"]]
    refused += {"single": [ids[:2]], "ordering": [ids[:2]]}.get(kind, [])
    for choices in refused:
        with pytest.raises(checking.NotAnAnswer):
            checking.answer(**at, choices=choices)
    assert not CheckAttempt.objects.exists()


def test_the_tries_that_are_allowed_are_all_there_are(teacher):
    at, _block, ids = make(teacher, attempts=2)
    for _ in range(2):
        checking.answer(**at, choices=[ids[1]])
    with pytest.raises(checking.NoTriesLeft):
        checking.answer(**at, choices=[ids[0]])
    assert CheckAttempt.objects.count() == 2


def test_used_up_tries_shut_nobody_in(teacher):
    at, _block, ids = make(teacher, attempts=1)
    checking.answer(**at, choices=[ids[1]])
    assert at["enrollment"].progress == 50  # the check counts; the end of the text is open


def test_a_form_that_is_sent_twice_is_one_try(teacher):
    at, _block, ids = make(teacher)
    first = checking.answer(**at, choices=[ids[1]], number=1)
    assert checking.answer(**at, choices=[ids[1]], number=1) == first
    assert CheckAttempt.objects.count() == 1


def test_the_page_holds_no_key_before_the_answer(client_of, teacher):
    at, _block, _ids = make(teacher, right=[1])
    page = client_of(teacher).get(reverse("courses:module", args=[at["enrollment"].pk, at["module_key"]]))
    assert b"Answer 1" in page.content
    assert b"Feedback" not in page.content
    assert b"data-is=" not in page.content.split(b"<fieldset")[1]


def test_an_ordering_is_not_shown_in_its_right_order(teacher):
    _at, block, ids = make(teacher, kind="ordering", answers=4)
    for enrollment_id in range(30):
        shown = [answer.id for answer in checking.judged(block, enrollment_id=enrollment_id, attempt=None)]
        assert sorted(shown) == sorted(ids)
        assert shown != ids


def test_feedback_is_of_the_chosen_answer_alone_until_it_is_settled(client_of, teacher):
    at, _block, ids = make(teacher, right=[0], attempts=2)
    client, url = client_of(teacher), url_of(at)
    wrong = client.post(url, {"choice": ids[1], "number": 1}, headers={"hx-request": "true"}).content
    assert b"Feedback 1" in wrong
    assert b"Feedback 0" not in wrong
    assert b"Not yet." in wrong
    settled = client.post(url, {"choice": ids[2], "number": 2}, headers={"hx-request": "true"}).content
    assert b"Feedback 0" in settled
    assert b"This one is right." in settled


def test_without_a_script_an_answer_leads_back_to_the_check(client_of, teacher):
    at, block, ids = make(teacher)
    answer = client_of(teacher).post(url_of(at), {"choice": ids[0], "number": 1})
    assert answer.status_code == 302
    assert answer.url.endswith(f"#block-{block.id}")


def test_an_ordering_is_answered_by_numbers(client_of, teacher):
    at, _block, ids = make(teacher, kind="ordering")
    client = client_of(teacher)
    twice_first = {f"place-{id_}": "1" for id_ in ids}
    assert client.post(url_of(at), {"number": 1, **twice_first}).status_code == 422
    in_order = {f"place-{id_}": str(n) for n, id_ in enumerate(ids, start=1)}
    client.post(url_of(at), {"number": 1, **in_order})
    assert CheckAttempt.objects.get().passed


def test_forged_choices_and_checks_are_refused_politely(client_of, teacher, enrollment, first, prompt):
    at, _block, _ids = make(teacher)
    client = client_of(teacher)
    assert client.post(url_of(at), {"choice": "forged"}).status_code == 422
    assert client.post(url_of(at), {}).status_code == 422
    for block_id in ("nonsense", prompt):
        url = reverse("courses:check", args=[enrollment.pk, first.key, block_id])
        assert client.post(url, {"choice": "x"}).status_code == 404
    assert not CheckAttempt.objects.exists()


def test_a_check_of_another_persons_enrollment_does_not_exist(client_of, teacher, principal):
    at, _block, ids = make(teacher)
    assert client_of(principal).post(url_of(at), {"choice": ids[0]}).status_code == 404
    assert not CheckAttempt.objects.exists()


def test_an_editor_who_changes_the_key_changes_no_try_that_was_made(teacher):
    at, block, ids = make(teacher, right=[0])
    checking.answer(**at, choices=[ids[0]])
    page = ModulePage.objects.get(translation_key=at["module_key"])
    raw = [dict(stored) for stored in page.body.raw_data]
    for n, stored in enumerate(raw[0]["value"]["answers"]):
        stored["value"]["correct"] = n == 1
    page.body = page.body.stream_block.to_python(raw)
    page.save()
    attempt = CheckAttempt.objects.get()
    assert (attempt.passed, attempt.score) == (True, 100)
