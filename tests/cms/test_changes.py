"""What changed for whom after a publish, and what an audience's new rule would change before it is kept."""

import json
import re
import uuid

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms import changing, comparing, recording, tailoring
from cms.models import Audience, ContentChange, Edition, ModulePage
from cms.reckoning import Somewhere, counted
from cms.standpoints import standpoint_of
from courses import enrolling, studying
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    """The audience of elementary buildings."""
    return Audience.objects.create(slug="small", name="Elementary", include={"levels": ["elementary"]})


def module_of(course):
    return ModulePage.objects.child_of(course).first()


def publish(page, blocks=None, **fields):
    """Publish another form of a page, and give the row that says so."""
    for name, value in fields.items():
        setattr(page, name, value)
    if blocks is not None:
        page.body = page.body.stream_block.to_python(blocks)
    page.save_revision().publish()
    return worked_out(page)


def worked_out(subject):
    """The newest change of ``subject``, as it is kept once it was worked out."""
    change = recording.newest_of(subject)
    changing.work_out(change.pk)
    change.refresh_from_db()
    return change


def under_way(people, course):
    """Have them begin the course."""
    for person in people:
        enrollment = enrolling.enroll(person=person, course=course)
        studying.open_module(enrollment=enrollment, module_key=module_of(course).translation_key)


def said(course, person):
    """All that a person reads in the course's first module."""
    found = tailoring.resolve(module_of(course), standpoint_of(type(person).objects.get(pk=person.pk)))
    return [str(block.value["body"].source) for block in found.blocks]


# --- one course, three buildings -------------------------------------------------------------------------


def test_a_module_is_tailored_for_two_buildings_and_an_edit_of_the_master_reaches_all_three(
    building, elementary, small
):
    third = factories.BuildingFactory(level="high")
    teachers = [factories.make_teacher(one) for one in (building, elementary, third)]
    course = factories.make_course(modules=0)
    shared = factories.text("For all.")
    factories.make_module(course, body=[shared, factories.text("On the carpet.", shown_to=["small"])])
    change = {"module": module_of(course).pk, "place": "end", "blocks": [factories.text("At Heron Bend.")]}
    Edition.objects.create(
        course_key=course.translation_key,
        building=building,
        changes=json.dumps([{"type": "addition", "id": str(uuid.uuid4()), "value": change}]),
    )
    own = [["<p>At Heron Bend.</p>"], ["<p>On the carpet.</p>"], []]
    assert [said(course, one) for one in teachers] == [["<p>For all.</p>", *words] for words in own]
    module = module_of(course)
    stored = module.body.get_prep_value()
    stored[0]["value"]["body"] = "<p>Better words.</p>"
    change = publish(module, stored)
    assert [said(course, one) for one in teachers] == [["<p>Better words.</p>", *words] for words in own]
    assert [line["id"] for line in change.effect["lines"]] == [shared["id"]]
    assert len(change.effect["groups"][0]["places"]) == 4, "three buildings, and who reads from none"


# --- rows ------------------------------------------------------------------------------------------------


def test_a_publish_is_recorded_with_its_author_and_blocks_and_worked_out_after_the_commit(
    at_the_desk, editor, course, django_capture_on_commit_callbacks
):
    module = module_of(course)
    first, second, third = module.body.get_prep_value()
    second["value"]["question"] = "<p>Asked otherwise?</p>"
    new = factories.text("New.")
    module.body = module.body.stream_block.to_python([third, second, new])
    revision = module.save_revision(user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish(user=editor)
    change = ContentChange.objects.get()
    assert (change.kind, change.by, change.course_key) == ("module", editor, course.translation_key)
    kinds = {line["id"]: line["kind"] for line in change.effect["lines"]}
    assert kinds[new["id"]] == "added"
    assert kinds[first["id"]] in ("removed", "replaced") or "instead" in change.effect["lines"][0]
    assert kinds[second["id"]] in ("changed", "moved")


def test_what_gives_readers_nothing_else_is_no_change(course):
    module = module_of(course)
    module.save_revision().publish()
    module.title = "A draft"
    module.save_revision()
    module.save(update_fields=["latest_revision"])
    assert not ContentChange.objects.exists()


def test_taking_a_module_back_and_deleting_it_are_changes(course, building):
    module = module_of(course)
    module.unpublish()
    gone = worked_out(module)
    assert gone.after is None
    (effect,) = gone.effect["groups"][0]["effects"]
    assert (effect["before"], effect["after"]) == ("required", "hidden")
    ModulePage.objects.child_of(course).last().delete()
    assert ContentChange.objects.filter(after__isnull=True).count() == 2


def test_people_under_way_are_counted_where_the_change_matters(course, building, elementary, small):
    people = [factories.make_teacher(elementary) for _ in range(3)]
    under_way([*people, factories.make_teacher(building)], course)
    module = module_of(course)
    blocks = [*module.body.get_prep_value(), factories.text("On the carpet.", shown_to=["small"])]
    (group,) = publish(module, blocks).effect["groups"]
    assert [(place["name"], place["people"]) for place in group["places"]] == [("Salmonberry", 3)]
    assert (group["effects"][0]["added"], group["roles"]) == (1, [])


def test_an_effect_stays_as_it_was_worked_out(course, building, teacher):
    change = publish(module_of(course), required=False)
    under_way([teacher], course)
    assert changing.work_out(change.pk).effect == change.effect


def test_an_edition_matters_to_its_building_only(course, building, elementary):
    edition = Edition(course_key=course.translation_key, building=building, live=False)
    edition.save()
    edition.changes = edition.changes.stream_block.to_python(
        [{"type": "standing", "value": {"module": module_of(course).pk, "standing": "optional"}}]
    )
    (group,) = publish(edition).effect["groups"]
    assert [place["name"] for place in group["places"]] == [building.name]
    assert (group["effects"][0]["before"], group["effects"][0]["after"]) == ("required", "optional")


def test_who_may_take_a_course_is_a_change_for_those_who_no_longer_may(course, building, elementary, small):
    groups = publish(course, audiences=["small"]).effect["groups"]
    assert {group["opening"] for group in groups} == {"closed"}
    assert "Salmonberry" not in {place["name"] for group in groups for place in group["places"]}


# --- comparing -------------------------------------------------------------------------------------------


class Item:
    """A block reduced to its identity and words."""

    def __init__(self, pair):
        self.id, self.words = pair


bodies = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 1)), unique_by=lambda pair: pair[0], max_size=9
).map(lambda pairs: [Item(pair) for pair in pairs])


@given(bodies, bodies)
def test_a_comparison_can_be_read_back_on_both_sides_and_names_every_difference(left, right):
    lines = comparing.compare(left, right, left_words=words, right_words=words)
    assert [line.left for line in lines if line.left] == left
    assert [line.right for line in lines if line.right] == right
    old, new = ({item.id: item.words for item in side} for side in (left, right))
    assert ids(lines, "right", comparing.ADDED, comparing.REPLACED) == new.keys() - old.keys()
    assert ids(lines, "left", comparing.REMOVED, comparing.REPLACED) == old.keys() - new.keys()
    moved = ids(lines, "right", comparing.MOVED)
    assert moved == ids(lines, "left", comparing.MOVED)
    others = {key for key in old.keys() & new.keys() if old[key] != new[key]}
    assert ids(lines, "right", comparing.CHANGED) == others - moved
    assert (left_over(left) == left_over(right)) == all(line.kind == comparing.SAME for line in lines)


def words(item):
    return item.words


def ids(lines, side, *kinds):
    return {getattr(line, side).id for line in lines if line.kind in kinds and getattr(line, side)}


def left_over(items):
    return [(item.id, item.words) for item in items]


# --- the page ----------------------------------------------------------------------------------------------


def test_publishing_leads_to_the_page_that_says_for_whom_and_hides_small_counts(
    at_the_desk, course, building, elementary
):
    under_way([factories.make_teacher(building) for _ in range(12)], course)
    under_way([factories.make_teacher(elementary) for _ in range(3)], course)
    module = module_of(course)
    change = publish(module, [*module.body.get_prep_value(), factories.text("Something new.")])
    page = at_the_desk.get(reverse("changes:show", args=[change.pk])).content.decode()
    assert "Something new." in page
    assert "12 people" in page
    assert "fewer than 10" in page
    assert not re.search(r"\b(3|15) (people|person)", page), "neither the few nor a sum that gives them away"
    assert course.title in at_the_desk.get(reverse("changes:index")).content.decode()
    assert at_the_desk.get(reverse("changes:show", args=[0])).status_code == 404


def test_a_count_can_never_be_worked_out_from_a_sum():
    places = [Somewhere("A", "", 12), Somewhere("B", "", 3), Somewhere("C", "", 0), Somewhere("D", "", 30)]
    assert counted(places) == {"people": 42, "places": 2, "few": 1, "nobody": 1}


def test_the_list_of_changes_asks_as_often_for_many_as_for_few(
    at_the_desk, course, django_assert_max_num_queries
):
    for number in range(25):
        publish(module_of(course), minutes=number + 1)
    url = reverse("changes:index")
    at_the_desk.get(url)
    with django_assert_max_num_queries(14):
        assert at_the_desk.get(url).status_code == 200


# --- audiences ---------------------------------------------------------------------------------------------


def rule_form(audience, **ticked):
    return {"name": audience.name, "slug": audience.slug, "description": "", **ticked}


def test_a_rule_that_changes_what_people_under_way_see_is_kept_only_once_its_effect_was_confirmed(
    at_the_desk, course, building, elementary, small
):
    under_way([factories.make_teacher(elementary)], course)
    module = module_of(course)
    publish(module, [*module.body.get_prep_value(), factories.text("On the carpet.", shown_to=["small"])])
    url = reverse("wagtailsnippets_cms_audience:edit", args=[small.pk])
    data = rule_form(small, include_levels=["middle"])
    answer = at_the_desk.post(url, data)
    small.refresh_from_db()
    assert small.include == {"levels": ["elementary"]}
    shown = answer.content.decode()
    assert "Salmonberry" in shown
    assert "fewer than 10" in shown
    digest = answer.context["form"].warning.digest
    other = at_the_desk.post(url, {**rule_form(small, include_levels=["high"]), "confirmed": digest})
    assert other.status_code == 200, "what was confirmed is one rule, not any"
    assert at_the_desk.post(url, {**data, "confirmed": digest}).status_code == 302
    small.refresh_from_db()
    assert small.include == {"levels": ["middle"]}
    change = worked_out(small)
    effects = {
        place["name"]: group["effects"][0] for group in change.effect["groups"] for place in group["places"]
    }
    assert (effects["Salmonberry"]["removed"], effects[building.name]["added"]) == (1, 1)


def test_a_rule_that_changes_nothing_for_people_under_way_is_kept_at_once(
    at_the_desk, course, building, small
):
    url = reverse("wagtailsnippets_cms_audience:edit", args=[small.pk])
    assert at_the_desk.post(url, rule_form(small, include_levels=["middle"])).status_code == 302


def test_a_ticked_box_never_takes_effect_before_somebody_saves(at_the_desk, small):
    for url in (
        reverse("wagtailsnippets_cms_audience:edit", args=[small.pk]),
        reverse("wagtailsnippets_cms_audience:add"),
    ):
        assert at_the_desk.get(url).context["autosave_enabled"] is False


def test_saving_a_rule_leads_to_for_whom_it_changed(at_the_desk, course, small):
    module = module_of(course)
    publish(module, [*module.body.get_prep_value(), factories.text("On the carpet.", shown_to=["small"])])
    url = reverse("wagtailsnippets_cms_audience:edit", args=[small.pk])
    answer = at_the_desk.post(url, rule_form(small, include_levels=["middle"]), follow=True)
    change = recording.newest_of(small)
    assert reverse("changes:show", args=[change.pk]) in answer.content.decode()
