"""One course, written once, is right for each building."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms import tailoring
from cms.audiences import matching, means
from cms.models import Audience, Edition, ModulePage
from cms.standpoints import MASTER, Place, Standpoint, standpoint_of, standpoint_of_building
from tests.factories import (
    BuildingFactory,
    PositionFactory,
    block,
    body_json,
    make_course,
    make_module,
    make_teacher,
    reflection,
    text,
)

# --- audiences -------------------------------------------------------------------------------------------

MIDDLE_TEACHER = Place(role="teacher", level="middle", building_slug="heron", district_slug="alder")


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ({}, {}, True),
        ({"levels": []}, {}, True),
        ({"levels": ["middle", "high"]}, {}, True),
        ({"levels": ["high"]}, {}, False),
        ({"levels": ["middle"], "roles": ["principal"]}, {}, False),
        ({"levels": ["middle"], "roles": ["teacher"]}, {}, True),
        ({"focus_areas": ["belonging"]}, {}, False),
        ({}, {"buildings": ["heron"]}, False),
        ({"levels": ["middle"]}, {"buildings": ["heron"], "roles": ["principal"]}, True),
        ({"levels": ["middle"]}, {"roles": []}, True),
    ],
)
def test_within_a_kind_any_value_matches_and_across_kinds_all_must(include, exclude, expected):
    assert means(Audience(slug="a", include=include, exclude=exclude), MIDDLE_TEACHER) is expected


def test_two_positions_match_only_what_one_of_them_matches_by_itself():
    principal_of_a_high_school = Place(role="principal", level="high")
    both = Standpoint((MIDDLE_TEACHER, principal_of_a_high_school))
    audiences = [
        Audience(slug="middle-principals", include={"levels": ["middle"], "roles": ["principal"]}),
        Audience(slug="high", include={"levels": ["high"]}),
    ]
    assert matching(audiences, both) == {"high"}


# --- a course for three buildings ---------------------------------------------------------------------


@pytest.fixture
def heron(district):
    return BuildingFactory(slug="heron", level="middle", district=district)


@pytest.fixture
def salmonberry(district):
    return BuildingFactory(slug="salmonberry", level="elementary", district=district)


@pytest.fixture
def far_away(db):
    return BuildingFactory(slug="far-away", level="high")


@pytest.fixture
def elementary(db):
    return Audience.objects.create(slug="elementary", name="Elementary", include={"levels": ["elementary"]})


def words_of(resolved):
    """What somebody reads, block by block."""
    return [
        str(found.value.get("body") or found.value.get("question")).replace("<p>", "").replace("</p>", "")
        for found in resolved.blocks
    ]


def edition(course, changes=(), **fields):
    made = Edition(course_key=course.translation_key, live=True, **fields)
    made.changes = Edition._meta.get_field("changes").to_python(json.dumps(list(changes)))
    made.save()
    return made


def option(*slugs, stored):
    return block("item", audiences=list(slugs), blocks=[stored])


def addition(module, *blocks, place="end"):
    return block("addition", module=module.pk, place=place, blocks=json.loads(body_json(blocks)))


def standing(module, how):
    return block("standing", module=module.pk, standing=how)


def test_a_block_is_shown_to_its_audience_only(heron, salmonberry, elementary):
    module = make_module(make_course(modules=0), body=[text("All"), text("Small", shown_to=["elementary"])])
    assert words_of(tailoring.resolve(module, standpoint_of_building(salmonberry))) == ["All", "Small"]
    assert words_of(tailoring.resolve(module, standpoint_of_building(heron))) == ["All"]
    assert words_of(tailoring.resolve(module, MASTER)) == ["All"]


def test_the_first_variant_that_fits_is_shown_or_else_the_default(heron, salmonberry, elementary):
    variants = block(
        "variants",
        options=[option("elementary", stored=text("Second graders"))],
        otherwise=[text("A staff meeting")],
    )
    module = make_module(make_course(modules=0), body=[variants])
    assert words_of(tailoring.resolve(module, standpoint_of_building(salmonberry))) == ["Second graders"]
    assert words_of(tailoring.resolve(module, standpoint_of_building(heron))) == ["A staff meeting"]


def test_a_buildings_edition_beats_its_districts_and_that_the_master(heron, salmonberry, far_away):
    course = make_course(modules=0)
    local = block("local", anchor="our-words", otherwise=[text("Master")])
    module = make_module(course, body=[local])
    edition(course, [addition(module, text("District"), place="our-words")], district=heron.district)
    edition(course, [addition(module, text("Building"), place="our-words")], building=heron)
    read = {
        here.slug: words_of(tailoring.resolve(module, standpoint_of_building(here)))
        for here in (heron, salmonberry, far_away)
    }
    assert read == {"heron": ["Building"], "salmonberry": ["District"], "far-away": ["Master"]}


def test_an_edition_adds_at_the_start_and_the_end_and_changes_nothing_for_others(heron, salmonberry):
    course = make_course(modules=0)
    module = make_module(course, body=[text("Middle")])
    before = tailoring.resolve(module, standpoint_of_building(salmonberry))
    edition(
        course,
        [addition(module, text("First"), place="start"), addition(module, reflection("Ours?"), place="end")],
        building=heron,
    )
    here = tailoring.resolve(module, standpoint_of_building(heron))
    assert words_of(here) == ["First", "Middle", "Ours?"]
    assert [found.source for found in here.blocks] == ["building", "master", "building"]
    assert [item.kind for item in here.required_items] == ["reflection", "end"]
    assert words_of(tailoring.resolve(module, standpoint_of_building(salmonberry))) == words_of(before)


def test_an_edition_makes_modules_required_optional_or_leaves_them_out(heron):
    course = make_course(modules=3)
    one, two, three = ModulePage.objects.child_of(course)
    edition(course, [standing(one, "optional"), standing(two, "hidden")], building=heron)
    found = tailoring.modules_for(course, standpoint_of_building(heron))
    assert [(module.page, module.standing) for module in found] == [(one, "optional"), (three, "required")]
    assert [module.standing for module in tailoring.modules_for(course, MASTER)] == ["required"] * 3


def test_an_edition_advises_an_order_and_the_rest_follows_as_written(heron, salmonberry):
    course = make_course(modules=3)
    one, two, three = ModulePage.objects.child_of(course)
    gone = "00000000-0000-0000-0000-000000000000"
    edition(course, building=heron, order=[gone, str(three.translation_key)])
    here, elsewhere = standpoint_of_building(heron), standpoint_of_building(salmonberry)
    assert [module.page for module in tailoring.modules_for(course, here)] == [three, one, two]
    assert [module.page for module in tailoring.modules_for(course, elsewhere)] == [one, two, three]


def test_an_edition_outlives_a_module_that_is_gone(heron):
    course = make_course(modules=2)
    first, second = ModulePage.objects.child_of(course)
    edition(course, [standing(first, "hidden"), addition(first, text("Lost"))], building=heron)
    ModulePage.objects.get(pk=first.pk).delete()
    assert [module.key for module in tailoring.modules_for(course, standpoint_of_building(heron))] == [
        second.translation_key
    ]


def test_who_has_two_buildings_gets_both_editions_and_no_block_twice(heron, far_away):
    course = make_course(modules=0)
    module = make_module(course, body=[reflection("Same", id_="7c1f3d36-1111-4c52-9a59-0b5b5a7e6a41")])
    edition(course, [addition(module, text("Heron"))], building=heron)
    edition(course, [addition(module, text("Far")), standing(module, "optional")], building=far_away)
    person = make_teacher(heron)
    PositionFactory(person=person, building=far_away, starts_on="2021-09-01")
    resolved = tailoring.resolve(module, standpoint_of(person))
    assert words_of(resolved) == ["Same", "Heron", "Far"]
    assert resolved.standing == "required"


def test_a_draft_of_an_edition_is_not_seen(heron):
    course = make_course(modules=0)
    module = make_module(course, body=[text("Master")])
    draft = edition(course, [addition(module, text("Draft"))], building=heron)
    draft.live = False
    draft.save()
    assert words_of(tailoring.resolve(module, standpoint_of_building(heron))) == ["Master"]


def test_the_building_welcomes_and_the_district_speaks_where_it_is_silent(heron):
    course = make_course()
    edition(course, district=heron.district, welcome="From the district", goal="District's goal")
    edition(course, building=heron, welcome="From Heron")
    said = tailoring.edition_for(course, standpoint_of_building(heron))
    assert (said.welcome, said.goal, said.owner) == ("From Heron", "District's goal", heron)
    assert tailoring.edition_for(course, MASTER) is None


def test_a_course_for_leaders_is_open_to_leaders_only(heron, principal, teacher):
    Audience.objects.create(slug="leaders", name="Leaders", include={"roles": ["principal"]})
    course = make_course(audiences=["leaders"])
    everyone = make_course("For all")
    assert set(tailoring.open_courses(standpoint_of(principal))) == {course, everyone}
    assert set(tailoring.open_courses(standpoint_of(teacher))) == {everyone}
    assert not tailoring.is_open(course, standpoint_of(teacher))


@pytest.mark.parametrize("size", [1, 8])
def test_resolving_costs_the_same_whatever_the_size(heron, size, django_assert_num_queries):
    course = make_course(modules=size, body=[text(), reflection()] * size)
    module = ModulePage.objects.child_of(course).first()
    edition(course, [addition(module, text("Heron"))] * size, building=heron)
    standpoint = standpoint_of_building(heron)
    with django_assert_num_queries(4):
        tailored = tailoring.load(course, standpoint)
        tailored.resolve(module, standpoint)


# --- properties ------------------------------------------------------------------------------------------

SLUGS = ["one", "two", "three"]
audience_sets = st.lists(st.sampled_from(SLUGS), unique=True, max_size=2)
places = st.builds(
    Place,
    role=st.sampled_from(["teacher", "principal"]),
    level=st.sampled_from(["middle", "high"]),
    building_id=st.sampled_from([1, 2]),
    district_id=st.just(9),
)
rules = st.fixed_dictionaries(
    {"levels": st.lists(st.sampled_from(["middle", "high"])), "roles": st.lists(st.sampled_from(["teacher"]))}
)


@st.composite
def bodies(draw):
    blocks = []
    for number in range(draw(st.integers(0, 5))):
        shown_to = draw(audience_sets)
        kind = draw(st.sampled_from(["text", "reflection", "variants", "local"]))
        if kind == "variants":
            options = [option(*shown_to or ["one"], stored=reflection("V"))]
            blocks.append(block("variants", options=options, otherwise=[text("Otherwise")]))
        elif kind == "local":
            blocks.append(block("local", anchor=f"place-{number}", otherwise=[text("Here")]))
        else:
            blocks.append((text if kind == "text" else reflection)("Words", shown_to=shown_to))
    return blocks


def tailored(body, audience_rules, additions):
    module = ModulePage(pk=5, title="M", body=body_json(body))
    course = tailoring.CoursePage(pk=4, title="C")
    editions = []
    for building_id, place in additions:
        one = Edition(pk=building_id, course_key=course.translation_key, building_id=building_id)
        one.changes = Edition._meta.get_field("changes").to_python(
            json.dumps([block("addition", module=5, place=place, blocks=[reflection("Added")])])
        )
        editions.append(one)
    audiences = [Audience(slug=slug, include=rule) for slug, rule in zip(SLUGS, audience_rules, strict=True)]
    return tailoring.Tailoring(course, modules=[module], audiences=audiences, editions=editions), module


@settings(max_examples=120, deadline=None)
@given(bodies(), st.lists(rules, min_size=3, max_size=3), st.lists(places, max_size=3), st.booleans())
def test_every_reader_gets_a_block_at_most_once_and_answers_stay_the_same(body, audience_rules, held, add):
    whole, module = tailored(body, audience_rules, [(1, "end")] if add else [])
    standpoint = Standpoint(tuple(held))
    resolved = whole.resolve(module, standpoint)
    ids = [found.id for found in resolved.blocks]
    assert len(ids) == len(set(ids))
    assert len(resolved.required_items) == len(set(resolved.required_items))
    assert ids == [found.id for found in whole.resolve(module, standpoint).blocks]


@settings(max_examples=120, deadline=None)
@given(
    bodies(), st.lists(rules, min_size=3, max_size=3), places, st.sampled_from(["start", "end", "place-0"])
)
def test_an_edition_of_one_building_never_changes_another(body, audience_rules, place, where):
    plain, module = tailored(body, audience_rules, [])
    with_edition, same = tailored(body, audience_rules, [(1, where)])
    if place.building_id != 1:
        here = Standpoint((place,))
        assert [found.value for found in plain.resolve(module, here).blocks] == [
            found.value for found in with_edition.resolve(same, here).blocks
        ]


@settings(max_examples=120, deadline=None)
@given(bodies(), st.lists(rules, min_size=3, max_size=3), st.lists(places, min_size=1, max_size=3))
def test_two_positions_see_all_shown_blocks_of_either(body, audience_rules, held):
    body = [stored for stored in body if stored["type"] in ("text", "reflection")]
    whole, module = tailored(body, audience_rules, [])
    union = {found.id for found in whole.resolve(module, Standpoint(tuple(held))).blocks}
    alone = [{found.id for found in whole.resolve(module, Standpoint((place,))).blocks} for place in held]
    assert union == set().union(*alone)


@settings(max_examples=60, deadline=None)
@given(bodies(), st.lists(places, max_size=2))
def test_without_audiences_on_anything_everybody_gets_the_master(body, held):
    for stored in body:
        stored["value"].pop("shown_to", None)
    body = [stored for stored in body if stored["type"] != "variants"]
    whole, module = tailored(body, [{}, {}, {}], [])
    assert whole.resolve(module, Standpoint(tuple(held))).blocks == whole.resolve(module, MASTER).blocks
