"""Asking for a service, and PSESD's answer."""

import datetime

import pytest
from django.utils import timezone

from engagements import desk, requesting, serving
from engagements.models import Engagement, Meeting, Member, ServiceRequest
from engagements.scopes import requests_answered_by, requests_of_places_led, requests_visible_to
from notices.models import Notice
from roster.models import AuditEntry, Position
from tests import factories
from tests.engagements import making
from tests.engagements.protocols import write_protocol

SERVICE = "racial-equity-tool"


@pytest.fixture
def wanted(building, principal, admin):
    """What the principal asks for."""
    return requesting.ask(
        by=principal, place=building, service=SERVICE, needs="Our honors form shuts people out.", goals=""
    )


@pytest.fixture
def version(db):
    """A protocol of the service that is asked for."""
    return making.make_version(service=SERVICE)


def yes(wanted, version, by, coach, **fields):
    """Agree to it."""
    given = {"title": "The honors form", "coaches": [coach], "leads": [wanted.asked_by], **fields}
    return requesting.agree(request=wanted, by=by, version=version, **given)


def titles_of(person) -> list[str]:
    """What somebody was told."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", flat=True))


def test_psesd_hears_of_a_request_and_who_asked_follows_it(wanted, admin, principal):
    assert wanted.state == "sent"
    assert titles_of(admin) == ["Heron Bend Middle School asks for Racial Equity Tool Implementation"]
    assert wanted in requests_visible_to(principal)


def test_asking_again_while_it_waits_shows_the_one_that_waits(wanted, principal, building):
    with pytest.raises(requesting.AlreadyWaiting) as waiting:
        requesting.ask(by=principal, place=building, service=SERVICE, needs="Again.")
    assert waiting.value.request == wanted
    assert ServiceRequest.objects.count() == 1


def test_another_service_or_place_may_be_asked_for_meanwhile(wanted, principal, building, district):
    requesting.ask(by=principal, place=building, service="data-coaching", needs="Numbers.")
    requesting.ask(by=principal, place=district, service=SERVICE, needs="The whole district.")
    assert ServiceRequest.objects.count() == 3


def test_a_coach_it_is_given_to_hears_once_and_may_answer_it(wanted, admin, coach):
    assert wanted not in requests_visible_to(coach)
    for _ in range(2):
        requesting.take_up(request=wanted, by=admin, coach=coach)
    assert wanted.state == "looked-at"
    assert len(titles_of(coach)) == 1
    assert wanted in requests_answered_by(coach)
    requesting.take_up(request=wanted, by=admin, coach=None)
    assert wanted.state == "sent"
    assert wanted not in requests_answered_by(coach)


def test_it_is_given_to_coaches_only(wanted, admin, teacher):
    with pytest.raises(requesting.NotACoach):
        requesting.take_up(request=wanted, by=admin, coach=teacher)


def test_a_yes_opens_the_work_once_with_its_people(wanted, version, admin, coach, principal):
    engagement = yes(wanted, version, admin, coach)
    assert yes(wanted, version, admin, coach) == engagement
    assert Engagement.objects.count() == 1
    assert {(member.person, member.role) for member in engagement.members.all()} == {
        (coach, Member.Role.COACH),
        (principal, Member.Role.LEAD),
    }
    assert engagement.request == wanted
    assert titles_of(principal) == ["Racial Equity Tool Implementation begins at Heron Bend Middle School"]
    assert titles_of(coach) == titles_of(principal)
    assert AuditEntry.objects.filter(action="answered service request: agreed").count() == 1


def test_a_yes_takes_the_services_own_protocol_and_a_coach(wanted, version, admin, coach, teacher):
    with pytest.raises(requesting.WrongProtocol):
        yes(wanted, making.make_version(service="data-coaching"), admin, coach)
    for coaches in ([], [teacher]):
        with pytest.raises(requesting.NotACoach):
            yes(wanted, version, admin, coach, coaches=coaches)
    assert not Engagement.objects.exists()


def test_a_no_says_why_and_can_be_taken_back(wanted, admin, principal):
    with pytest.raises(requesting.NeedsWords):
        requesting.decline(request=wanted, by=admin, answer="  ")
    requesting.decline(request=wanted, by=admin, answer="In spring: Amara has room then.")
    assert Notice.objects.get(person=principal).body == "In spring: Amara has room then."
    requesting.look_again(request=wanted, by=admin)
    wanted.refresh_from_db()
    assert (wanted.state, wanted.answer, wanted.answered_by) == ("sent", "", None)


def test_a_no_stays_where_the_same_was_asked_anew(wanted, admin, principal, building):
    requesting.decline(request=wanted, by=admin, answer="Not now.")
    requesting.ask(by=principal, place=building, service=SERVICE, needs="Now?")
    with pytest.raises(requesting.AlreadyAnswered):
        requesting.look_again(request=wanted, by=admin)


def test_what_was_taken_back_or_declined_is_not_answered(wanted, version, admin, coach, principal):
    requesting.take_back(request=wanted, by=principal)
    with pytest.raises(requesting.AlreadyAnswered):
        yes(wanted, version, admin, coach)
    with pytest.raises(requesting.AlreadyAnswered):
        requesting.decline(request=wanted, by=admin, answer="No.")


def test_leaders_of_the_place_read_it_and_nobody_else(wanted, building, district_admin, teacher, editor):
    assert wanted in requests_visible_to(district_admin)
    other = factories.make_principal(factories.BuildingFactory())
    for stranger in (teacher, editor, other):
        assert wanted not in requests_visible_to(stranger)


class TestConfidential:
    """A leader asks for coaching: that they do is already something to tell."""

    @pytest.fixture(autouse=True)
    def coaching(self, db):
        """What is on offer for it is confidential."""
        write_protocol(service="leadership-coaching", confidential=True)

    @pytest.fixture
    def wanted(self, building, principal):
        """What the principal asks for themselves."""
        return requesting.ask(by=principal, place=building, service="leadership-coaching", needs="Help.")

    def test_no_other_leader_of_the_place_learns_of_it(
        self, wanted, building, district_admin, principal, admin
    ):
        deputy = factories.make_person("assistant-principal", building=building)
        for leader in (district_admin, deputy):
            assert wanted not in requests_visible_to(leader)
            assert wanted not in requests_of_places_led(leader)
        assert wanted in requests_visible_to(principal)
        assert wanted in requests_answered_by(admin)

    def test_another_leader_who_asks_too_is_not_told(self, wanted, building, principal):
        deputy = factories.make_person("assistant-principal", building=building)
        asked = {"place": building, "service": "leadership-coaching", "needs": "Help me too."}
        assert requesting.ask(by=deputy, **asked) != wanted
        with pytest.raises(requesting.AlreadyWaiting):
            requesting.ask(by=principal, **asked)

    def test_a_yes_with_a_confidential_protocol_hides_what_was_asked_openly(
        self, building, principal, admin, coach, district_admin
    ):
        openly = requesting.ask(by=principal, place=building, service=SERVICE, needs="Help.")
        assert openly in requests_visible_to(district_admin)
        yes(openly, making.make_version(service=SERVICE, confidential=True), admin, coach)
        assert openly not in requests_visible_to(district_admin)


class TestCoaches:
    """What each coach carries."""

    def test_room_is_what_is_left_of_the_capacity(self, wanted, version, admin, coach):
        serving.set_capacity(coach=coach, engagements=1, note="Tuesdays", by=admin)
        assert [service.room for service in serving.services()] == [1]
        yes(wanted, version, admin, coach)
        service = serving.services()[0]
        assert (service.room, service.percent, service.is_full, service.note) == (0, 100, True, "Tuesdays")

    def test_who_still_coaches_after_their_position_ended_is_listed(self, wanted, version, admin, coach):
        yes(wanted, version, admin, coach)
        ended = timezone.localdate() - datetime.timedelta(days=1)
        Position.objects.filter(person=coach).update(starts_on=ended, ends_on=ended)
        assert [service.coach for service in serving.services()] == [coach]

    def test_a_meeting_stands_in_its_week(self, wanted, version, admin, coach):
        engagement = yes(wanted, version, admin, coach)
        meeting = Meeting.objects.create(
            engagement=engagement,
            title="First",
            starts_at=timezone.now() + datetime.timedelta(days=7),
            called_by=making.member_of(engagement, coach),
        )
        weeks = serving.services()[0].weeks
        assert [week.meetings for week in weeks[:3]] == [[], [meeting], []]

    def test_the_list_costs_the_same_for_many(self, wanted, version, admin, coach, django_assert_num_queries):
        yes(wanted, version, admin, coach)
        for _ in range(3):
            factories.make_person(Position.Role.COACH, building=wanted.building)
        with django_assert_num_queries(6):
            serving.services()


class TestDesk:
    """What waits for a coach."""

    def test_requests_and_own_steps_wait_the_longest_first(self, wanted, admin, coach, building):
        requesting.take_up(request=wanted, by=admin, coach=coach)
        engagement = making.make_engagement(
            building, version=making.make_version(), coach=coach, lead=wanted.asked_by
        )
        Engagement.objects.filter(pk=engagement.pk).update(
            next_is_for="coach", next_since=timezone.now() - datetime.timedelta(days=3)
        )
        found = desk.desk_of(coach)
        assert [(thing.kind, thing.days) for thing in found.waiting] == [("step", 3), ("request", 0)]
        assert [seat.engagement for seat in found.under_way] == [engagement]

    def test_what_is_anothers_turn_does_not_wait_for_the_coach(self, building, coach, principal):
        making.make_engagement(building, version=making.make_version(), coach=coach, lead=principal)
        assert desk.desk_of(coach).waiting == []
