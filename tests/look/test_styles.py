"""The stylesheets keep the rules of docs/look.md."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static/css"
#: admin.css belongs to Wagtail's editor and speaks its language.
FILES = sorted(path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css") if path.name != "admin.css")
MAIN = (CSS / "main.css").read_text()
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right|top|bottom)"
    r"\s*:"
)


def rules(name: str) -> str:
    """Return a stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.S)


@pytest.mark.parametrize("name", FILES)
def test_nothing_shouts_and_nothing_is_an_id(name):
    assert "!important" not in rules(name)
    selectors = re.findall(r"([^{};]+)\{", rules(name))
    assert not [selector for selector in selectors if re.search(r"#[a-zA-Z]", selector)]


@pytest.mark.parametrize("name", [name for name in FILES if name != "tokens.css"])
def test_only_tokens_name_pixels_and_colours(name):
    assert not re.search(r"\d(?:px)\b", rules(name))
    assert not re.search(r"oklch\(\s*\d|#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules(name))


@pytest.mark.parametrize("name", FILES)
def test_languages_that_run_from_right_to_left_are_at_home(name):
    without_conditions = re.sub(r"@(?:media|container|page)[^{]*\{", "{", rules(name))
    assert not PHYSICAL.findall(without_conditions)


@pytest.mark.parametrize("name", [name for name in FILES if name != "main.css"])
def test_every_stylesheet_is_registered_in_its_layer(name):
    folder = name.split("/")[0] if "/" in name else ""
    if folder:
        assert f'@import url("{name}") layer({folder});' in MAIN
    else:
        assert f'@import url("{name}")' in MAIN


def test_main_registers_nothing_that_is_not_there():
    assert set(re.findall(r'@import url\("([^"]+)"\)', MAIN)) == set(FILES) - {"main.css"}


def test_every_token_that_is_used_is_defined():
    every = "\n".join(rules(name) for name in FILES)
    used = set(re.findall(r"var\((--[\w-]+)\)", every))
    assert used <= set(re.findall(r"(--[\w-]+)\s*:", every))


def test_the_page_about_the_look_names_no_class_that_is_missing():
    """A helper who builds from the page must not meet a class that does nothing."""
    page = (settings.BASE_DIR / "docs/look.md").read_text()
    named = {
        found.rstrip("-")
        for code in re.findall(r"`([^`]+)`", page)
        for found in re.findall(r"(?<![\w/*])\.([a-z][a-z0-9_-]+)(?![\w./]*\.(?:html|css|js|md))", code)
    }
    files = {"css", "js", "html", "md", "rendering", "items", "unread", "person", "initials", "name"}
    every = "\n".join(rules(name) for name in FILES)
    missing = {name for name in named - files if not re.search(rf"\.{re.escape(name)}(?![\w-])", every)}
    assert missing <= {"mypage", "as_field_group", "navigation"}
