"""What editors do in the admin: audiences, editions, permissions, and telling the apps above."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from cms.admin.forms import AudienceForm
from cms.admin.reach import reach_of
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.signals import course_changed
from courses import enrolling
from courses.models import Enrollment
from roster.models import Position
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_desk(editor, client_of):
    """An editor, signed in, whose group may edit."""
    call_command("setup_groups", verbosity=0)
    return client_of(editor)


@pytest.fixture
def elementary():
    """The audience of elementary buildings."""
    return Audience.objects.create(slug="elementary", name="Elementary", include={"levels": ["elementary"]})


@pytest.fixture
def heard():
    """The course keys that were told of, in order."""
    keys = []

    def hear(course_key, **kwargs):
        keys.append(course_key)

    course_changed.connect(hear, dispatch_uid="test")
    yield keys
    course_changed.disconnect(dispatch_uid="test")


def audience_form(instance=None, **ticked):
    data = {"name": "Some", "slug": "some", "description": "", **ticked}
    form_class = type("Form", (AudienceForm,), {"Meta": _Meta})
    return form_class(data, instance=instance or Audience())


class _Meta:
    model = Audience
    fields = ["name", "slug", "description"]


# --- audiences ------------------------------------------------------------------------------------------


def test_the_count_covers_buildings_and_each_person_once(district, building, teacher):
    small = factories.BuildingFactory(district=district, level="elementary")
    for _ in range(2):
        factories.make_teacher(small)
    factories.PositionFactory(person=teacher, role=Position.Role.COUNSELOR, building=building)
    reach = reach_of({"districts": [district.slug]}, {})
    assert (reach.buildings, reach.staff) == (2, 3)
    assert [place.staff for place in reach.places if place.name == building.name] == [1]
    assert reach_of({"levels": ["elementary"]}, {}).staff == 2
    assert reach_of({"districts": [district.slug]}, {"levels": ["elementary"]}).staff == 1


def test_counting_asks_the_database_as_often_for_a_region_as_for_a_building(
    building, teacher, django_assert_num_queries
):
    reach_of({"roles": ["teacher"]}, {})
    with django_assert_num_queries(4):
        reach_of({"roles": ["teacher"]}, {})
    for _ in range(3):
        factories.make_teacher(factories.BuildingFactory())
    with django_assert_num_queries(4):
        assert reach_of({"roles": ["teacher"]}, {}).buildings == 4


def test_coaches_only_count_where_the_rule_means_them(building, coach):
    assert reach_of({"buildings": [building.slug]}, {}).staff == 0
    assert reach_of({"roles": ["coach"]}, {}).staff == 1


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        ({}, "Tick at least one box"),
        ({"include_levels": ["kindergarten"]}, "valid choice"),
        ({"include_buildings": ["nowhere"]}, "valid choice"),
        ({"include_levels": ["middle"], "exclude_levels": ["middle"]}, "Nobody would be meant"),
    ],
)
def test_a_rule_that_means_nobody_or_everybody_is_refused(building, teacher, ticked, words):
    form = audience_form(**ticked)
    assert not form.is_valid()
    assert words in str(form.errors)


def test_a_rule_is_kept_without_the_kinds_that_say_nothing(building, teacher):
    form = audience_form(include_levels=["middle"], include_roles=["teacher", "counselor"])
    assert form.is_valid(), form.errors
    assert form.save().include == {"levels": ["middle"], "roles": ["teacher", "counselor"]}


def _in_a_course(course, slug):
    course.audiences = [slug]
    course.save()


def _in_a_block(course, slug):
    factories.make_module(course, body=[factories.text("Words.", shown_to=[slug])])


def _in_a_variant(course, slug):
    option = {"type": "item", "id": None, "value": {"audiences": [slug], "blocks": [factories.text()]}}
    body = [factories.block("variants", options=[option], otherwise=[])]
    factories.make_module(course, body=body)


def _in_a_draft(course, slug):
    module = course.get_children().first().specific
    module.audiences = [slug]
    module.save_revision()


def _in_an_edition(course, slug):
    module = course.get_children().first()
    value = {"module": module.pk, "place": "end", "blocks": [factories.text("Words.", shown_to=[slug])]}
    changes = json.dumps([{"type": "addition", "value": value, "id": "8c1a9e0e-0000-4000-8000-000000000000"}])
    building = factories.BuildingFactory()
    Edition.objects.create(course_key=course.translation_key, building=building, changes=changes)


@pytest.mark.parametrize("use", [_in_a_course, _in_a_block, _in_a_variant, _in_a_draft, _in_an_edition])
def test_an_audience_that_is_used_stays_and_keeps_its_short_name(course, elementary, use):
    use(course, "elementary")
    with pytest.raises(ProtectedError):
        elementary.delete()
    elementary.slug = "primary"
    with pytest.raises(ValidationError):
        elementary.full_clean()


def test_an_audience_that_nothing_names_can_go(course, elementary):
    elementary.slug = "primary"
    elementary.full_clean()
    elementary.delete()
    assert not Audience.objects.exists()


def test_the_admin_says_where_a_used_audience_is_used_instead_of_deleting_it(at_the_desk, course, elementary):
    _in_a_course(course, "elementary")
    url = reverse("wagtailsnippets_cms_audience:delete", args=[elementary.pk])
    answer = at_the_desk.post(url, follow=True)
    assert Audience.objects.filter(pk=elementary.pk).exists()
    said = [str(message) for message in answer.context["messages"]]
    assert course.title in said[0]
    page = at_the_desk.get(reverse("wagtailsnippets_cms_audience:edit", args=[elementary.pk]))
    assert "While it is used" in page.content.decode()


def test_ticking_boxes_is_answered_with_whom_they_cover(at_the_desk, building, teacher):
    url = reverse("wagtailsnippets_cms_audience:reach")
    said = at_the_desk.post(url, {"include_levels": ["middle"]}).content.decode()
    assert "1 building" in said
    assert building.name in said
    assert at_the_desk.post(url, {"include_levels": ["nonsense"]}).status_code == 422


# --- pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["course", "module"])
def test_an_editor_opens_and_publishes_a_page(at_the_desk, course, which, heard):
    page = course if which == "course" else course.get_children().first().specific
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = at_the_desk.get(url)
    assert answer.status_code == 200
    data = _posted(answer, title="Another title")
    answer = at_the_desk.post(url, {**data, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    page.refresh_from_db()
    assert page.title == "Another title"
    assert course.translation_key in heard


def test_choosing_audiences_on_a_page_keeps_their_short_names(at_the_desk, course, elementary):
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    data = _posted(at_the_desk.get(url), audiences=["elementary"])
    at_the_desk.post(url, {**data, "action-publish": "1"})
    course.refresh_from_db()
    assert course.audiences == ["elementary"]


def test_words_about_a_team_need_the_service_that_they_lead_to(at_the_desk, course):
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    refused = at_the_desk.post(url, _posted(at_the_desk.get(url), team_words="Together."))
    assert "Choose the service that your words lead to." in refused.content.decode()


def test_a_placeholder_that_means_nothing_is_refused_outside_blocks_too(at_the_desk, course):
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    data = _posted(at_the_desk.get(url), summary="For {bilding}.")
    answer = at_the_desk.post(url, {**data, "action-publish": "1"})
    assert "Nothing is known by {bilding}" in str(answer.context["form"].errors["summary"])


def test_how_a_course_is_taken_stays_while_people_are_in_the_midst_of_it(at_the_desk, course, teacher):
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    data = {**_posted(at_the_desk.get(url), is_facilitated="on"), "action-publish": "1"}
    enrollment = enrolling.enroll(person=teacher, course=course)
    Enrollment.objects.filter(pk=enrollment.pk).update(status=Enrollment.Status.UNDER_WAY)
    answer = at_the_desk.post(url, data)
    assert "in the midst of this course" in str(answer.context["form"].errors["is_facilitated"])
    enrolling.withdraw(enrollment=enrollment, by=teacher)
    at_the_desk.post(url, data)
    course.refresh_from_db()
    assert course.is_facilitated


@pytest.mark.parametrize("who", ["teacher", "principal", "coach"])
def test_nobody_else_gets_into_the_admin(request, client_of, course, who):
    call_command("setup_groups", verbosity=0)
    client = client_of(request.getfixturevalue(who))
    for url in (
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        reverse("wagtailsnippets_cms_audience:list"),
        reverse("coverage:index"),
    ):
        assert client.get(url).status_code in (302, 403, 404)


@pytest.mark.parametrize(
    "name",
    ["audience", "edition", "learningstandard", "clockhourcategory", "renewalrule"],
)
def test_editors_find_a_form_for_everything_they_keep(at_the_desk, course, name):
    for view in ("list", "add"):
        assert at_the_desk.get(reverse(f"wagtailsnippets_cms_{name}:{view}")).status_code == 200


def test_an_edition_only_changes_modules_of_its_own_course(at_the_desk, course, building):
    other = factories.make_course("Another course", modules=1)
    foreign = other.get_children().first()
    url = reverse("wagtailsnippets_cms_edition:add")
    data = {
        "course_key": str(course.translation_key),
        "building": building.pk,
        "district": "",
        "welcome": "Welcome, Heron Bend.",
        "goal": "",
        "credit": "",
        "changes-count": "1",
        "changes-0-deleted": "",
        "changes-0-order": "0",
        "changes-0-type": "standing",
        "changes-0-id": "",
        "changes-0-value-module": foreign.pk,
        "changes-0-value-standing": "hidden",
    }
    answer = at_the_desk.post(url, {**data, "action-publish": "1"})
    assert "belong to another course" in str(answer.context["form"].errors)
    data["changes-0-value-module"] = course.get_children().first().pk
    assert at_the_desk.post(url, {**data, "action-publish": "1"}).status_code == 302
    edition = Edition.objects.get()
    assert edition.building == building
    url = reverse("wagtailsnippets_cms_edition:edit", args=[edition.pk])
    at_the_desk.post(url, {**data, "welcome": "Welcome back.", "action-publish": "1"})
    edition.refresh_from_db()
    assert edition.welcome == "Welcome back."


# --- telling ------------------------------------------------------------------------------------------------


def test_whatever_changes_a_course_is_told(course, building, elementary, heard):
    key, module = course.translation_key, course.get_children().first().specific

    def told():
        found, heard[:] = set(heard), []
        return found

    told()
    module.save_revision().publish()
    assert told() == {key}
    module.unpublish()
    assert told() == {key}
    edition = Edition(course_key=key, building=building)
    edition.live = False
    edition.save()
    edition.save_revision()
    assert told() == set(), "a draft changes nothing for readers"
    edition.get_latest_revision().publish()
    assert told() == {key}
    edition.delete()
    assert told() == {key}
    elementary.save()
    assert told() == {None}
    other = factories.make_course("Another course", modules=0)
    told()
    ModulePage.objects.get(pk=module.pk).move(other, pos="last-child")
    assert told() == {key, other.translation_key}
    ModulePage.objects.get(pk=module.pk).delete()
    assert told() == {other.translation_key}
    CoursePage.objects.get(pk=course.pk).delete()
    assert key in told()


def _posted(answer, **changed):
    """What a browser would send of a page's form, its streams emptied: they are drawn by scripts."""
    data = querydict_from_html(answer.content.decode(), form_id="page-edit-form").dict()
    streams = {name: streamfield([]) for name in ("outcomes", "objectives", "body")}
    return {**data, **nested_form_data({**streams, "why": rich_text("<p>Why.</p>")}), **changed}
