"""Appointing, moving, ending: what is written, told and refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from roster import appointing, groups, registering
from roster.appointing import LastAdministrator
from roster.models import AppendOnly, AuditEntry, Position
from roster.signals import positions_changed
from tests import factories

Role = Position.Role
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def told():
    """The ids of people whose positions were told to have changed, in order."""
    heard = []

    def hear(person_ids, **_kwargs):
        heard.append(person_ids)

    positions_changed.connect(hear)
    yield heard
    positions_changed.disconnect(hear)


def test_appointing_twice_is_appointing_once(teacher, building, admin, told):
    first, second = (
        appointing.appoint(person=teacher, role=Role.COUNSELOR, building=building, by=admin)
        for _time in range(2)
    )

    assert first == second
    assert told == [{teacher.pk}]
    entry = AuditEntry.objects.get(action="appointed")
    assert (entry.actor, entry.subject_id) == (admin, str(first.pk))
    assert entry.details["building"] == building.slug


@pytest.mark.parametrize(
    "facts",
    [
        {"role": Role.PRINCIPAL},
        {"role": Role.TEACHER},
        {"role": Role.TEACHER, "starts_on": TODAY, "ends_on": TODAY - DAY},
        {"role": "janitor"},
    ],
)
def test_what_can_not_be_is_refused(teacher, facts, told):
    with pytest.raises(ValidationError):
        appointing.appoint(person=teacher, **facts)

    assert told == []
    assert not AuditEntry.objects.exists()


def test_a_principal_of_a_whole_district_is_refused(teacher, district):
    with pytest.raises(ValidationError, match="principal needs a building"):
        appointing.appoint(person=teacher, role=Role.PRINCIPAL, district=district)


def test_a_move_leaves_no_gap_and_no_day_twice(teacher, building):
    other = factories.BuildingFactory(district=building.district)
    before = teacher.positions.get()

    after = appointing.move(position=before, building=other, on=TODAY)

    before.refresh_from_db()
    assert before.ends_on == TODAY - DAY
    assert (after.starts_on, after.building, after.role) == (TODAY, other, before.role)


def test_the_last_administrator_stays(admin, teacher):
    position = admin.positions.get()

    with pytest.raises(LastAdministrator):
        appointing.end_position(position=position, by=admin)
    with pytest.raises(LastAdministrator):
        position.role = Role.EDITOR
        appointing.revise(position=position, by=admin)
    with pytest.raises(LastAdministrator):
        admin.is_active = False
        registering.revise(person=admin, by=admin)

    admin.refresh_from_db()
    assert admin.is_active
    appointing.appoint(person=teacher, role=Role.PSESD_ADMIN, by=admin)
    ended = appointing.end_position(position=admin.positions.get(), by=teacher)
    assert ended.ends_on == TODAY


def test_a_second_administrator_whose_days_are_counted_is_no_other_administrator(admin, teacher):
    appointing.appoint(person=teacher, role=Role.PSESD_ADMIN, ends_on=TODAY)

    with pytest.raises(LastAdministrator):
        appointing.end_position(position=admin.positions.get())


def test_wagtails_groups_follow_the_position(teacher):
    groups.set_up()
    position = appointing.appoint(person=teacher, role=Role.EDITOR, starts_on=TODAY - 9 * DAY)
    assert set(teacher.groups.values_list("name", flat=True)) == {groups.EDITORS, groups.MODERATORS}
    assert teacher.has_perm("wagtailadmin.access_admin")

    appointing.end_position(position=position, on=TODAY - DAY)
    assert not teacher.groups.exists()


def test_setting_up_the_groups_again_mends_them(admin, teacher):
    groups.set_up()
    teacher.groups.set(admin.groups.all())

    groups.set_up()

    assert not teacher.groups.exists()
    assert set(admin.groups.values_list("name", flat=True)) == set(groups.OURS)


def test_the_day_that_begins_or_ends_a_position_tells_of_it(teacher, principal, building, told):
    factories.PositionFactory(person=teacher, building=building, starts_on=TODAY)
    factories.PositionFactory(person=principal, building=building, ends_on=TODAY - DAY)

    assert appointing.follow_the_calendar() == {teacher.pk, principal.pk}
    assert told == [{teacher.pk, principal.pk}]


def test_an_audit_entry_is_only_ever_added(teacher, building):
    appointing.appoint(person=teacher, role=Role.COUNSELOR, building=building)
    entry = AuditEntry.objects.get()

    entry.action = "nothing"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(action="nothing")
    assert AuditEntry.objects.get().action == "appointed"
