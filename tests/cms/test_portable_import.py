"""A course's folder and the database: an import updates in place, an export gives the folder back."""

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from cms import languages
from cms.models import (
    Audience,
    CoursePage,
    Edition,
    ModulePage,
)
from cms.portable import archives, reading, writing
from cms.portable.exporting import export_course
from cms.portable.importing import import_course
from cms.portable.mistakes import CannotImport
from cms.portable.site import set_up_site
from tests.cms.portable_course import DRAWING, FILES
from tests.factories import BuildingFactory, DistrictFactory

COURSES = sorted(path.parent for path in Path("fixtures/courses").glob("*/course.yaml"))


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
