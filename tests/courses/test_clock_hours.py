"""Clock hours: half-hour steps within what is offered, and how far they bring a renewal."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.models import RenewalRule
from courses import certifying, clock_hours
from courses.clock_hours import NotClaimable, Offer
from roster.models import Position
from tests import factories
from tests.courses.endings import EQUITY, LEADERSHIP, category, certify, complete, make_approved_course

OFFERS = st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)
ANY_HOURS = st.decimals(-2, 12, places=2) | st.sampled_from([Decimal("NaN"), Decimal("Infinity")])


@given(OFFERS, OFFERS, st.data())
def test_what_is_claimed_is_in_half_hours_within_the_offer_and_adds_up(first, second, data):
    offers = [Offer("a", "A", first), Offer("b", "B", second)]
    claim = {
        offer.category: data.draw(st.sampled_from(clock_hours.steps_to(offer.hours))) for offer in offers
    }
    claimed = clock_hours.check(claim, offers)
    assert all(0 <= claimed[offer.category] <= offer.hours for offer in offers)
    assert all(hours % clock_hours.STEP == 0 for hours in claimed.values())
    assert clock_hours.total(claimed.values()) == sum(claim.values()) <= first + second


@given(OFFERS, ANY_HOURS)
def test_nothing_else_can_be_claimed(offered, hours):
    offers = [Offer("a", "A", offered)]
    if hours in clock_hours.steps_to(offered):
        assert clock_hours.check({"a": hours}, offers) == {"a": hours}
    else:
        with pytest.raises(NotClaimable):
            clock_hours.check({"a": hours}, offers)


@given(OFFERS)
def test_claiming_nothing_in_particular_is_claiming_the_whole(offered):
    assert clock_hours.check({}, [Offer("a", "A", offered)]) == {"a": offered}
    assert clock_hours.steps_to(offered)[0] == offered
    assert clock_hours.steps_to(offered)[-1] == 0


def test_a_category_that_is_not_offered_is_refused():
    with pytest.raises(NotClaimable):
        clock_hours.check({"b": Decimal(1)}, [Offer("a", "A", Decimal(2))])


def test_a_claim_stands_when_it_is_credited_again(teacher):
    enrollment = complete(teacher, make_approved_course())
    offers = [Offer(EQUITY, "Equity", Decimal(3))]
    clock_hours.credit(enrollment=enrollment, offers=offers, hours={EQUITY: Decimal("1.5")})
    again = clock_hours.credit(enrollment=enrollment, offers=offers)
    assert [(entry.hours, entry.offered) for entry in again] == [(Decimal("1.5"), Decimal("3.0"))]


@pytest.fixture
def rules(db):
    """The state's rules of teachers and administrators, as the fixtures have them."""
    equity, leadership = category(EQUITY), category(LEADERSHIP)
    holder = RenewalRule.Holder
    for who, of, hours in [
        (holder.TEACHER, None, 100),
        (holder.TEACHER, equity, 15),
        (holder.ADMINISTRATOR, None, 100),
        (holder.ADMINISTRATOR, equity, 10),
        (holder.ADMINISTRATOR, leadership, 10),
    ]:
        RenewalRule.objects.get_or_create(holder=who, category=of, defaults={"hours": hours, "years": 5})


def standing(person, **when):
    """Rules of ``person`` as {category: (asked, earned, missing)}."""
    return {
        row.rule.category.slug if row.rule.category else "": (row.rule.hours, row.earned, row.missing)
        for row in clock_hours.renewal_standing(person, **when)
    }


def test_a_teachers_hours_against_the_rules(teacher, rules):
    certify(teacher, make_approved_course(hours={EQUITY: 3, LEADERSHIP: 1}))
    found = standing(teacher)
    assert found[""] == (100, 4, 96)
    assert found[EQUITY] == (15, 3, 12)
    assert LEADERSHIP not in found


def test_who_is_teacher_and_administrator_needs_the_administrators_equity_hours(teacher, building, rules):
    factories.PositionFactory(person=teacher, role=Position.Role.PRINCIPAL, building=building)
    assert {name: asked for name, (asked, *_rest) in standing(teacher).items()}[EQUITY] == 10


def test_hours_older_than_the_rule_counts_are_left_out(teacher, rules):
    certify(teacher, make_approved_course(), days_ago=30)
    today = timezone.localdate()
    assert standing(teacher)[EQUITY][1] == 3
    assert standing(teacher, on=today + datetime.timedelta(days=6 * 365))[EQUITY][1] == 0


def test_a_revoked_certificates_hours_do_not_count(teacher, admin, rules):
    certifying.revoke(certificate=certify(teacher, make_approved_course()), by=admin, reason="A mistake.")
    assert standing(teacher)[EQUITY] == (15, 0, 15)


def test_a_paraeducator_and_a_coach_have_no_rule_here(building, coach, rules):
    assert standing(factories.make_person(Position.Role.PARAEDUCATOR, building=building)) == {}
    assert standing(coach) == {}


def test_the_standing_costs_few_queries(teacher, rules, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        clock_hours.renewal_standing(teacher)
