"""The mark of the site as pictures, for devices that want no SVG: what static/images/icon.svg draws."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

WATER, FOAM = "#00558b", "#fefdfb"
TREE = [(16, 6), (21.2, 14.2), (18.5, 14.2), (22.5, 20.5), (9.5, 20.5), (13.5, 14.2), (10.8, 14.2)]
WAVE = [(5.5 + step / 10, 22.5 - 1.2 * math.sin(math.pi * step / 65)) for step in range(196)]
FINE = 4  # drawn so much larger, then scaled down: the edges come out smooth
MASKED = 0.72  # a device may cut a circle, a drop or a square out of the whole: the mark keeps inside of it


def write(folder: Path) -> list[Path]:
    """Write the pictures that the manifest names, and say which."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "app-192.png": _drawn(192),
        "app-512.png": _drawn(512),
        "app-maskable.png": _drawn(512, fills=True),
        # What an iPhone puts on its first screen; it rounds the corners itself.
        "app-touch.png": _drawn(180, fills=True),
    }
    for name, picture in pictures.items():
        picture.save(folder / name, optimize=True)
    return [folder / name for name in pictures]


def _drawn(size: int, *, fills: bool = False) -> Image.Image:
    """The mark on its disc, or with ``fills`` on a ground from edge to edge."""
    wide = size * FINE
    unit = wide / 32 * (MASKED if fills else 1)
    edge = (wide - 32 * unit) / 2

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return edge + point[0] * unit, edge + point[1] * unit

    picture = Image.new("RGBA", (wide, wide), WATER if fills else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not fills:
        pen.ellipse([at((1, 1)), at((31, 31))], fill=WATER)
    pen.polygon([at(point) for point in TREE], fill=FOAM)
    for point in WAVE:
        x, y = at(point)
        pen.ellipse([x - unit, y - unit, x + unit, y + unit], fill=FOAM)
    return picture.resize((size, size), Image.Resampling.LANCZOS)
