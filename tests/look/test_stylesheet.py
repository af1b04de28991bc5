"""A running site sends one stylesheet; whoever writes styles sees their change at once."""

import os

import pytest

from lms import stylesheet


@pytest.fixture
def running_site(settings, tmp_path):
    settings.DEBUG = False
    settings.BUILT_ASSETS_DIR = tmp_path
    stylesheet.stylesheet.cache_clear()
    yield
    stylesheet.stylesheet.cache_clear()


def test_the_bundle_holds_every_file_in_its_layer_and_asks_for_no_more():
    whole = stylesheet.bundled()
    assert whole.startswith("@layer reset, tokens, base, components, pages, utilities;")
    assert "@import" not in whole
    assert whole.count("{") == whole.count("}")
    assert "@layer components {\n.btn {" in whole


def test_only_a_stylesheet_of_the_top_folder_names_other_files():
    """The bundle lies beside them: an address relative to components/ would be a wrong one there."""
    nested = [path for path in stylesheet._folder().rglob("*/*.css") if "url(" in path.read_text()]
    assert nested == []


def test_a_site_without_the_bundle_links_the_files_themselves(running_site):
    assert stylesheet.stylesheet() == "css/main.css"


def test_a_site_with_the_bundle_links_it(running_site):
    stylesheet.write_bundle()
    assert stylesheet.stylesheet() == "css/site.css"


def test_a_bundle_older_than_a_source_is_passed_over(running_site):
    os.utime(stylesheet.write_bundle(), (0, 0))
    assert stylesheet.stylesheet() == "css/main.css"


def test_while_developing_the_files_themselves_are_linked(running_site, settings):
    settings.DEBUG = True
    stylesheet.write_bundle()
    assert stylesheet.stylesheet() == "css/main.css"
