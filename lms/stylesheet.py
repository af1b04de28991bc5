"""One stylesheet out of many: written a component a file, sent to a browser in one request.

While one writes styles, ``css/main.css`` imports each file, and a change shows at once.
``manage.py build_assets`` puts them into one, ``css/site.css``, which a running site sends instead.
"""

import functools
import re
from pathlib import Path

from django.conf import settings

WRITTEN = "css/main.css"
BUNDLED = "css/site.css"

IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@functools.cache
def stylesheet() -> str:
    """Return the static file that a page links: the bundle, unless it is missing or older than a source.

    Looked up once in the life of a process.
    """
    bundle = Path(settings.BUILT_ASSETS_DIR) / BUNDLED
    if settings.DEBUG or not bundle.exists():
        return WRITTEN
    newest = max(source.stat().st_mtime for source in _folder().rglob("*.css"))
    return BUNDLED if bundle.stat().st_mtime >= newest else WRITTEN


def write_bundle() -> Path:
    """Write the bundle into ``BUILT_ASSETS_DIR`` and return where it is."""
    bundle = Path(settings.BUILT_ASSETS_DIR) / BUNDLED
    bundle.parent.mkdir(parents=True, exist_ok=True)
    half_written = bundle.with_suffix(".part")
    half_written.write_text(bundled())
    half_written.replace(bundle)
    return bundle


def bundled() -> str:
    """Return ``main.css`` with every import in its place, in its layer, without comments."""
    main = COMMENT.sub("", (_folder() / "main.css").read_text())
    return IMPORT.sub(_imported, main).strip() + "\n"


def _imported(found: re.Match) -> str:
    rules = COMMENT.sub("", (_folder() / found["name"]).read_text()).strip()
    return f"@layer {found['layer']} {{\n{rules}\n}}" if found["layer"] else rules


def _folder() -> Path:
    return settings.BASE_DIR / "static/css"
