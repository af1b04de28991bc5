"""What a team shows to everybody: what it chose, and nothing else; voices only while they may be public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import HomePage, ServicePage
from engagements import acting, answering, going_public, hearing
from engagements.models import Publication
from tests import factories
from tests.engagements import making
from tests.engagements.protocols import write_protocol


@pytest.fixture
def version(db):
    """A protocol whose team may publish."""
    step = making.step(
        making.prompt(id_="seen", report_heading="What we saw"),
        making.prompt(id_="inside", report_heading="Between us"),
        making.prompt("voices", "voices", report_heading="Voices"),
        making.prompt("actions", "todo", report_heading="To do"),
    )
    return making.make_version(making.phase(step), may_publish=True)


@pytest.fixture
def written(lead, version):
    """Two answers, and two voices of which one may be public."""
    plan = version.plan
    for id_, text in (("seen", "Nobody asked."), ("inside", "We are tired.")):
        answering.save(member=lead, prompt=plan.prompt(id_), fields={"text": [text]}, based_on=0)
    acting.take_on(by=lead, owner=lead, what="Ring them", prompt=plan.prompt("todo"))
    words = {"group": "Families", "who": "Rosa Vega"}
    hear = {"member": lead, "prompt": plan.prompt("voices")}
    hearing.write_down(**hear, words={**words, "said": "For the team.", "consent": "report"})
    return hearing.write_down(
        **hear, words={**words, "said": "For all.", "consent": "public", "attribution": "group"}
    )


def page_of(client) -> str:
    """What everybody reads."""
    return client.get(
        reverse("engagements:published", args=[Publication.objects.first().slug])
    ).content.decode()


def test_only_what_was_chosen_goes_out_and_what_is_written_later_stays_inside(client, written, lead, version):
    going_public.publish(by=lead, title="Our work", prompt_ids=["seen", "voices"])
    prompt = version.plan.prompt("seen")
    answering.save(member=lead, prompt=prompt, fields={"text": ["Later words."]}, based_on=1)
    page = page_of(client)
    assert "Nobody asked." in page
    assert "For all." in page
    for inside in ("Later words.", "We are tired.", "For the team.", "Rosa Vega", lead.called, "Ring them"):
        assert inside not in page


def test_a_voice_leaves_the_page_when_its_consent_does(client, written, lead):
    publication = going_public.publish(by=lead, title="Our work", prompt_ids=["voices"])
    assert "For all." not in str(publication.contents)
    hearing.rewrite(voice=written, by=lead, words={"consent": "report"}, based_on=1)
    assert "For all." not in page_of(client)
    hearing.rewrite(voice=written, by=lead, words={"consent": "public", "said": "Other words."}, based_on=2)
    assert "Other words." not in page_of(client)
    hearing.take_out(voice=written, by=lead)
    assert "There is nothing to read here" in page_of(client)


def test_what_names_members_cannot_be_chosen(written, engagement, lead):
    assert [choice.prompt.id for choice in going_public.choices(engagement)] == ["seen", "inside", "voices"]
    with pytest.raises(going_public.NothingChosen):
        going_public.publish(by=lead, title="Our work", prompt_ids=["todo"])


def test_it_is_looked_at_then_published_then_taken_down(client, client_of, principal, engagement, written):
    steering, args = client_of(principal), [engagement.pk]
    chosen = {"title": "Our work", "parts": ["seen"]}
    preview = steering.post(reverse("engagements:public_new", args=args), chosen).content.decode()
    assert "Nobody else sees this yet" in preview
    assert not Publication.objects.exists()
    for _ in range(2):
        steering.post(reverse("engagements:public_new", args=args), {**chosen, "publish": "1"})
    assert set(Publication.objects.values_list("slug", flat=True)) == {"our-work"}
    assert "Nobody asked." in page_of(client)
    steering.post(reverse("engagements:public_end", args=args))
    assert client.get(reverse("engagements:published", args=["our-work"])).status_code == 404


@pytest.mark.parametrize("settings", [{}, {"may_publish": True, "confidential": True}])
def test_who_may_not_publish_has_no_such_page(client_of, building, coach, settings):
    version = making.make_version(**settings)
    engagement = making.make_engagement(building, version=version, coach=coach)
    args = [engagement.pk]
    assert client_of(coach).get(reverse("engagements:public", args=args)).status_code == 404
    assert client_of(coach).post(reverse("engagements:public_new", args=args)).status_code == 404
    with pytest.raises(going_public.MayNot):
        going_public.compose(engagement=engagement, prompt_ids=["seen"])


def test_the_public_finds_it_in_the_list_and_on_the_page_of_the_service(client, written, lead):
    factories.the_catalog()
    page = ServicePage(title="The tool", slug="the-tool", service="racial-equity-tool")
    page = HomePage.objects.get().add_child(instance=page)
    places = [reverse("engagements:all_published"), page.url]
    write_protocol(may_publish=True)
    assert all("Nothing" in client.get(place).content.decode() for place in places)
    publication = going_public.publish(by=lead, title="Our work", prompt_ids=["seen"])
    shown = reverse("engagements:published", args=[publication.slug])
    assert all(shown in client.get(place).content.decode() for place in places)
    others = {"service": "data-coaching"}
    assert shown not in client.get(places[0], others).content.decode()
    going_public.take_down(publication=publication, by=lead)
    assert not any(shown in client.get(place).content.decode() for place in places)


def test_the_list_costs_the_same_for_many(client, building, django_assert_num_queries):
    def publish(number):
        engagement = making.make_engagement(building, title=f"Team {number}")
        Publication.objects.create(
            engagement=engagement, slug=f"team-{number}", title="Ours", published_by=engagement.members.get()
        )

    url = reverse("engagements:all_published")
    publish(1)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number in (2, 3):
        publish(number)
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_leaders_find_it_beside_the_engagement_in_their_report(client_of, principal, building, written, lead):
    url = reverse("reports:building", args=[building.slug])
    assert "Public page" not in client_of(principal).get(url).content.decode()
    publication = going_public.publish(by=lead, title="Our work", prompt_ids=["seen"])
    shown = reverse("engagements:published", args=[publication.slug])
    assert shown in client_of(principal).get(url).content.decode()
