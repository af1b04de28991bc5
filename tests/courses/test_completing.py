"""What makes a module and a course complete, and that nothing undoes it."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from cms.models import Edition, ModulePage
from courses import checking, committing, completing, enrolling, reflecting, studying
from courses.curricula import curriculum_of
from courses.models import Enrollment, EvaluationReceipt, ModuleProgress
from courses.signals import completed
from roster.models import AuditEntry
from tests import factories
from tests.courses.doing import finish


@pytest.fixture
def heard():
    """The enrollments that the ``completed`` signal was sent for."""
    seen = []

    def hear(enrollment, **_kwargs):
        seen.append(enrollment.pk)

    completed.connect(hear)
    yield seen
    completed.disconnect(hear)


def test_a_module_is_done_when_the_last_of_its_required_items_is(enrollment, first, prompt, check, answers):
    key = first.key
    reflecting.save(enrollment=enrollment, module_key=key, block_id=prompt, text="I noticed.", based_on=0)
    assert enrollment.progress == 25  # one of four required items in the course
    studying.mark_read(enrollment=enrollment, module_key=key)
    assert ModuleProgress.objects.get(module_key=key).completed_at is None
    checking.answer(enrollment=enrollment, module_key=key, block_id=check.id, choices=answers[:1])
    module = ModuleProgress.objects.get(module_key=key)
    assert module.completed_at
    assert (module.done, module.required) == (3, 3)
    assert [item["asked"] for item in module.snapshot["items"]] == ["What did you notice?", "Which one?"]
    assert enrollment.progress == 75


def test_a_course_is_done_when_its_modules_are(enrollment, first, second, heard):
    finish(enrollment, first)
    assert not heard
    finish(enrollment, second)
    enrollment.refresh_from_db()
    assert enrollment.is_complete
    assert (enrollment.progress, heard) == (100, [enrollment.pk])
    assert AuditEntry.objects.filter(action="completed", subject_id=str(enrollment.pk)).exists()
    completing.recount(enrollment)
    assert len(heard) == 1


def test_a_course_that_asks_for_an_evaluation_waits_for_it(enrollment, course, first, second, heard):
    course.asks_for_evaluation = True
    course.save()
    finish(enrollment, first)
    finish(enrollment, second)
    assert enrollment.is_open
    assert enrollment.progress == completing.NEARLY_ALL
    EvaluationReceipt.objects.create(enrollment=enrollment)
    completing.recount(enrollment)
    assert enrollment.is_complete
    assert heard == [enrollment.pk]


def test_what_editors_add_later_does_not_open_a_module_that_is_done(enrollment, first):
    finish(enrollment, first)
    page = ModulePage.objects.get(pk=first.module.pk)
    body = [*page.body.raw_data, factories.reflection("Another one?")]
    page.body = page.body.stream_block.to_python([dict(raw) for raw in body])
    page.title = "Renamed"
    page.save()
    completing.recompute_course(enrollment.course_key)
    module = ModuleProgress.objects.get(module_key=first.key)
    assert module.completed_at
    assert (module.title, module.required) == ("First", 3)


def test_publishing_a_change_recounts_people_under_way_and_nobody_who_is_done(
    course, building, first, second, enrollment, django_capture_on_commit_callbacks
):
    finish(enrollment, first)
    finish(enrollment, second)
    done_at = Enrollment.objects.get(pk=enrollment.pk).completed_at
    other = enrolling.enroll(person=factories.make_teacher(building), course=course)
    finish(other, first)
    page = ModulePage.objects.get(pk=second.module.pk)
    with django_capture_on_commit_callbacks(execute=True):
        page.required = False
        page.save_revision().publish()
    other.refresh_from_db()
    assert other.is_complete
    assert Enrollment.objects.get(pk=enrollment.pk).completed_at == done_at


def test_a_course_of_optional_modules_is_not_done_on_arrival(enrollment, first, second):
    ModulePage.objects.update(required=False)
    completing.recount(enrollment)
    assert enrollment.progress == 0
    finish(enrollment, first)
    assert enrollment.is_open
    finish(enrollment, second)
    assert enrollment.is_complete


def test_an_edition_that_leaves_a_module_out_shortens_the_course(enrollment, building, first, second):
    changes = [{"type": "standing", "value": {"module": second.module.pk, "standing": "hidden"}, "id": "x"}]
    edition = Edition(course_key=enrollment.course_key, building=building, live=True)
    edition.changes = Edition._meta.get_field("changes").to_python(factories.body_json(changes))
    edition.save()
    finish(enrollment, first)
    assert enrollment.is_complete


def test_words_fewer_than_asked_for_are_not_enough(enrollment, second):
    page = ModulePage.objects.get(pk=second.module.pk)
    asked = factories.reflection(minimum_words=5)
    page.body = page.body.stream_block.to_python([asked])
    page.save()
    save = {"enrollment": enrollment, "module_key": second.key, "block_id": asked["id"]}
    reflecting.save(**save, text="Only three words.", based_on=0)
    assert enrollment.progress == 0
    reflecting.save(**save, text="Now there are five words.", based_on=1)
    assert enrollment.progress == 20


def test_a_course_that_is_away_keeps_what_was_done(enrollment, course, first):
    finish(enrollment, first)
    course.unpublish()
    completing.recount(enrollment)
    enrollment.refresh_from_db()
    assert (enrollment.progress, enrollment.status) == (75, "under-way")
    assert completing.recompute_course(enrollment.course_key) == 0


def test_recomputing_a_course_asks_the_database_in_batches(course, building, django_assert_max_num_queries):
    people = [factories.make_teacher(building) for _ in range(12)]
    for person in people:
        enrolling.enroll(person=person, course=course)
    # Standpoints are two queries a person; nothing else grows while nothing changes.
    with django_assert_max_num_queries(20 + 2 * len(people)):
        assert completing.recompute_course(course.translation_key) == 12


class ProgressNeverFallsBack(HypothesisTestCase):
    """Whatever a person does, and in whatever order: what is complete stays, and progress is a percent."""

    def setUp(self):
        district = factories.DistrictFactory()
        self.teacher = factories.make_teacher(factories.BuildingFactory(district=district))
        self.course = factories.make_course("Any", modules=0)
        for _ in range(2):
            body = [
                factories.text(),
                factories.reflection(),
                factories.check(),
                factories.action(required=True),
            ]
            factories.make_module(self.course, body=body)

    @given(
        acts=st.lists(
            st.tuples(
                st.sampled_from(["write", "wipe", "wrong", "right", "commit", "read", "recount"]),
                st.integers(min_value=0, max_value=1),
            ),
            max_size=14,
        )
    )
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_in_any_order(self, acts):
        enrollment = enrolling.enroll(person=self.teacher, course=self.course)
        curriculum = curriculum_of(enrollment)
        complete = set()
        for act, at in acts:
            _do(act, enrollment, curriculum.resolve(curriculum.modules[at].key))
            enrollment.refresh_from_db()
            done = enrollment.modules.exclude(completed_at=None)
            now_complete = set(done.values_list("module_key", flat=True))
            assert complete <= now_complete
            complete = now_complete
            assert enrollment.is_complete == (len(complete) == 2) == (enrollment.progress == 100)
            assert enrollment.progress >= 50 * len(complete)


def _do(act, enrollment, resolved):
    at = {"enrollment": enrollment, "module_key": resolved.key}
    blocks = {block.type: block for block in resolved.blocks}
    if act in ("write", "wipe"):
        stored = enrollment.reflections.filter(block_id=blocks["reflection"].id).first()
        text = "Some words" if act == "write" else ""
        based_on = stored.version if stored else 0
        reflecting.save(**at, block_id=blocks["reflection"].id, text=text, based_on=based_on)
    elif act in ("wrong", "right"):
        children = list(blocks["check"].value["answers"].bound_blocks)
        choice = next(str(c.id) for c in children if bool(c.value["correct"]) == (act == "right"))
        checking.answer(**at, block_id=blocks["check"].id, choices=[choice])
    elif act == "commit":
        day = timezone.localdate() + datetime.timedelta(days=3)
        committing.commit(**at, block_id=blocks["action"].id, due_on=day)
    elif act == "read":
        studying.mark_read(**at)
    else:
        completing.recount(enrollment)
