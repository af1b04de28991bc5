"""Captions: the lines of a WebVTT file, so that a page can show them as a transcript that follows along.

As the W3C describes WebVTT, as far as captions go: cues with their times, voices as ``<v Name>``.
Regions, styles and positions say how a player draws a cue, and a transcript has no use for them.
"""

import html
import re
from dataclasses import dataclass

from django.core.cache import cache

KEPT_FOR = 24 * 60 * 60  # seconds

_TIME = r"(?:(\d+):)?([0-5]?\d):([0-5]?\d)[.,](\d{3})"
_TIMES = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)*\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Cue:
    """A line of the captions: when it is said, in seconds, who says it where that is told, and what."""

    begins: float
    ends: float
    text: str
    voice: str = ""

    @property
    def at(self) -> str:
        """When it begins, as a clock says it."""
        minutes, seconds = divmod(int(self.begins), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def cues_of(document) -> tuple[Cue, ...]:
    """The lines of a caption file; none where it can't be read. Kept until the file changes."""
    if document is None:
        return ()
    name = f"cues:{document.pk}:{document.get_file_hash()}"
    return cache.get_or_set(name, lambda: _read(document), KEPT_FOR)


def parse(text: str) -> tuple[Cue, ...]:
    """The cues of ``text`` in the order of their times. What is no cue is passed over."""
    cues = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")):
        lines = part.strip("\n").split("\n")
        at = next((index for index, line in enumerate(lines) if _TIMES.match(line)), None)
        if at is None:
            continue
        parts = _TIMES.match(lines[at]).groups()
        said = " ".join(line.strip() for line in lines[at + 1 :] if line.strip())
        voice = _VOICE.search(said)
        words = html.unescape(_TAG.sub("", said)).strip()
        if words:
            cues.append(
                Cue(_seconds(parts[:4]), _seconds(parts[4:]), words, voice[1].strip() if voice else "")
            )
    return tuple(sorted(cues, key=lambda cue: cue.begins))


def _seconds(parts) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _read(document) -> tuple[Cue, ...]:
    try:
        with document.open_file() as file:
            return parse(file.read().decode("utf-8", "replace"))
    except OSError:
        # A file that is gone costs the reader the lines, and not the page.
        return ()
