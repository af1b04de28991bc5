"""The day to look again: told once, in the calendar, and waiting until somebody writes what became of it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import sweeping
from engagements import answering, closing, desk, looking_again, reporting
from engagements.models import Engagement
from notices import calendars
from notices.models import Notice
from tests.engagements import making

DAY = datetime.timedelta(days=1)
DECIDE = making.prompt(
    "decision", "decide", options=[{"id": "keep", "title": "Keep it"}], reasons=True, review_on=True
)


def heard(person) -> list[tuple[str, str]]:
    """What somebody was told: titles and addresses, the newest last."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", "url"))


def decide(engagement, by, review_on):
    """Answer the decision."""
    answering.save(
        member=by,
        prompt=engagement.protocol_version.plan.prompt("decide"),
        fields={"choice": ["keep"], "reasons": ["It works."], "review_on": [review_on]},
        based_on=0,
    )


def decided(building, coach, principal, days, **settings):
    """An engagement that is closed, whose decision is looked at again in so many days."""
    version = making.make_version(making.phase(making.step(DECIDE)), **settings)
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    review_on = timezone.localdate() + days * DAY
    decide(engagement, making.member_of(engagement, principal), review_on.isoformat())
    closing.close(engagement=engagement, by=coach)
    return engagement


@pytest.mark.parametrize(("days", "is_told"), [(-8, False), (-1, True), (0, True), (1, False)])
def test_on_the_day_to_look_again_who_leads_is_told_once(building, coach, principal, days, is_told):
    engagement = decided(building, coach, principal, days)
    Notice.objects.all().delete()

    sweeping.nightly()
    sweeping.nightly()

    page = looking_again.url_of(engagement)
    told = [("“Who gets into algebra”: the day to look again has come", page)]
    assert heard(principal) == heard(coach) == (told if is_told else [])


def test_a_day_that_is_none_is_no_day(building, coach, principal):
    engagement = making.make_engagement(
        building, version=making.make_version(making.phase(making.step(DECIDE))), coach=coach, lead=principal
    )
    decide(engagement, making.member_of(engagement, principal), "2027-02-30")
    closing.close(engagement=engagement, by=coach)
    assert Engagement.objects.get().review_on is None


@pytest.mark.parametrize("is_confidential", [False, True])
def test_the_day_stands_in_the_calendar_without_a_name_where_it_is_confidential(
    building, coach, principal, is_confidential
):
    engagement = decided(building, coach, principal, 30, confidential=is_confidential)
    (date,) = looking_again.dates_of(principal)

    assert date.starts == engagement.review_on
    assert ("algebra" in date.title) is not is_confidential
    assert date.uid.encode() in calendars.write(calendars.make_feed(person=principal))


def test_it_waits_until_somebody_writes_what_became_of_it(building, coach, principal, client_of):
    engagement = decided(building, coach, principal, -3)
    page, report = reverse("engagements:show", args=[engagement.pk]), looking_again.url_of(engagement)

    [thing] = desk.desk_of(coach).waiting
    assert (thing.kind, thing.title, thing.days) == ("review", engagement.title, 3)
    assert report in client_of(principal).get(page).content.decode()

    lead = making.member_of(engagement, principal)
    reporting.follow_up(engagement=engagement, by=lead, text="Every family was called.")
    assert desk.desk_of(coach).waiting == []
    assert report not in client_of(principal).get(page).content.decode()


def test_what_was_written_before_the_day_does_not_stand_for_it(building, coach, principal):
    engagement = decided(building, coach, principal, 0)
    lead = making.member_of(engagement, principal)
    early = reporting.follow_up(engagement=engagement, by=lead, text="Not much yet.")
    early.at = timezone.now() - 5 * DAY
    early.save()
    assert [thing.kind for thing in desk.desk_of(coach).waiting] == ["review"]
