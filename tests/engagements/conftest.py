"""What the tests of engagements share: one under way, its people, and what they write in."""

import pytest

from engagements import joining
from engagements.models import Member
from tests import factories
from tests.engagements import making


@pytest.fixture
def version(db):
    """A protocol of one step with one text."""
    return making.make_version()


@pytest.fixture
def engagement(building, coach, principal, version):
    """An engagement that the coach and the principal lead."""
    return making.make_engagement(building, version=version, coach=coach, lead=principal)


@pytest.fixture
def lead(engagement, principal):
    """The principal's place in it."""
    return making.member_of(engagement, principal)


@pytest.fixture
def maria(engagement, building, coach):
    """A member of the team."""
    person = factories.make_teacher(building, first_name="Maria", last_name="Solano")
    member = joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, person=person)
    member.engagement = engagement
    return member


@pytest.fixture
def text(version):
    """The version's one prompt."""
    return version.plan.prompt("seen")
