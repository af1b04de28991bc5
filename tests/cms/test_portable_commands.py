"""The commands that bring courses and pages in and out."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from cms.models import CatalogPage, HomePage, RenewalRule, ServicePage, StandardPage
from cms.portable import archives, reading, writing
from tests.cms.portable_course import FILES


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
