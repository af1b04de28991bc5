"""Installing: the manifest by which a device takes the site in, and the worker that needs no connection."""

import functools
import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from lms.stylesheet import stylesheet

WORKER = "js/offline/worker.js"
#: What a kept page needs beside our own scripts and its stylesheet.
ALSO = ["images/icon.svg", "django_htmx/htmx-2.min.js", "fonts/source-serif-4-latin.woff2"]
#: --action of the tokens in the light, and --fog in both; a manifest can't read a stylesheet.
THEME, GROUND = "#00558b", "#f2f6f4"
THEME_DARK = "#131b1d"


def manifest() -> dict:
    """What a device shows of the site when it is installed, in the language in force."""
    return {
        "id": "/",
        "name": _("Equity in Education"),
        "short_name": _("Equity"),
        "description": _("Learning that knows your building, and keeps your words yours."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("courses:learning"),
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [
            {"src": static("images/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
            *(
                {"src": static(f"images/app-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}"}
                for size in (192, 512)
            ),
            {
                "src": static("images/app-maskable.png"),
                "type": "image/png",
                "sizes": "512x512",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("My learning"), "url": reverse("courses:learning")},
            {"name": _("This device"), "url": reverse("roster:device")},
        ],
    }


def worker() -> str:
    """The service worker, told what the shell is made of. A change in any of it makes it another worker."""
    return _worker(stylesheet()) if not settings.DEBUG else _worker.__wrapped__(stylesheet())


@functools.cache
def _worker(style: str) -> str:
    names = [*_scripts(), *ALSO, style]
    script = Path(finders.find(WORKER)).read_text()
    told = {
        "VERSION": _digest(script, names),
        # A module imports another by the name that it was written under; a page, by one with a digest.
        "SHELL": sorted({url for name in names for url in (static(name), settings.STATIC_URL + name)}),
        "DEVICE_PAGE": reverse("roster:device"),
        "STATIC": settings.STATIC_URL,
        "MEDIA": settings.MEDIA_URL,
    }
    return "".join(f"const {name} = {json.dumps(value)}\n" for name, value in told.items()) + script


def _scripts() -> list[str]:
    folder = settings.BASE_DIR / "static"
    ours = (path.relative_to(folder).as_posix() for path in (folder / "js").rglob("*.js"))
    return sorted(name for name in ours if not name.startswith("js/admin/") and name != WORKER)


def _digest(script: str, names: list[str]) -> str:
    digest = hashlib.sha256(script.encode())
    for name in names:
        if found := finders.find(name):
            digest.update(name.encode() + Path(found).read_bytes())
    return digest.hexdigest()[:12]
