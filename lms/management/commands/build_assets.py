"""Makes the files that nobody writes by hand: typefaces for the web, one stylesheet, catalogs, icons."""

import hashlib
import logging
from pathlib import Path

import fontpkg_source_serif_4
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from lms import app_icon
from lms.messages import compile_messages
from lms.stylesheet import write_bundle

FONTS = Path(fontpkg_source_serif_4.__file__).parent / "files"
UPRIGHT, ITALIC = FONTS / "SourceSerif4[opsz,wght].ttf", FONTS / "SourceSerif4-Italic[opsz,wght].ttf"

#: The same ranges as in static/css/fonts.css: a page of English and Spanish fetches only the first.
LATIN = "U+0000-024F, U+02B0-02FF, U+1E9E, U+2000-20CF, U+2113, U+2122, U+2190-2199, U+2212, U+FB00-FB04"
MORE = "U+0300-052F, U+1E00-1E9D, U+1E9F-1EFF"

FACES = {
    "source-serif-4-latin.woff2": (UPRIGHT, LATIN),
    "source-serif-4-more.woff2": (UPRIGHT, MORE),
    "source-serif-4-italic-latin.woff2": (ITALIC, LATIN),
    "source-serif-4-italic-more.woff2": (ITALIC, MORE),
}

#: Text sizes of a screen. Display cuts would be prettier in a hero and cost a third more bytes on every page.
OPTICAL_SIZE = 14
WEIGHTS = (400, 700)


class Command(BaseCommand):
    """Cut Source Serif 4 down to WOFF2 and bundle the stylesheet; compile the translations.

    Fonts that are there and current are left alone.
    """

    help = "Make the web fonts and the one stylesheet. Idempotent; takes about half a minute the first time."

    def handle(self, *args, **options) -> None:
        """Write the stylesheet, the icons, and each face that is missing or was made from something else."""
        write_bundle()
        compile_messages()
        app_icon.write(Path(settings.BUILT_ASSETS_DIR) / "images")
        logging.getLogger("fontTools").setLevel(logging.WARNING)  # it names every glyph that it keeps
        folder = Path(settings.BUILT_ASSETS_DIR) / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for name, (source, unicodes) in FACES.items():
            made, stamp = folder / name, folder / f".{name}.made-from"
            recipe = _recipe(source, unicodes)
            if made.exists() and stamp.exists() and stamp.read_text() == recipe:
                continue
            _cut(source, unicodes, made)
            stamp.write_text(recipe)
            if options["verbosity"]:
                self.stdout.write(f"{made}: {made.stat().st_size // 1024} KiB")


def _recipe(source: Path, unicodes: str) -> str:
    """Return what a face depends on, as a digest: the font, the characters, the axes."""
    made_from = f"{unicodes} {OPTICAL_SIZE} {WEIGHTS}".encode()
    return hashlib.sha256(source.read_bytes() + made_from).hexdigest()


def _cut(source: Path, unicodes: str, target: Path) -> None:
    """Write ``source`` to ``target`` as WOFF2 with ``unicodes`` alone; whole or not at all."""
    options = subset.Options()
    options.layout_features = [*options.layout_features, "onum", "lnum", "tnum", "pnum"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes.replace("U+", "").replace(" ", "")))
    font = TTFont(source)
    cutter.subset(font)  # before the axes: there are fewer glyphs to work out then
    font = instancer.instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHTS})
    font.flavor = "woff2"
    half_made = target.with_suffix(".part")
    font.save(half_made)
    half_made.replace(target)
