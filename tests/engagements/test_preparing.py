"""What prepares for a step: each reader's own state, and who may assign it to the team."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import enrolling
from courses.models import Enrollment, ModuleProgress
from engagements import preparing
from engagements.seats import seat_of
from tests import factories
from tests.engagements import making


@pytest.fixture
def course(db):
    """The course to take first."""
    return factories.make_course("Seeing patterns")


@pytest.fixture
def version(course):
    """A protocol whose one step asks for the course and for a module of it."""
    return version_with(course)


def version_with(course, **settings):
    """A protocol with a step that the course prepares for."""
    module = course.get_children().first()
    keys = [None, str(module.specific.translation_key)]
    prepares = [
        {"course_key": str(course.translation_key), "module_key": key, "title": "Seeing patterns"}
        for key in keys
    ]
    step = making.step(making.prompt(id_="seen"), id_="look", prepares=prepares)
    return making.make_version(making.phase(step), **settings)


def prepared(engagement, reader):
    """What stands before the step for a reader."""
    [step] = engagement.protocol_version.plan.steps
    members = list(engagement.members.all())
    seat = seat_of(user=reader, engagement=engagement)
    return preparing.prepared(step=step, seat=seat, reader=reader, members=members)


def test_each_reader_sees_their_own_state(engagement, course, maria, principal):
    enrollment = enrolling.enroll(person=maria.person, course=course)
    Enrollment.objects.filter(pk=enrollment.pk).update(status=Enrollment.Status.UNDER_WAY)
    key = course.get_children().first().specific.translation_key
    ModuleProgress.objects.update_or_create(
        enrollment=enrollment, module_key=key, defaults={"completed_at": timezone.now()}
    )
    assert [one.state for one in prepared(engagement, maria.person)] == ["going", "done"]
    assert [one.state for one in prepared(engagement, principal)] == ["none", "none"]


def test_who_leads_the_place_may_assign_it_to_the_team_and_nobody_else(
    client_of, engagement, maria, principal, coach
):
    url = prepared(engagement, principal)[0].assign_url
    people = {int(pk) for pk in parse_qs(urlsplit(url).query)["people"]}
    assert people == {maria.person_id, principal.pk}
    page = client_of(principal).get(url).content.decode()
    assert "Solano" in page
    assert [one.assign_url for one in prepared(engagement, coach)] == ["", ""]
    assert [one.assign_url for one in prepared(engagement, maria.person)] == ["", ""]


def test_nothing_is_assigned_out_of_confidential_work(building, coach, principal, course):
    engagement = making.make_engagement(
        building, version=version_with(course, confidential=True), coach=coach, lead=principal
    )
    assert [one.assign_url for one in prepared(engagement, principal)] == ["", ""]


def test_the_step_says_so(client_of, engagement, principal):
    url = reverse("engagements:step", args=[engagement.pk, "look"])
    page = client_of(principal).get(url).content.decode()
    assert "Not started" in page
    assert "Assign it to the team" in page
