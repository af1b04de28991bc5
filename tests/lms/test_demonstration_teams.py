"""The demonstration's teams: each kind of work on its way, and one review told to what became of it."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from courses.models import Certificate, Participation
from engagements import acting, going_public
from engagements.models import Engagement, Meeting, Member, Voice
from lms.demonstration import teams
from notices.models import Notice

PROTOCOLS = Path(settings.BASE_DIR) / "fixtures" / "protocols"
#: What two teams' meetings count for: a course without modules, quickly imported.
WITH_A_COACH = PROTOCOLS.parent / "courses" / "reviewing-a-policy-with-your-team"
#: What a step is prepared with: courses, whose import would cost more than all of this.
PREPARED = re.compile(r"^:::prepare\n(- .*\n)+:::\n\n", re.MULTILINE)


@pytest.fixture
def told(db, tmp_path):
    """The teams, written into a region with its people and protocols."""
    for path in PROTOCOLS.glob("*.md"):
        (tmp_path / path.name).write_text(PREPARED.sub("", path.read_text()))
    call_command("setup_site", verbosity=0)
    call_command("import_standards", verbosity=0)
    call_command("import_roster", verbosity=0)
    call_command("import_course", str(WITH_A_COACH), verbosity=0)
    call_command("import_protocols", str(tmp_path), verbosity=0)
    teams.write()


def test_the_teams_tell_their_whole_story(told, subtests):
    with subtests.test("told twice, it is there once"):
        before = Engagement.objects.count()
        teams.write()
        assert Engagement.objects.count() == before

    with subtests.test("each kind is under way, and one review is closed"):
        states = set(Engagement.objects.values_list("service", "state"))
        assert states == {
            ("racial-equity-tool", "under-way"),
            ("data-coaching", "under-way"),
            ("leadership-coaching", "under-way"),
            ("advisory-committee", "under-way"),
            ("racial-equity-tool", "closed"),
        }

    closed = Engagement.objects.get(state="closed")
    today = timezone.localdate()

    with subtests.test("hours of the review are given; most have a certificate, some owe an evaluation"):
        given = Participation.objects.filter(enrollment__registration__offering__engagement=closed)
        assert given.count() == 7
        certified = Certificate.objects.filter(enrollment__participation__in=given)
        assert certified.count() == given.filter(enrollment__status="complete").count() == 4
        assert all(one.snapshot["total_hours"] != "0.0" for one in certified)

    with subtests.test("the review is whole: all its steps, a decision, and a day to look again"):
        assert closed.progress == 100
        assert timezone.localdate(closed.opened_at) < timezone.localdate(closed.closed_at) < today
        assert closed.review_on > today
        kept = closed.reports.get()
        assert kept.contents["decision"]["reasons"] and kept.contents["decision"]["conditions"]
        assert kept.contents["closing_words"] == closed.closing_words

    with subtests.test("its voices go as far as each was allowed, and one was taken out"):
        assert set(closed.voices.values_list("consent", "attribution")) == {
            ("public", "named"),
            ("public", "group"),
            ("report", "none"),
            ("report", "group"),
            ("team", "none"),
        }
        assert not any("taken out" in voice.said for voice in closed.voices.all())
        by_guest = Voice.objects.get(engagement=closed, written_by__role=Member.Role.GUEST)
        assert by_guest.language == "es" and by_guest.link.expires_at < timezone.now()

    with subtests.test("its meetings were held, four and more in five months, each with who was there"):
        since = timezone.now() - datetime.timedelta(days=150)
        held = Meeting.objects.filter(engagement=closed, held_at__gte=since, held_at__lte=timezone.now())
        assert held.count() >= 4
        assert all(40 <= one.minutes_long <= 90 and one.attendance.exists() for one in held)

    with subtests.test("what was taken on was done, and what became of it was told twice, after the end"):
        assert all(item.done_at and item.how_it_went for item in acting.items_of(closed))
        later = list(closed.follow_ups.all())
        assert len(later) == 2 and all(row.at > closed.closed_at for row in later)

    with subtests.test("nothing in it is younger than its end, and nobody is told of it now"):
        assert not closed.answers.filter(saved_at__gt=closed.closed_at).exists()
        assert not closed.steps_done.filter(at__gt=closed.closed_at).exists()
        assert not Notice.objects.filter(url__startswith=f"/engagements/{closed.pk}/").exists()

    with subtests.test("each one under way has something to show at each turn"):
        for one in Engagement.objects.filter(state="under-way"):
            assert 0 < one.progress < 100, one
            assert one.steps_done.exists() and one.answers.filter(kind="table").exists(), one
            assert one.meetings.filter(held_at__lt=timezone.now()).exists(), one
            assert any(item.is_overdue for item in acting.items_of(one)), one
            assert one.answers.filter(kind="minutes").exists(), one

    with subtests.test("the committee has a charter, strategies at three levels, and a page for everybody"):
        committee = Engagement.objects.get(service="advisory-committee")
        assert committee.answers.filter(kind="decision", is_enough=True).exists()
        levels = {
            row[1] for item in shown_items(committee) if item["kind"] == "table" for row in item["rows"]
        }
        assert {"Building", "District", "Community"} <= levels
        assert any(item["kind"] == "voices" for item in shown_items(committee))


def shown_items(engagement) -> list[dict]:
    """What is public of it."""
    return [item for phase in going_public.shown(engagement).contents["phases"] for item in phase["items"]]
