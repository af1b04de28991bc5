"""A course's folder and the database: an import updates in place, an export gives the folder back."""

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site

from cms import languages
from cms.models import (
    Audience,
    CatalogPage,
    ClockHourCategory,
    CoursePage,
    Edition,
    HomePage,
    LearningStandard,
    ModulePage,
    RenewalRule,
    ServicePage,
    StandardPage,
)
from cms.portable import archives, reading, writing
from cms.portable.exporting import export_course
from cms.portable.importing import import_course
from cms.portable.mistakes import CannotImport
from cms.portable.site import set_up_site
from tests.factories import BuildingFactory, DistrictFactory

COURSES = sorted(path.parent for path in Path("fixtures/courses").glob("*/course.yaml"))
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><path d='M0 0h4v3z'/></svg>"
FILES = {
    "course.yaml": b"""
id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
title: A course
summary: About something.
service: professional-development
why: |
  Because **it matters**.
outcomes: [You will have tried.]
topics: [trying, belonging]
standards: [CCDEI 1.A]
clock_hours: {equity-based-school-practices: 1.5}
certificate: {design: cedar, signatory: "Ruth Feldman"}
approval: {number: "X-1", approved_on: 2026-06-15, valid_until: 2029-06-14}
team_service: racial-equity-tool
team_words: Take it to a rule of your own.
image: images/cover.svg
image_alt: ""
audiences: [elementary]
""",
    "audiences.yaml": b"""
elementary: {name: Elementary, description: Staff of elementary schools., include: {levels: [elementary]}}
""",
    "01-first-steps.md": b"""---
id: 00000000-0000-4000-8000-000000000001
title: First steps
minutes: 20
standards: [CCDEI 1.A]
objectives: [Take a step.]
team_service: data-coaching
---

Some words, and [more of them](02-second-steps.md).

![A shape](images/shape.svg "Seen from above")

:::shown {audience=elementary}
For {building} only.
:::

:::local {#our-place}
Where?
:::

:::reflection {#what-now words=20 share=coach}
What now?
:::

:::check {#which-one kind=single}
Which one?

- [x] This
  > Yes.
- [ ] That
:::
""",
    "02-second-steps.md": b"""---
id: 00000000-0000-4000-8000-000000000002
title: Second steps
---

More words.
""",
    "editions/heron-bend.md": b"""---
building: heron-bend
goal: every student revises
welcome: |
  Welcome, **all**.
modules: {02-second-steps: optional}
---

:::at {module=01-first-steps place=our-place}
By the bend.
:::

:::at {module=01-first-steps place=end}
::::reflection {#our-own words=10 share=building}
And here?
::::
:::
""",
    "images/cover.svg": DRAWING,
    "images/shape.svg": DRAWING.replace(b"4 3", b"8 6"),
}


@pytest.fixture
def house(db):
    """A site with standards, and the building whose edition the course has."""
    set_up_site()
    LearningStandard.objects.create(framework="CCDEI", code="CCDEI 1.A", title="Know where you stand")
    ClockHourCategory.objects.create(slug="equity-based-school-practices", name="Equity")
    return BuildingFactory(slug="heron-bend")


def bring_in(files=FILES):
    return import_course(reading.read("a-course", files))


def changed(path, old, new):
    return FILES | {path: FILES[path].replace(old, new)}


def revisions():
    return Revision.objects.count()


def test_a_course_comes_in_published_with_all_that_belongs_to_it(house):
    course = bring_in().course
    course = CoursePage.objects.live().get(pk=course.pk)
    assert str(course.translation_key) == "4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01"
    assert course.why == "<p>Because <b>it matters</b>.</p>"
    assert [(row.category.slug, str(row.hours)) for row in course.clock_hours.all()] == [
        ("equity-based-school-practices", "1.5")
    ]
    first, second = ModulePage.objects.child_of(course).live().order_by("path")
    assert [first.title, second.title] == ["First steps", "Second steps"]
    assert f'<a linktype="page" id="{second.pk}">' in first.body[0].value["body"].source
    assert first.body[1].value["image"].file.name.endswith("a-course--shape.svg")
    assert first.body[2].value["shown_to"] == ["elementary"]
    assert [block.id for block in first.body if block.value.get("anchor") == "what-now"] == [
        str(uuid.uuid5(first.translation_key, "what-now"))
    ]
    edition = Edition.objects.get(course_key=course.translation_key, building=house, live=True)
    standing, addition, _prompt = edition.changes
    assert (standing.value["module"].pk, standing.value["standing"]) == (second.pk, "optional")
    assert (addition.value["module"].pk, addition.value["place"]) == (first.pk, "our-place")


def test_importing_again_changes_nothing(house):
    bring_in()
    before = revisions()
    assert bring_in().changes_nothing
    assert revisions() == before


def test_an_export_is_the_canonical_form_of_what_was_imported(house):
    course = bring_in().course
    canonical = writing.write(reading.read("a-course", FILES))
    exported = export_course(CoursePage.objects.get(pk=course.pk))
    assert exported == canonical
    assert bring_in(exported).changes_nothing


def test_a_change_of_one_module_touches_that_module_only(house):
    course = bring_in().course
    modules = dict(ModulePage.objects.child_of(course).values_list("translation_key", "pk"))
    before = revisions()
    outcome = bring_in(changed("02-second-steps.md", b"More words.", b"Other words."))
    assert (outcome.changed, outcome.course_changed, revisions()) == (["Second steps"], False, before + 1)
    assert dict(ModulePage.objects.child_of(course).values_list("translation_key", "pk")) == modules


def test_renumbered_modules_move_and_keep_their_pages(house):
    course = bring_in().course
    files = {
        path.replace("01-first", "05-first"): content.replace(b"01-first", b"05-first")
        for path, content in FILES.items()
    }
    before = revisions()
    bring_in(files)
    assert list(course.get_children().values_list("title", flat=True)) == ["Second steps", "First steps"]
    assert revisions() == before


def test_a_module_that_left_the_folder_is_unpublished_not_deleted(house):
    course = bring_in().course
    files = {path: content for path, content in FILES.items() if path != "02-second-steps.md"}
    files["01-first-steps.md"] = FILES["01-first-steps.md"].replace(
        b"[more of them](02-second-steps.md)", b"more"
    )
    files["editions/heron-bend.md"] = FILES["editions/heron-bend.md"].replace(
        b"02-second-steps: optional", b""
    )
    assert bring_in(files).unpublished == ["Second steps"]
    assert ModulePage.objects.child_of(course).count() == 2
    assert "02-second-steps.md" not in export_course(CoursePage.objects.get(pk=course.pk))
    assert bring_in().changed == ["First steps", "Second steps"]


def test_what_an_editor_made_in_wagtail_keeps_its_identities_on_the_way_out_and_in(house):
    course = bring_in().course
    module = ModulePage.objects.child_of(course).first()
    body = module.body.get_prep_value()
    own = {
        "type": "text",
        "value": {"shown_to": [], "body": '<p data-block-key="x1">Mine.</p>'},
        "id": str(uuid.uuid4()),
    }
    prompt = {
        "type": "reflection",
        "value": {
            "shown_to": [],
            "anchor": "",
            "question": "<p>Why?</p>",
            "guidance": "",
            "share": "private",
        },
        "id": str(uuid.uuid4()),
    }
    body[0:0] = [own, prompt]
    module.body = json.dumps(body)
    module.save_revision().publish()
    ids = [block["id"] for block in body]
    exported = export_course(CoursePage.objects.get(pk=course.pk))
    assert bring_in(exported).changes_nothing
    assert f"uuid={own['id']}" in exported["01-first-steps.md"].decode()
    bring_in()
    bring_in(exported)
    module.refresh_from_db()
    assert [block["id"] for block in module.body.get_prep_value()] == ids


def test_a_picture_is_kept_once_however_many_courses_have_it(house):
    bring_in()
    files = {
        path: content.replace(b"4000-8000", b"4000-9000").replace(b"4f0d6a0e", b"4f0d6a0f")
        for path, content in FILES.items()
        if path != "images/cover.svg" and path != "images/shape.svg"
    }
    import_course(reading.read("b-course", FILES | files))
    assert CoursePage.objects.count() == 2
    assert get_image_model().objects.count() == 2


def test_a_drawing_that_changed_comes_in_and_goes_out_under_its_name(house):
    course = bring_in().course
    files = FILES | {"images/shape.svg": DRAWING.replace(b"4 3", b"9 9")}
    bring_in(files)
    assert (
        export_course(CoursePage.objects.get(pk=course.pk))["images/shape.svg"] == files["images/shape.svg"]
    )


@pytest.mark.parametrize(
    ("files", "file", "line", "sentence"),
    [
        (
            changed("course.yaml", b"CCDEI 1.A", b"CCDEI 9.Z"),
            "course.yaml",
            10,
            "There is no standard “CCDEI 9.Z”",
        ),
        (
            changed("course.yaml", b"equity-based-school-practices", b"x"),
            "course.yaml",
            11,
            "no category “x”",
        ),
        (
            changed("course.yaml", b"summary: ", b"language: so\nsummary: "),
            "course.yaml",
            4,
            "Courses in “so”",
        ),
        (changed("audiences.yaml", b"[elementary]", b"[middle]"), "audiences.yaml", 2, "with another rule"),
        (
            changed("audiences.yaml", b"levels: [elementary]", b"buildings: [nowhere]"),
            "audiences.yaml",
            2,
            "there is no “nowhere” among the buildings here",
        ),
        (
            {path.replace("heron", "sky"): text.replace(b"heron", b"sky") for path, text in FILES.items()},
            "editions/sky-bend.md",
            2,
            "There is no building “sky-bend” here.",
        ),
    ],
)
def test_what_this_house_does_not_know_is_told_and_nothing_is_imported(house, files, file, line, sentence):
    Audience.objects.create(slug="elementary", name="Elementary", include={"levels": ["elementary"]})
    pages = Page.objects.count()
    with pytest.raises(CannotImport) as error:
        bring_in(files)
    found = [mistake for mistake in error.value.mistakes if sentence in mistake.sentence]
    assert [(mistake.file, mistake.line) for mistake in found] == [(file, line)]
    assert (Page.objects.count(), get_image_model().objects.count()) == (pages, 0)


def test_a_mistake_found_while_saving_takes_everything_back(house):
    folder = reading.read("a-course", FILES)
    folder.modules[1] = replace(folder.modules[1], name="02-first-steps")
    with pytest.raises(CannotImport, match="slug"):
        import_course(folder)
    assert not CoursePage.objects.exists()
    assert not Audience.objects.exists()


def test_an_edition_advises_an_order_and_a_module_that_is_not_there_is_said(house):
    DistrictFactory(slug="tidewater")
    names = [module.name for module in reading.read("a-course", FILES).modules]
    text = f"---\ndistrict: tidewater\norder: [{names[-1]}]\n---\n".encode()
    bring_in(FILES | {"editions/tidewater.md": text})
    edition = Edition.objects.get(district__slug="tidewater", live=True)
    course = CoursePage.objects.get(translation_key=edition.course_key)
    assert edition.order == [str(ModulePage.objects.child_of(course).last().translation_key)]
    assert f"order: [{names[-1]}]".encode() in export_course(course)["editions/tidewater.md"]
    with pytest.raises(CannotImport, match="order"):
        bring_in(FILES | {"editions/tidewater.md": b"---\ndistrict: tidewater\norder: [99-gone]\n---\n"})


def test_a_district_has_an_edition_too(house):
    DistrictFactory(slug="tidewater")
    text = b"---\ndistrict: tidewater\ngoal: together\ndays: 30\n---\n"
    bring_in(FILES | {"editions/tidewater.md": text})
    edition = Edition.objects.get(district__slug="tidewater", live=True)
    assert (edition.goal, edition.due_in_days) == ("together", 30)
    course = CoursePage.objects.get(translation_key=edition.course_key)
    assert b"days: 30" in export_course(course)["editions/tidewater.md"]


# --- commands ---------------------------------------------------------------------------------------------


def test_the_commands_set_up_a_house_from_nothing_and_again(db, capsys):
    for _ in range(2):
        call_command("setup_site")
        call_command("import_standards")
        call_command("import_pages")
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert home.image is not None
    assert CatalogPage.objects.child_of(home).live().count() == 1
    assert ServicePage.objects.child_of(home).live().count() == 5
    assert StandardPage.objects.live().get(slug="privacy")
    assert Page.objects.filter(depth=2).count() == 1
    assert all(page.url for page in home.get_descendants())
    asked = {
        (rule.holder, rule.category and rule.category.slug): int(rule.hours)
        for rule in RenewalRule.objects.all()
    }
    assert asked == {
        ("teacher", None): 100,
        ("teacher", "equity-based-school-practices"): 15,
        ("administrator", None): 100,
        ("administrator", "equity-based-school-practices"): 10,
        ("administrator", "educational-leadership"): 10,
        ("administrator", "government-to-government"): 5,
    }
    *_, second = capsys.readouterr().out.split("Standards:")
    assert "imported" not in second
    assert "updated" not in second


def test_pages_whose_address_was_lost_find_it_again(db):
    call_command("setup_site")
    call_command("import_pages")
    pages = Page.objects.filter(pk__in=ServicePage.objects.all())
    pages.update(url_path="/elsewhere/a-page/")
    call_command("import_pages")
    assert all(page.url for page in pages)


def test_a_course_with_mistakes_does_not_keep_the_others_back(house, tmp_path, capsys):
    for slug, files in (("a-course", FILES), ("b-course", {"course.yaml": b"title: x"})):
        for path, content in files.items():
            file = tmp_path / slug / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    with pytest.raises(CommandError, match="b-course"):
        call_command("import_course", tmp_path)
    told = capsys.readouterr()
    assert "a-course: imported (2 modules new, 1 editions new or changed)" in told.out
    assert "course.yaml:1: “id” is missing." in told.err
    call_command("export_course", "a-course", to=tmp_path / "out", zip=True)
    archive = tmp_path / "out" / "a-course.zip"
    call_command("import_course", archive)
    assert "a-course.zip: nothing to change" in capsys.readouterr().out
    assert archives.open_course(archive)[1] == writing.write(reading.read("a-course", FILES))


@pytest.mark.parametrize("path", COURSES, ids=lambda path: path.name)
def test_a_fixture_course_goes_in_and_comes_out(db, path):
    set_up_site()
    call_command("import_standards")
    slug, files = archives.open_course(path)
    folder = reading.read(slug, files)
    for edition in folder.editions:
        (DistrictFactory if edition.of_district else BuildingFactory)(slug=edition.slug)
    import_course(folder)
    assert export_course(languages.sources().get()) == writing.write(folder)
    assert import_course(folder).changes_nothing
