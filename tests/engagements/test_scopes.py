"""Who may know of an engagement, read it, and steer it."""

import pytest

from engagements import joining, scopes
from engagements.models import Member
from engagements.seats import seat_of
from roster.models import Position
from tests import factories
from tests.engagements import making


@pytest.fixture
def coaching(building, coach, principal):
    """The principal's own coaching: confidential."""
    version = making.make_version(confidential=True, service="leadership-coaching")
    return making.make_engagement(building, version=version, coach=coach, lead=principal)


def test_who_is_in_it_and_who_leads_the_place_read_it(
    engagement, maria, principal, coach, district_admin, admin
):
    for person in (maria.person, principal, coach, district_admin, admin):
        assert engagement in scopes.engagements_read_by(person), person.positions.get().role


def test_for_all_others_it_is_not_there(engagement, teacher, editor):
    elsewhere = factories.BuildingFactory()
    others = [
        teacher,
        editor,
        factories.make_principal(elsewhere),
        factories.make_person(Position.Role.COACH, building=engagement.building),
        factories.make_person(Position.Role.DISTRICT_ADMIN, district=elsewhere.district),
    ]
    for person in others:
        assert engagement not in scopes.engagements_visible_to(person), person.positions.get().role


def test_who_left_reads_it_no_more(engagement, maria, coach):
    joining.leave(member=maria, by=coach)
    assert engagement not in scopes.engagements_visible_to(maria.person)


def test_a_supervisor_does_not_even_know_of_coaching(coaching, district_admin, principal, coach):
    assert coaching not in scopes.engagements_visible_to(district_admin)
    for person in (principal, coach):
        assert coaching in scopes.engagements_read_by(person)


def test_an_administrator_knows_of_coaching_and_reads_no_word(coaching, admin):
    superuser = factories.PersonFactory(is_superuser=True, is_staff=True)
    for person in (admin, superuser):
        assert coaching in scopes.engagements_visible_to(person)
        assert coaching not in scopes.engagements_read_by(person)
        assert not seat_of(user=person, engagement=coaching).reads


def test_a_supervisor_who_is_also_a_member_is_one_by_invitation_alone(coaching, coach, district_admin):
    joining.add(engagement=coaching, by=coach, role=Member.Role.MEMBER, person=district_admin)
    assert coaching in scopes.engagements_read_by(district_admin)


def test_coach_and_lead_steer_and_nobody_else(engagement, maria, principal, coach, admin, district_admin):
    steering = {
        person: engagement in scopes.engagements_steered_by(person)
        for person in (principal, coach, maria.person, admin, district_admin)
    }
    assert steering == {
        principal: True,
        coach: True,
        maria.person: False,
        admin: False,
        district_admin: False,
    }


def test_who_looks_on_writes_nothing(engagement, district_admin):
    seat = seat_of(user=district_admin, engagement=engagement)
    assert seat.reads
    assert not seat.writes(seat.plan.step("look"))


def test_a_guest_sees_the_steps_that_name_guests(building, coach):
    version = making.make_version(
        making.phase(making.step(id_="open", for_roles=["guest", "member"]), making.step(id_="inner"))
    )
    engagement = making.make_engagement(building, version=version, coach=coach)
    guest = factories.make_teacher(building)
    joining.add(engagement=engagement, by=coach, role=Member.Role.GUEST, person=guest)
    seat = seat_of(user=guest, engagement=engagement)
    assert [step.id for _, steps in seat.phases for step in steps] == ["open"]
    assert seat.writes(seat.plan.step("open"))
    assert not seat.sees(seat.plan.step("inner"))


def test_only_the_coach_reads_facilitation_notes(engagement, coach, principal):
    assert seat_of(user=coach, engagement=engagement).coaches
    assert not seat_of(user=principal, engagement=engagement).coaches
