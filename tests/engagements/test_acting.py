"""What members take on: told in time, once, and without its words; changed, done, dropped."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import sweeping
from engagements import acting, joining
from engagements.models import ActionItem, Member
from notices.models import Notice
from tests.engagements import making

DAY = datetime.timedelta(days=1)


@pytest.fixture
def version(db):
    """A protocol with a prompt for action items."""
    return making.make_version(
        making.phase(making.step(making.prompt("actions", "todo"), id_="look", title="Look closely"))
    )


@pytest.fixture
def taken(lead, maria):
    """What Maria took on, by tomorrow; the lead wrote it down."""
    due_on = timezone.localdate() + DAY
    return acting.take_on(by=lead, owner=maria, what="Ring the Okafor family", due_on=due_on)


def test_who_is_given_something_is_told_once_and_without_its_words(taken, maria, lead):
    acting.change(item=taken, by=lead, owner=maria, what="Ring both families", due_on=taken.due_on)
    notice = Notice.objects.get(person=maria.person, key__startswith="action:")
    assert lead.called in notice.body
    assert "Okafor" not in notice.title + notice.body


def test_who_writes_their_own_is_not_told(lead):
    acting.take_on(by=lead, owner=lead, what="Book the library")
    assert not Notice.objects.exists()


def test_whom_it_is_passed_to_is_told(taken, lead, coach, engagement):
    acting.change(
        item=taken, by=lead, owner=making.member_of(engagement, coach), what=taken.what, due_on=None
    )
    assert Notice.objects.filter(person=coach).count() == 1


@pytest.mark.parametrize(("due_in", "told"), [(-8, 0), (-1, 1), (0, 0), (1, 1), (2, 0)])
def test_the_night_tells_of_tomorrow_and_of_what_is_late_and_can_run_twice(lead, maria, due_in, told):
    due_on = timezone.localdate() + due_in * DAY
    acting.take_on(by=lead, owner=maria, what="Ring them", due_on=due_on)
    Notice.objects.all().delete()
    sweeping.nightly()
    sweeping.nightly()
    assert Notice.objects.filter(person=maria.person).count() == told


def test_what_is_settled_or_of_who_left_is_told_of_no_more(taken, maria, coach):
    Notice.objects.all().delete()
    acting.settle(item=taken, outcome="done")
    acting.remind()
    acting.settle(item=taken, outcome="open")
    joining.leave(member=maria, by=coach)
    acting.remind()
    assert not Notice.objects.exists()


def test_a_guest_or_another_teams_member_owns_nothing(lead, engagement, building):
    guest = joining.add(engagement=engagement, by=lead.person, role=Member.Role.GUEST, name="Rosa")
    other = making.make_engagement(building).members.first()
    for owner in (guest, other):
        with pytest.raises(acting.CannotOwn):
            acting.take_on(by=lead, owner=owner, what="Come")


def test_it_stands_in_the_calendar_and_a_confidential_one_without_a_name(
    taken, maria, building, coach, principal
):
    (date,) = acting.dates_of(maria.person)
    assert date.title == "To do: Who gets into algebra"
    version = making.make_version(confidential=True)
    coaching = making.make_engagement(building, version=version, coach=coach, lead=principal)
    lead = making.member_of(coaching, principal)
    acting.take_on(by=lead, owner=lead, what="Listen", due_on=taken.due_on)
    (date,) = acting.dates_of(principal)
    assert date.title == "Something you took on"


def test_an_item_is_made_at_a_prompt_and_answers_it(client_of, engagement, principal, lead):
    client = client_of(principal)
    url = reverse("engagements:action_new", args=[engagement.pk])
    posted = {"prompt": "todo", "what": "Ask the families", "owner": lead.pk}
    assert client.post(url, posted).url.endswith("#prompt-todo")
    page = client.get(reverse("engagements:step", args=[engagement.pk, "look"])).content.decode()
    assert "Ask the families" in page
    done = client.post(reverse("engagements:step_done", args=[engagement.pk, "look"]))
    assert "#prompt" not in done.url
    assert client.post(url, {**posted, "prompt": "elsewhere"}).status_code == 404


def test_how_it_went_is_said_even_after_the_end(client_of, engagement, principal, taken):
    client, args = client_of(principal), [engagement.pk, taken.pk]
    url = reverse("engagements:action_change", args=args)
    assert "Ring the Okafor family" in client.get(reverse("engagements:action", args=args)).content.decode()
    engagement.state, engagement.closed_at = "closed", timezone.now()
    engagement.save()
    assert client.post(url, {"outcome": "done", "how_it_went": "They were glad."}).status_code == 302
    taken = ActionItem.objects.get()
    assert taken.done_at
    assert taken.how_it_went == "They were glad."


def test_the_list_costs_the_same_however_much_was_taken_on(
    client_of, engagement, principal, lead, django_assert_max_num_queries
):
    for number in range(6):
        acting.take_on(by=lead, owner=lead, what=f"Thing {number}")
    client = client_of(principal)
    client.get(reverse("engagements:list"))
    with django_assert_max_num_queries(8):
        client.get(reverse("engagements:actions", args=[engagement.pk]))


def test_a_reader_beside_the_table_sees_it_and_writes_nothing(client_of, engagement, district_admin, taken):
    client = client_of(district_admin)
    page = client.get(reverse("engagements:actions", args=[engagement.pk])).content.decode()
    assert "Ring the Okafor family" in page
    assert "Write it down" not in page
    for name, args in (("action_change", [taken.pk]), ("action_end", [taken.pk]), ("action_new", [])):
        url = reverse(f"engagements:{name}", args=[engagement.pk, *args])
        assert client.post(url, {"outcome": "done"}).status_code == 404
