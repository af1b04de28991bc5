"""Enrolling, opening modules, action steps, leaving, coming back, taking again: through pages and verbs."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import Audience, ModulePage
from courses import checking, committing, completing, enrolling, reflecting, studying
from courses.curricula import curriculum_of
from courses.models import Assignment, Commitment, Enrollment, ModuleProgress, Withdrawal
from courses.scopes import enrollments_visible_to
from roster.models import AuditEntry, Position
from tests import factories
from tests.courses.doing import finish


def module_url(enrollment, resolved):
    return reverse("courses:module", args=[enrollment.pk, resolved.key])


@pytest.fixture
def done(enrollment, first, second):
    """The teacher's enrollment, complete."""
    finish(enrollment, first)
    finish(enrollment, second)
    return enrollment


# --- coming in ---------------------------------------------------------------------------------------


def test_enrolling_twice_gives_one_row_that_knows_its_building(client_of, teacher, course, building):
    client = client_of(teacher)
    url = reverse("courses:enroll", args=[course.translation_key])
    assert b"Take" in client.get(url).content
    for _ in range(2):
        assert client.post(url).status_code == 302
    enrollment = Enrollment.objects.get()
    assert (enrollment.building, enrollment.district) == (building, building.district)
    assert AuditEntry.objects.filter(action="enrolled").count() == 1


def test_the_building_is_that_of_the_position_that_opens_the_course(building):
    high = factories.BuildingFactory(level="high")
    teacher = factories.make_teacher(building)
    factories.PositionFactory(person=teacher, building=high)
    Audience.objects.create(slug="high", name="High schools", include={"levels": ["high"]})
    course = factories.make_course(audiences=["high"])
    assert enrolling.enroll(person=teacher, course=course).building == high


def test_a_course_that_is_not_for_you_does_not_exist(client_of, teacher):
    Audience.objects.create(slug="high", name="High schools", include={"levels": ["high"]})
    course = factories.make_course(audiences=["high"])
    url = reverse("courses:enroll", args=[course.translation_key])
    assert client_of(teacher).get(url).status_code == 404
    assert client_of(teacher).post(url).status_code == 404
    with pytest.raises(enrolling.NotOpenTo):
        enrolling.enroll(person=teacher, course=course)


def test_an_assignment_brings_its_due_day_and_never_moves_it_back(teacher, course, building, principal):
    today = timezone.localdate()

    def assigned(days):
        return Assignment.objects.create(
            course_key=course.translation_key,
            by=principal,
            building=building,
            due_on=today + datetime.timedelta(days=days),
            token=uuid.uuid4(),
        )

    near = assigned(5)
    enrollment = enrolling.enroll(person=teacher, course=course, because=near)
    enrolling.enroll(person=teacher, course=course, because=assigned(9))
    enrollment.refresh_from_db()
    assert enrollment.due_on == near.due_on
    assert enrollment.reaches.filter(caused_it=True).count() == 1
    assert enrollment.reaches.count() == 2


# --- the player --------------------------------------------------------------------------------------


def test_opening_a_module_starts_the_course_and_resumes_there(client_of, teacher, enrollment, first, second):
    client = client_of(teacher)
    start = client.get(reverse("courses:course", args=[enrollment.pk]))
    assert start.url == module_url(enrollment, first)
    client.get(module_url(enrollment, second))
    client.post(reverse("courses:place", args=[enrollment.pk, second.key]), {"block": second.blocks[0].id})
    enrollment.refresh_from_db()
    assert enrollment.status == Enrollment.Status.UNDER_WAY
    assert client.get(reverse("courses:course", args=[enrollment.pk])).url == module_url(enrollment, second)
    page = client.get(module_url(enrollment, second)).content.decode()
    assert f'data-resume-at="{second.blocks[0].id}"' in page


def test_reading_to_the_end_leads_to_what_is_open_or_on(
    client_of, teacher, enrollment, first, second, prompt
):
    client = client_of(teacher)
    answer = client.post(reverse("courses:read", args=[enrollment.pk, first.key]))
    assert answer.url.endswith(f"#block-{prompt}")
    finish(enrollment, first)
    answer = client.post(reverse("courses:read", args=[enrollment.pk, first.key]))
    assert answer.url == module_url(enrollment, second)
    answer = client.post(reverse("courses:read", args=[enrollment.pk, second.key]))
    assert answer.url == reverse("courses:end", args=[enrollment.pk])
    assert b"You have finished it" in client.get(answer.url).content


def test_another_persons_enrollment_does_not_exist(client_of, enrollment, first, principal, admin, building):
    pages = ["course", "end", "withdraw", "retake"]
    urls = [reverse(f"courses:{name}", args=[enrollment.pk]) for name in pages]
    urls += [module_url(enrollment, first), reverse("courses:read", args=[enrollment.pk, first.key])]
    for person in (principal, admin, factories.make_teacher(building)):
        client = client_of(person)
        for url in urls:
            assert client.get(url).status_code in (404, 405)
            assert client.post(url).status_code in (404, 405)
    assert not ModuleProgress.objects.exists()


def test_who_is_not_signed_in_is_asked_to(client, enrollment, first):
    answer = client.get(module_url(enrollment, first))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


def test_a_course_that_was_taken_back_says_so_and_keeps_the_record(
    client_of, teacher, course, enrollment, first
):
    finish(enrollment, first)
    course.unpublish()
    client = client_of(teacher)
    for url in (module_url(enrollment, first), reverse("courses:course", args=[enrollment.pk])):
        page = client.get(url)
        assert page.status_code == 404
        assert b"is not available at the moment" in page.content
    assert b"Foundations" in client.get(reverse("courses:learning")).content
    assert ModuleProgress.objects.get(module_key=first.key).completed_at


def test_a_module_that_left_the_course_says_so_to_who_had_opened_it(
    client_of, teacher, enrollment, first, second
):
    client = client_of(teacher)
    client.get(module_url(enrollment, first))
    ModulePage.objects.filter(pk__in=[first.module.pk, second.module.pk]).update(live=False)
    gone = client.get(module_url(enrollment, first))
    assert gone.status_code == 404
    assert b"no longer part of your course" in gone.content
    assert b"no longer part" not in client.get(module_url(enrollment, second)).content


def test_markup_that_people_write_stays_text(client_of, teacher, enrollment, first, prompt):
    nasty = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    reflecting.save(enrollment=enrollment, module_key=first.key, block_id=prompt, text=nasty, based_on=0)
    client = client_of(teacher)
    for url in (module_url(enrollment, first), reverse("courses:journal")):
        assert b"<script>alert" not in client.get(url).content
        assert b"<img src=x" not in client.get(url).content


# --- action steps ------------------------------------------------------------------------------------


def test_an_action_step_is_taken_on_once_moved_and_told_of(client_of, teacher, enrollment, second, step):
    client = client_of(teacher)
    url = reverse("courses:commitment", args=[enrollment.pk, second.key, step])
    day = timezone.localdate() + datetime.timedelta(days=4)
    for _ in range(2):
        assert client.post(url, {"due_on": day.isoformat()}).status_code == 302
    later = day + datetime.timedelta(days=3)
    client.post(url, {"due_on": later.isoformat()}, headers={"hx-request": "true"})
    commitment = Commitment.objects.get()
    assert (commitment.due_on, commitment.what) == (later, "Try one thing.")
    assert b"Try one thing." in client.get(reverse("courses:learning")).content
    outcome = reverse("courses:outcome", args=[enrollment.pk, second.key, step])
    client.post(outcome, {"outcome": "done", "how_it_went": "They laughed."})
    commitment.refresh_from_db()
    assert (commitment.outcome, commitment.how_it_went) == ("done", "They laughed.")
    assert b"You said you would" not in client.get(reverse("courses:learning")).content


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_is_past_or_too_far_is_refused_in_words(
    client_of, teacher, enrollment, second, step, days
):
    url = reverse("courses:commitment", args=[enrollment.pk, second.key, step])
    day = timezone.localdate() + datetime.timedelta(days=days)
    answer = client_of(teacher).post(url, {"due_on": day.isoformat()})
    assert answer.status_code == 422
    assert b"Choose a day from today on" in answer.content
    with pytest.raises(committing.BadDay):
        committing.commit(enrollment=enrollment, module_key=second.key, block_id=step, due_on=day)


def test_not_yet_with_another_day_waits_again(client_of, teacher, enrollment, second, step):
    today = timezone.localdate()
    committing.commit(enrollment=enrollment, module_key=second.key, block_id=step, due_on=today)
    outcome = reverse("courses:outcome", args=[enrollment.pk, second.key, step])
    day = today + datetime.timedelta(days=7)
    client_of(teacher).post(outcome, {"outcome": "not-yet", "due_on": day.isoformat()})
    commitment = Commitment.objects.get()
    assert (commitment.outcome, commitment.due_on, commitment.settled_at) == ("", day, None)


# --- leaving and taking again ------------------------------------------------------------------------


def test_who_leaves_finds_everything_on_coming_back(client_of, teacher, course, enrollment, first):
    client = client_of(teacher)
    client.get(module_url(enrollment, first))
    finish(enrollment, first)
    leave = reverse("courses:withdraw", args=[enrollment.pk])
    for _ in range(2):
        assert client.post(leave, {"reason": "A new job"}).status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.status == Enrollment.Status.WITHDRAWN
    invited = client.get(module_url(enrollment, first))
    assert invited.url == reverse("courses:enroll", args=[course.translation_key])
    assert b"Everything that you wrote" in client.get(invited.url).content
    client.post(invited.url)
    enrollment.refresh_from_db()
    assert (enrollment.status, enrollment.progress) == (Enrollment.Status.UNDER_WAY, 75)
    assert not Withdrawal.objects.exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"withdrawn", "came back"}


def test_who_left_can_still_save_what_they_are_typing_and_nothing_else(
    enrollment, first, prompt, check, answers
):
    at = {"enrollment": enrollment, "module_key": first.key}
    enrolling.withdraw(enrollment=enrollment, by=enrollment.person)
    reflecting.save(**at, block_id=prompt, text="In the other tab.", based_on=0)
    with pytest.raises(studying.HasLeft):
        checking.answer(**at, block_id=check.id, choices=answers[:1])
    with pytest.raises(studying.HasLeft):
        studying.mark_read(**at)


def test_a_course_that_is_done_can_not_be_left_and_is_taken_again_beside_it(client_of, teacher, course, done):
    with pytest.raises(enrolling.AlreadyComplete):
        enrolling.withdraw(enrollment=done, by=teacher)
    client = client_of(teacher)
    for _ in range(2):
        client.post(reverse("courses:retake", args=[done.pk]))
    old, new = Enrollment.objects.order_by("cycle")
    assert (old.status, old.progress, old.reflections.count()) == (Enrollment.Status.COMPLETE, 100, 1)
    assert (new.cycle, new.progress, new.reflections.count()) == (2, 0, 0)
    with pytest.raises(enrolling.NotYetComplete):
        enrolling.retake(enrollment=new, course=course)


# --- who sees whose completion -----------------------------------------------------------------------


def test_completion_is_seen_by_those_who_answer_for_the_place(
    enrollment, teacher, principal, district_admin, coach, admin, editor, building, district
):
    elsewhere = factories.BuildingFactory(district=district)
    sees = {
        "teacher": teacher,
        "principal": principal,
        "district_admin": district_admin,
        "coach": coach,
        "admin": admin,
    }
    blind = {
        "editor": editor,
        "colleague": factories.make_teacher(building),
        "other principal": factories.make_principal(elsewhere),
        "other district": factories.make_person(
            Position.Role.DISTRICT_ADMIN, district=factories.DistrictFactory()
        ),
    }
    for name, person in sees.items():
        assert enrollment in enrollments_visible_to(person), name
    for name, person in blind.items():
        assert enrollment not in enrollments_visible_to(person), name


# --- what pages cost ---------------------------------------------------------------------------------


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert page.status_code == 200
    return [query["sql"] for query in asked]


def a_course_of(size, building):
    """A teacher in a course whose modules hold so many blocks of each kind, all answered."""
    course = factories.make_course(f"Of {size}", modules=0)
    for _ in range(size):
        body = [
            block
            for _ in range(size)
            for block in (factories.text(), factories.reflection(), factories.check(), factories.action())
        ]
        factories.make_module(course, body=body)
    teacher = factories.make_teacher(building)
    enrollment = enrolling.enroll(person=teacher, course=course)
    curriculum = curriculum_of(enrollment)
    resolved = curriculum.resolve(curriculum.modules[0].key)
    finish(enrollment, resolved)
    today = timezone.localdate()
    for block in resolved.blocks:
        if block.type == "action":
            committing.commit(enrollment=enrollment, module_key=resolved.key, block_id=block.id, due_on=today)
    return teacher, enrollment, resolved


def test_a_module_page_costs_the_same_queries_however_much_is_in_it(client_of, building):
    counts = []
    for size in (1, 4):
        teacher, enrollment, resolved = a_course_of(size, building)
        asked = queries_of(client_of(teacher), module_url(enrollment, resolved))
        counts.append(len(asked))
        assert len(asked) <= 12, "\n".join(asked)
    assert counts[0] == counts[1]


def test_the_first_page_costs_the_same_queries_however_much_one_takes(client_of, building, principal):
    counts = []
    for size in (1, 4):
        teacher, _enrollment, _resolved = a_course_of(2, building)
        for _ in range(size):
            for course in (factories.make_course(), factories.make_course()):
                assignment = Assignment.objects.create(
                    course_key=course.translation_key, by=principal, building=building, token=uuid.uuid4()
                )
                enrollment = enrolling.enroll(person=teacher, course=course, because=assignment)
            Enrollment.objects.filter(pk=enrollment.pk).update(
                status="complete", progress=100, completed_at=timezone.now()
            )
        asked = queries_of(client_of(teacher), reverse("courses:learning"))
        counts.append(len(asked))
        assert len(asked) <= 12, "\n".join(asked)
    assert counts[0] == counts[1]


def test_the_first_page_of_who_takes_nothing_points_to_the_catalog(client_of, teacher):
    page = client_of(teacher).get(reverse("courses:learning")).content.decode()
    assert "Your learning begins here" in page
    assert reverse("cms:catalog") in page


def test_recounting_is_harmless_at_any_time(done):
    before = Enrollment.objects.values().get(pk=done.pk)
    completing.recount(done)
    completing.recompute_course(done.course_key)
    assert Enrollment.objects.values().get(pk=done.pk) == before
