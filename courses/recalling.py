"""Recalling: the earlier texts of a reflection, and what changed from one to the next."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from courses import rewording
from courses.models import Reflection, ReflectionVersion
from courses.rewording import Piece


@dataclass(frozen=True)
class Past:
    """One text of a reflection: as it is (``version`` is None), as it once was, or one that was set aside.

    ``before`` is the text that it is compared with: the earlier one; for one that was set aside, the text as
    it is now. None for the first.
    """

    text: str
    words: int
    saved_at: datetime.datetime
    mark: str = ""
    version: ReflectionVersion | None = None
    before: str | None = None

    @property
    def is_now(self) -> bool:
        """Is it the text as it is?"""
        return self.version is None

    @property
    def is_set_aside(self) -> bool:
        """Was it set aside when two versions met?"""
        return not self.is_now and self.version.why == ReflectionVersion.Why.SET_ASIDE

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        return rewording.reworded(self.before or "", self.text)

    @property
    def changes(self) -> tuple[Piece, ...]:
        """What differs, with a few words around."""
        return rewording.briefly(self._pieces)

    @property
    def is_changed(self) -> bool:
        """Does a word differ?"""
        return any(piece.kind != rewording.SAME for piece in self._pieces)

    @property
    def added(self) -> int:
        """How many words are new in it."""
        return rewording.how_many(self._pieces, rewording.ADDED)

    @property
    def removed(self) -> int:
        """How many words of the other text it doesn't have."""
        return rewording.how_many(self._pieces, rewording.REMOVED)


def history(reflection: Reflection) -> list[Past]:
    """All texts of a reflection, the newest first; what changed is worked out when a page asks."""
    kept = list(reflection.versions.all())
    earlier = [version for version in kept if version.why == ReflectionVersion.Why.EARLIER]
    before = dict(zip([None, *earlier], [*earlier, None], strict=True))
    return [_past(reflection, None, before), *(_past(reflection, version, before) for version in kept)]


def _past(reflection, version, before) -> Past:
    is_set_aside = version is not None and version not in before
    other = reflection if is_set_aside else before[version]
    shown = version or reflection
    return Past(
        text=shown.text,
        words=shown.words,
        saved_at=shown.saved_at,
        mark=shown.mark,
        version=version,
        before=other.text if other else None,
    )
