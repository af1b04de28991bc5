"""The site on a device: its manifest and its worker."""

import json
import re

import pytest

from lms import app_icon, installing


def test_the_manifest_speaks_the_readers_language_and_starts_at_their_learning(client, db):
    answer = client.get("/manifest.webmanifest", headers={"accept-language": "es"})
    told = json.loads(answer.content)
    assert (told["lang"], told["start_url"], told["display"]) == ("es", "/learning/", "standalone")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    assert any(icon.get("purpose") == "maskable" for icon in told["icons"])


def test_the_worker_comes_from_the_root_and_is_asked_for_anew_each_time(client, db):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    text = answer.content.decode()
    assert '"/static/js/courses/autosave.js"' in text
    assert "js/admin/" not in text
    assert "js/offline/worker.js" not in text


def test_the_worker_keeps_every_script_that_a_page_asks_for(client, db):
    page = client.get("/accounts/login/").content.decode()
    asked = re.findall(r'src="(/static/[^"]+\.js)"', page)
    kept = client.get("/service-worker.js").content.decode()
    assert len(asked) > 1
    assert [url for url in asked if f'"{url}"' not in kept] == []


def test_a_change_in_any_script_makes_it_another_worker(monkeypatch, tmp_path):
    names = ["js/main.js"]
    changed = tmp_path / "main.js"
    changed.write_text("// changed")
    before = installing._digest("worker", names)
    monkeypatch.setattr(installing.finders, "find", lambda name: changed)
    assert installing._digest("worker", names) != before


@pytest.mark.parametrize(("name", "size"), [("app-192.png", 192), ("app-maskable.png", 512)])
def test_the_icons_are_drawn(tmp_path, name, size):
    from PIL import Image

    app_icon.write(tmp_path)
    picture = Image.open(tmp_path / name)
    assert picture.size == (size, size)
    assert picture.getpixel((size // 2, size // 2 - 10))[:3] == (254, 253, 251)
