"""The sweeps: what a lost task didn't do is done, once, and one failing step holds up no other."""

import datetime
import logging

import pytest
from django.utils import timezone

from cms.models import Edition, ModulePage
from courses import committing, sweeping
from courses.models import Commitment, Enrollment
from notices.models import Notice
from roster import appointing
from tests import factories
from tests.courses.doing import finish


@pytest.fixture
def due_in(enrollment):
    """A function that lets the teacher's enrollment be due in so many days."""

    def set_due(days):
        Enrollment.objects.update(due_on=timezone.localdate() + datetime.timedelta(days=days))

    return set_due


@pytest.mark.parametrize(("days", "told"), [(8, 0), (7, 1), (3, 0), (1, 1), (0, 0), (-1, 0)])
def test_people_are_reminded_a_week_and_a_day_before(due_in, days, told):
    due_in(days)
    for _ in range(2):
        sweeping.remind_of_due_dates()
    assert Notice.objects.filter(kind="due").count() == told


def test_nobody_is_reminded_of_what_is_done(due_in, enrollment, first, second):
    finish(enrollment, first)
    finish(enrollment, second)
    due_in(1)
    sweeping.remind_of_due_dates()
    assert not Notice.objects.filter(kind="due").exists()


def test_people_are_asked_how_it_went_when_the_day_has_come_and_not_what_it_was(enrollment, second, step):
    today = timezone.localdate()
    commitment = committing.commit(
        enrollment=enrollment, module_key=second.key, block_id=step, due_on=today + datetime.timedelta(days=1)
    )
    sweeping.ask_about_commitments()
    assert not Notice.objects.exists()
    Commitment.objects.filter(pk=commitment.pk).update(due_on=today)
    for _ in range(2):
        sweeping.ask_about_commitments()
    notice = Notice.objects.get()
    assert commitment.what not in notice.title + notice.body
    assert notice.url.endswith("/outcome/")


def test_a_recount_that_was_lost_is_made_good_at_night(building, enrollment, first, second):
    finish(enrollment, first)
    page = ModulePage.objects.get(pk=second.module.pk)
    # Published, but the task that follows a commit never ran: tests don't commit.
    page.required = False
    page.save_revision().publish()
    enrollment.refresh_from_db()
    assert enrollment.is_open
    sweeping.recount_changed_courses()
    enrollment.refresh_from_db()
    assert enrollment.is_complete


def test_a_step_that_fails_is_logged_and_holds_up_no_other(monkeypatch, caplog):
    ran = []

    def breaks():
        raise RuntimeError("the mail server is on fire")

    monkeypatch.setattr(sweeping, "_often", [breaks, lambda: ran.append("after")])
    with caplog.at_level(logging.ERROR):
        sweeping.sweep()
    assert ran == ["after"]
    assert "breaks" in caplog.text


def test_who_moves_is_counted_by_what_the_new_building_asks(
    teacher, enrollment, first, second, django_capture_on_commit_callbacks
):
    finish(enrollment, first)
    building = factories.BuildingFactory()
    edition = Edition(course_key=enrollment.course_key, building=building, live=True)
    left_out = {"type": "standing", "value": {"module": second.module.pk, "standing": "hidden"}}
    edition.changes = Edition._meta.get_field("changes").to_python(factories.body_json([left_out]))
    edition.save()
    with django_capture_on_commit_callbacks(execute=True):
        appointing.move(position=teacher.positions.get(), building=building)
    enrollment.refresh_from_db()
    assert enrollment.is_complete
    assert enrollment.building != building


def test_both_sweeps_run_through_on_an_empty_site(db, caplog):
    with caplog.at_level(logging.ERROR):
        sweeping.sweep()
        sweeping.nightly()
    assert not caplog.records
