"""Mistakes in files: where they stand, and what would be right. All of a folder are told at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

#: Notes a mistake of one file: line (from 1; 0 when it isn't about a line) and sentence.
Say = Callable[[int, str], None]


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake: the file, the line (0: the file as a whole) and what would be right."""

    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.sentence}" if self.line else f"{self.file}: {self.sentence}"


class CannotImport(Exception):
    """Raised when a folder holds mistakes; nothing of it was imported. ``mistakes`` are in file order."""

    def __init__(self, mistakes: list[Mistake]):
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass
class Notes:
    """What was found wrong so far, and what only should be known."""

    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)

    def about(self, file: str) -> Say:
        """A function that notes mistakes of ``file``."""

        def say(line: int, sentence: str) -> None:
            self.mistakes.append(Mistake(file, line, str(sentence)))

        return say

    def warn_about(self, file: str) -> Say:
        """A function that notes what in ``file`` should be known, and stops nothing."""

        def warn(line: int, sentence: str) -> None:
            self.warnings.append(Mistake(file, line, str(sentence)))

        return warn

    def stop_on_mistakes(self) -> None:
        """Raise ``CannotImport`` when anything was noted."""
        if self.mistakes:
            raise CannotImport(self.mistakes)
