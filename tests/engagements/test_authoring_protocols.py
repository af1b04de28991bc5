"""Writing protocols in Wagtail's admin: who may, what a draft may lack, what a publish needs."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from engagements import usage
from engagements.blocks.prompts import Prompts
from engagements.models import Engagement, Protocol, ProtocolVersion
from tests.engagements.protocols import phase, prompt, step, write_protocol

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"wagtailsnippets_engagements_protocol:{name}", args=args)


def form(steps=(), **fields):
    """A protocol's form with one phase, as a browser sends it."""
    empty_step = {"title": "A step", "minutes": "30", "anchor": "", "guidance": rich_text("<p>Read.</p>")}
    texts = {name: rich_text("") for name in ("example", "norms", "facilitation")}
    lists = {name: streamfield([]) for name in ("prepares", "rounds", "prompts")}
    filled = [("step", {**empty_step, **texts, **lists, **one}) for one in steps]
    phases = [("phase", {"title": "A phase", "purpose": "", "anchor": "", "steps": streamfield(filled)})]
    data = {
        "title": "Walking together",
        "slug": "walking-together",
        "summary": "",
        "service": "racial-equity-tool",
        "constituencies": "",
        "phases": streamfield(phases),
    }
    return nested_form_data(data | fields)


def a_prompt(kind, **fields):
    common = {"anchor": "", "label": "Why?", "help": rich_text(""), "report_heading": "", "required": "on"}
    return (kind, common | fields)


def test_an_editor_s_draft_may_be_half_finished(at_the_desk):
    response = at_the_desk.post(url("add"), form())
    assert response.status_code == 302, response.context["form"].errors
    protocol = Protocol.objects.get()
    assert not protocol.live
    assert not ProtocolVersion.objects.exists()


def test_publishing_names_what_is_missing(at_the_desk):
    response = at_the_desk.post(url("add"), form([{}], must_have_voices="on", **{"action-publish": "1"}))
    errors = response.context["form"].errors
    assert "add a “Voices” prompt" in str(errors["must_have_voices"])
    assert not Protocol.objects.exists()


def test_publishing_makes_a_version(at_the_desk):
    steps = [{"prompts": streamfield([a_prompt("text", minimum_words="0")])}]
    response = at_the_desk.post(url("add"), form(steps, **{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    assert ProtocolVersion.objects.get().plan.prompts[0].label == "Why?"


def test_a_step_says_or_asks_something(at_the_desk):
    steps = [{"guidance": rich_text("")}]
    response = at_the_desk.post(url("add"), form(steps, **{"action-publish": "1"}))
    assert "neither says nor asks anything" in response.content.decode()
    assert not Protocol.objects.exists()


@pytest.mark.parametrize(
    ("prompts", "message"),
    [
        (
            [a_prompt("scale", low="A", high="B", steps="5", moment="late", pair="early-one")],
            "no early scale has that name",
        ),
        ([a_prompt("scale", low="A", high="B", steps="5", moment="late", pair="")], "Which early scale"),
        ([a_prompt("data", chart="bar", suppress_below="5")], "greater than or equal to 10"),
        (
            [a_prompt("text", anchor="why", minimum_words="0"), a_prompt("file", anchor="why")],
            "names another part of this protocol too",
        ),
        ([a_prompt("text", label="At {building}?", minimum_words="0")], "mean nothing in a protocol"),
    ],
    ids=["pair is gone", "no pair", "small cells", "one name twice", "placeholder"],
)
def test_a_mistake_in_a_prompt_is_told(at_the_desk, prompts, message):
    response = at_the_desk.post(
        url("add"), form([{"prompts": streamfield(prompts)}], **{"action-publish": "1"})
    )
    assert message in response.content.decode()
    assert not Protocol.objects.exists()


@pytest.mark.parametrize("name", sorted(Prompts().child_blocks))
def test_every_kind_of_prompt_shows_what_it_looks_like(at_the_desk, name):
    """In the picker, and says for what it is: an editor chooses at sight."""
    block = Prompts().child_blocks[name]
    assert block.meta.description and block.meta.icon != "placeholder"
    assert block.get_preview_value()["label"] in block.render(block.get_preview_value())


def test_moderators_approve_what_is_submitted(at_the_desk):
    assert Protocol(title="New").get_workflow() == Workflow.objects.get(name="Moderators approval")


@pytest.mark.parametrize("person", ["teacher", "principal", "coach", "district_admin"])
def test_nobody_else_gets_near(person, request, client_of):
    protocol = write_protocol()
    browser = client_of(request.getfixturevalue(person))
    for address in (url("list"), url("add"), url("edit", protocol.pk), url("preview_on_edit", protocol.pk)):
        assert browser.get(address).status_code in (302, 403, 404)


def preview(browser, protocol, mode):
    browser.post(url("preview_on_edit", protocol.pk), form([{"facilitation": rich_text("<p>Be slow.</p>")}]))
    return browser.get(url("preview_on_edit", protocol.pk), {"mode": mode}).content.decode()


def test_only_the_coach_s_preview_has_the_coach_s_notes(at_the_desk):
    protocol = write_protocol()
    assert "Be slow." in preview(at_the_desk, protocol, "coach")
    as_member = preview(at_the_desk, protocol, "member")
    assert "A step" in as_member and "Be slow." not in as_member


@pytest.fixture
def in_use(building, admin):
    """A protocol on whose first version a team works; since then it was published again."""
    protocol = write_protocol(phase(step(prompt())))
    Engagement.objects.create(
        service=protocol.service,
        protocol_version=ProtocolVersion.objects.get(),
        building=building,
        title="The tardy rule",
        opened_by=admin,
    )
    protocol.title = "Looking together again"
    protocol.save_revision().publish()
    return protocol


def test_the_form_says_which_versions_are_in_use(at_the_desk, in_use):
    page = at_the_desk.get(url("edit", in_use.pk)).content.decode()
    assert "2 (newest)" in page
    listed = at_the_desk.get(url("list")).content.decode()
    assert "Engagements under way" in listed
    assert "The tardy rule" not in page + listed


def test_what_a_team_worked_on_can_not_be_deleted(at_the_desk, in_use):
    page = at_the_desk.post(url("delete", in_use.pk), follow=True).content.decode()
    assert "Teams have worked on" in page
    assert Protocol.objects.filter(pk=in_use.pk).exists()


def test_the_list_counts_for_all_protocols_at_once(in_use, django_assert_num_queries):
    another = write_protocol(slug="another")
    with django_assert_num_queries(1):
        counts = usage.under_way_on([in_use.translation_key, another.translation_key])
    assert counts == {(in_use.translation_key, "en"): 1, (another.translation_key, "en"): 0}
