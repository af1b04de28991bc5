"""Every pair of text and ground that the look uses can be read: WCAG's contrast, computed from the tokens."""

import math
import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")

#: (ink, ground, least contrast): 4.5 for words, 3 for the edges of controls and the parts of a chart.
PAIRS = [
    *[(ink, ground, 4.5) for ink in ("ink", "ink-2") for ground in ("fog", "paper", "paper-2")],
    *[("ink", f"{tint}-soft", 4.5) for tint in ("action", "cedar", "moss", "alarm", "amber")],
    *[("ink-2", f"{tint}-soft", 4.5) for tint in ("action", "cedar", "moss", "alarm", "amber")],
    *[
        (tint, ground, 4.5)
        for tint in ("action", "cedar", "moss", "alarm", "amber")
        for ground in ("fog", "paper", "paper-2", f"{tint}-soft")
    ],
    *[(ink, "marker", 4.5) for ink in ("ink", "ink-2")],
    ("action-ink", "action", 4.5),
    ("alarm-ink", "alarm", 4.5),
    ("paper", "cedar", 4.5),
    ("on-night", "night", 4.5),
    ("on-night", "night-2", 4.5),
    ("on-night-2", "night", 4.5),
    ("night", "on-night", 4.5),
    ("line-strong", "paper", 3),
    ("line-strong", "fog", 3),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_words_and_edges_can_be_read(ink, ground, least, mode):
    assert contrast(colour(ink, mode), colour(ground, mode)) >= least


def colour(name: str, mode: str) -> float:
    """Return the relative luminance of a token in light or dark."""
    line = re.search(rf"--{name}:\s*(.+?);", TOKENS).group(1)
    shades = [tuple(map(float, found)) for found in COLOUR.findall(line)]
    return luminance(*shades[-1 if mode == "dark" else 0])


def contrast(one: float, other: float) -> float:
    """Return WCAG's contrast ratio of two luminances."""
    lighter, darker = max(one, other), min(one, other)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(percent: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an oklch colour (https://www.w3.org/TR/css-color-4/#color-conversion-code)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    lightness = percent / 100
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(channel, 0), 1) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
