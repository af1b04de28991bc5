"""The web fonts: cut once, again only when what they are made of changes."""

import re

import pytest
from django.conf import settings as project
from django.core.management import call_command

from lms.management.commands import build_assets


@pytest.fixture
def one_small_face(monkeypatch, settings, tmp_path):
    settings.BUILT_ASSETS_DIR = tmp_path
    monkeypatch.setattr(build_assets, "FACES", {"small.woff2": (build_assets.UPRIGHT, "U+0041-0043")})
    return tmp_path / "fonts/small.woff2"


def test_a_face_is_cut_to_woff2_and_then_left_alone(one_small_face):
    call_command("build_assets", verbosity=0)
    assert one_small_face.read_bytes()[:4] == b"wOF2"
    assert one_small_face.stat().st_size < 10_000
    one_small_face.write_bytes(b"left alone")
    call_command("build_assets", verbosity=0)
    assert one_small_face.read_bytes() == b"left alone"


def test_a_face_is_cut_anew_when_its_characters_change(one_small_face, monkeypatch):
    call_command("build_assets", verbosity=0)
    one_small_face.write_bytes(b"stale")
    monkeypatch.setattr(build_assets, "FACES", {"small.woff2": (build_assets.UPRIGHT, "U+0041-0044")})
    call_command("build_assets", verbosity=0)
    assert one_small_face.read_bytes()[:4] == b"wOF2"


def test_the_stylesheet_asks_for_the_faces_that_are_made_with_the_same_characters():
    styles = (project.BASE_DIR / "static/css/fonts.css").read_text()
    asked = re.findall(r'url\("\.\./fonts/([^"]+)"\).*?unicode-range: ([^}]+?) *\}', styles)
    assert dict(asked) == {name: unicodes for name, (_, unicodes) in build_assets.FACES.items()}
