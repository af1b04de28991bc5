"""Design, section 6: whatever editors do to a course, nobody's record of it breaks. A row for each deed.

Three people are in the course when it happens: who is done, who is under way (the first of two modules is
done, so half of all that is asked), and who hasn't started.
"""

import datetime
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import Audience, CoursePage, Edition, ModulePage
from courses import certifying, enrolling, reflecting
from courses.curricula import curriculum_of
from courses.models import Certificate, Enrollment, ModuleProgress
from roster import appointing
from roster.models import AuditEntry, Position
from tests import factories
from tests.courses.doing import finish


@dataclass
class Class:
    """The course, and the three enrollments in it."""

    course: CoursePage
    first: ModulePage
    second: ModulePage
    done: Enrollment
    under_way: Enrollment
    not_started: Enrollment


@pytest.fixture
def course(db):
    """Two modules of two required items each: a prompt and the end; a step to try and the end."""
    course = factories.make_course("Foundations", modules=0)
    factories.make_module(course, title="First", body=[factories.text(), factories.reflection()])
    factories.make_module(course, title="Second", body=[factories.text(), factories.action(required=True)])
    return course


@pytest.fixture
def people(course, building):
    """Who is done (with a certificate), under way, not started."""
    done, under_way, not_started = (
        enrolling.enroll(person=factories.make_teacher(building), course=course) for _ in range(3)
    )
    _finish_all(done)
    _finish_first(under_way)
    certifying.issue(Enrollment.objects.get(pk=done.pk))
    first, second = ModulePage.objects.child_of(course)
    return Class(course, first, second, done, under_way, not_started)


def _finish_first(enrollment):
    curriculum = curriculum_of(enrollment)
    finish(enrollment, curriculum.resolve(curriculum.modules[0].key))


def _finish_all(enrollment):
    curriculum = curriculum_of(enrollment)
    for module in curriculum.modules:
        finish(enrollment, curriculum.resolve(module.key))


# --- what editors do ------------------------------------------------------------------------------------


def _rewrite(page, change):
    """Publish ``page`` with the blocks that ``change`` makes of its own."""
    body = change([dict(raw) for raw in page.body.raw_data])
    page.body = page.body.stream_block.to_python(body)
    page.save_revision().publish()


def edit_the_words(of):
    of.first.title = "Another title"
    _rewrite(
        of.first, lambda body: [factories.text("All new."), {**body[1], "value": _asks(body[1], "New?")}]
    )


def _asks(block, question):
    return {**block["value"], "question": f"<p>{question}</p>"}


def ask_more_in_what_is_done(of):
    _rewrite(of.first, lambda body: [*body, factories.reflection("One more?")])


def ask_more_in_what_is_open(of):
    _rewrite(of.second, lambda body: [*body, factories.reflection("One more?")])


def ask_less_in_what_is_open(of):
    _rewrite(of.second, lambda body: body[:1])


def ask_for_more_words(of):
    _rewrite(
        of.first, lambda body: [body[0], {**body[1], "value": {**body[1]["value"], "minimum_words": 500}}]
    )


def add_a_module(of):
    factories.make_module(of.course, title="Third").save_revision().publish()


def delete_the_open_module(of):
    of.second.delete()


def delete_the_done_module(of):
    of.first.delete()


def unpublish_the_open_module(of):
    of.second.unpublish()


def unpublish_the_done_module(of):
    of.first.unpublish()


def move_within_the_course(of):
    of.second.move(of.first, pos="left")


def move_to_another_course(of):
    of.second.move(factories.make_course("Another", modules=0), pos="last-child")


def rename_the_address(of):
    of.first.slug, of.course.slug = "elsewhere", "nowhere"
    of.first.save_revision().publish()
    of.course.save_revision().publish()


def make_the_open_module_optional(of):
    of.second.required = False
    of.second.save_revision().publish()


def show_the_open_module_to_others(of):
    of.second.audiences = [_others()]
    of.second.save_revision().publish()


def show_the_open_step_to_others(of):
    others = _others()
    _rewrite(
        of.second, lambda body: [body[0], {**body[1], "value": {**body[1]["value"], "shown_to": [others]}}]
    )


def show_the_course_to_others(of):
    of.course.audiences = [_others()]
    of.course.save_revision().publish()


def retire_the_course(of):
    of.course.unpublish()


def delete_the_course(of):
    of.course.delete()


def _others() -> str:
    Audience.objects.create(slug="others", name="Others", include={"levels": ["high"]})
    return "others"


def let_the_edition_make_it_optional(of):
    _edit_edition(of, "optional")


def let_the_edition_leave_it_out(of):
    _edit_edition(of, "hidden")


def let_the_edition_ask_for_more(of):
    asked = {"module": of.second.pk, "place": "end", "blocks": [factories.reflection("And here?")]}
    _edit_edition(of, changes=[{"type": "addition", "value": asked, "id": "x"}])


def _edit_edition(of, standing="", changes=None):
    changes = changes or [
        {"type": "standing", "value": {"module": of.second.pk, "standing": standing}, "id": "x"}
    ]
    edition = Edition(course_key=of.course.translation_key, building=of.done.building)
    edition.changes = Edition._meta.get_field("changes").to_python(factories.body_json(changes))
    edition.save()
    edition.save_revision().publish()


#: What happens, and what percent it makes of who is under way and who hasn't started; a hundred is done.
EVENTS = [
    (edit_the_words, 50, 0),
    (ask_more_in_what_is_done, 50, 0),
    (ask_more_in_what_is_open, 40, 0),
    (ask_less_in_what_is_open, 66, 0),
    (ask_for_more_words, 50, 0),
    (add_a_module, 33, 0),
    (delete_the_open_module, 100, 0),
    (delete_the_done_module, 0, 0),
    (unpublish_the_open_module, 100, 0),
    (unpublish_the_done_module, 0, 0),
    (move_within_the_course, 50, 0),
    (move_to_another_course, 100, 0),
    (rename_the_address, 50, 0),
    (make_the_open_module_optional, 100, 0),
    (show_the_open_module_to_others, 100, 0),
    (show_the_open_step_to_others, 66, 0),
    (show_the_course_to_others, 50, 0),
    (retire_the_course, 50, 0),
    (delete_the_course, 50, 0),
    (let_the_edition_make_it_optional, 100, 0),
    (let_the_edition_leave_it_out, 100, 0),
    (let_the_edition_ask_for_more, 40, 0),
]


@pytest.mark.parametrize(
    ("event", "under_way", "not_started"), EVENTS, ids=[row[0].__name__ for row in EVENTS]
)
def test_whatever_editors_do_the_record_stands(
    people, client_of, event, under_way, not_started, django_capture_on_commit_callbacks
):
    before = _record(people.done)
    kept = _record(people.under_way)["modules"][0]
    with django_capture_on_commit_callbacks(execute=True):
        event(people)

    assert _record(people.done) == before
    assert certifying.issue_missing() == 0
    certified = Certificate.objects.filter(enrollment=people.under_way).count()
    assert certified == (under_way == 100)
    going = _fresh(people.under_way)
    assert (going.progress, going.is_complete) == (under_way, under_way == 100)
    assert kept in _record(people.under_way)["modules"]
    waiting = _fresh(people.not_started)
    assert (waiting.progress, waiting.status) == (not_started, "not-started")
    _can_be_opened(people, client_of)


def _record(enrollment) -> dict:
    """All that stands in the record of one enrollment, with its certificate."""
    modules = ModuleProgress.objects.filter(enrollment=enrollment).order_by("pk")
    certificates = Certificate.objects.filter(enrollment=enrollment)
    words = enrollment.reflections.order_by("pk")
    row = Enrollment.objects.filter(pk=enrollment.pk)
    return {
        "enrollment": row.values("status", "cycle", "completed_at", "building").get(),
        "modules": list(
            modules.values("module_key", "title", "done", "required", "completed_at", "snapshot")
        ),
        "words": [(word.prompt, word.module_title, word.text) for word in words],
        "certificates": list(certificates.values("code", "snapshot", "issued_at")),
    }


def _fresh(enrollment) -> Enrollment:
    return Enrollment.objects.select_related("person").get(pk=enrollment.pk)


def _can_be_opened(people, client_of):
    """Each of them still gets a page, or a word about why not; never an error."""
    for enrollment in (people.done, people.under_way, people.not_started):
        client = client_of(enrollment.person)
        assert client.get(reverse("courses:learning")).status_code == 200
        assert client.get(reverse("courses:transcript")).status_code == 200
        assert client.get(reverse("courses:course", args=[enrollment.pk])).status_code in (302, 404)
        for page in (people.first, people.second):
            address = reverse("courses:module", args=[enrollment.pk, page.translation_key])
            assert client.get(address).status_code in (200, 404)


@pytest.mark.parametrize(
    "event", [row[0] for row in EVENTS if row[1] not in (100,)], ids=lambda event: event.__name__
)
def test_who_is_under_way_can_still_finish(people, event, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        event(people)
        if event in (retire_the_course, delete_the_course):
            return  # there is nothing to take; the record waits as it is
        curriculum = curriculum_of(_fresh(people.under_way))
        rest = [module for module in curriculum.modules if module.key != people.first.translation_key]
        for module in rest:
            finish(_fresh(people.under_way), curriculum.resolve(module.key))
    assert _fresh(people.under_way).is_complete
    assert Certificate.objects.filter(enrollment=people.under_way).count() == 1


def test_what_comes_back_is_gone_on_with(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        people.course.unpublish()
        people.course.save_revision().publish()
        people.second.unpublish()
    finished_at = _fresh(people.under_way).completed_at
    assert finished_at
    with django_capture_on_commit_callbacks(execute=True):
        people.second.save_revision().publish()
    assert _fresh(people.under_way).completed_at == finished_at
    assert _fresh(people.not_started).is_open


# --- what people do -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["done", "under_way", "not_started"])
def test_who_moves_to_another_building_keeps_the_record_and_takes_what_is_asked_there(
    people, who, district, django_capture_on_commit_callbacks
):
    elsewhere = factories.BuildingFactory(district=district)
    hides = Edition(course_key=people.course.translation_key, building=elsewhere, live=True)
    changes = [{"type": "standing", "value": {"module": people.second.pk, "standing": "hidden"}, "id": "x"}]
    hides.changes = Edition._meta.get_field("changes").to_python(factories.body_json(changes))
    hides.save()
    enrollment, before = getattr(people, who), _record(getattr(people, who))
    held = Position.objects.get(person=enrollment.person)
    with django_capture_on_commit_callbacks(execute=True):
        appointing.move(position=held, building=elsewhere, by=None)
    enrollment = _fresh(enrollment)
    assert enrollment.building == people.done.building  # where it was begun
    assert (who == "not_started") == enrollment.is_open  # the new building asks for the first module only
    assert _record(enrollment)["modules"] == before["modules"]
    assert _record(enrollment)["words"] == before["words"]


def test_two_positions_ask_for_what_either_asks_and_losing_one_for_what_is_left(
    people, django_capture_on_commit_callbacks
):
    people.second.audiences = [_others()]
    people.second.save_revision().publish()
    both = factories.make_teacher(people.done.building)
    high = factories.BuildingFactory(level="high")
    with django_capture_on_commit_callbacks(execute=True):
        long_ago = timezone.localdate() - datetime.timedelta(days=300)
        also = appointing.appoint(person=both, role="teacher", building=high, starts_on=long_ago)
        enrollment = enrolling.enroll(person=both, course=people.course)
        _finish_first(enrollment)
    assert (_fresh(enrollment).progress, _fresh(enrollment).building) == (50, people.done.building)
    with django_capture_on_commit_callbacks(execute=True):
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        appointing.end_position(position=also, on=yesterday)
    assert _fresh(enrollment).is_complete


def test_a_retake_is_a_new_cycle_beside_a_record_that_nothing_touches(people):
    before = _record(people.done)
    again = enrolling.retake(enrollment=_fresh(people.done), course=people.course)
    assert (again.cycle, again.progress, again.status) == (2, 0, "not-started")
    assert not again.reflections.exists() and not again.modules.exists()
    assert _record(people.done) == before
    _finish_all(again)
    second_certificate = certifying.issue(_fresh(again))
    assert second_certificate.code != before["certificates"][0]["code"]
    assert _record(people.done) == before


def test_who_left_is_not_counted_and_on_coming_back_is_counted_by_what_is_asked_then(
    people, django_capture_on_commit_callbacks
):
    person = people.under_way.person
    words = _record(people.under_way)["words"]
    enrolling.withdraw(enrollment=people.under_way, by=person, reason="A new baby")
    with django_capture_on_commit_callbacks(execute=True):
        add_a_module(people)
    left = _fresh(people.under_way)
    assert (left.status, left.progress) == ("withdrawn", 50)
    back = enrolling.enroll(person=person, course=people.course)
    assert back.pk == left.pk
    assert (_fresh(back).status, _fresh(back).progress) == ("under-way", 33)
    assert _record(back)["words"] == words
    log = AuditEntry.objects.filter(subject_id=str(back.pk), subject_kind="enrollment")
    assert {"withdrawn", "came back"} <= set(log.values_list("action", flat=True))


def test_words_can_go_on_after_the_end_and_open_nothing(people):
    at = {"enrollment": _fresh(people.done), "module_key": people.first.translation_key}
    block = next(block for block in people.first.body if block.block_type == "reflection")
    reflecting.save(**at, block_id=block.id, text="", based_on=1)
    assert _fresh(people.done).is_complete
    assert ModuleProgress.objects.get(enrollment=people.done, module_key=at["module_key"]).completed_at
