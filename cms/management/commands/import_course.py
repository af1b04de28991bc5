"""``manage.py import_course``: courses from their folders or ZIP files."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError, CommandParser

from cms.portable import archives, reading
from cms.portable.importing import Outcome, import_course
from cms.portable.mistakes import CannotImport


class Command(BaseCommand):
    """Each course is imported as a whole or not at all; one with mistakes doesn't keep the others back."""

    help = (
        "Import courses, each from a folder or a ZIP file; over an existing course this updates it in place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take folders or ZIP files; a folder of course folders stands for all of them."""
        parser.add_argument("paths", nargs="+", type=Path)

    def handle(self, *, paths: list[Path], **options) -> None:
        """Import each and print a line for it."""
        broken = []
        for path in _courses(paths):
            try:
                slug, files = archives.open_course(path)
                outcome = import_course(reading.read(slug, files))
            except CannotImport as error:
                broken.append(path.name)
                self.stderr.write(f"{path.name}: not imported\n" + _indented(str(error)))
            else:
                self.stdout.write(f"{path.name}: {_in_words(outcome)}")
                for warning in outcome.warnings:
                    self.stdout.write(f"  {warning}")
        if broken:
            raise CommandError(f"Not imported because of mistakes: {', '.join(broken)}.")


def _courses(paths: list[Path]) -> list[Path]:
    found = []
    for path in paths:
        # A course's own folder holds folders of languages, which have a course.yaml too.
        is_shelf = path.is_dir() and not (path / "course.yaml").exists()
        inside = sorted(path.glob("*/course.yaml")) if is_shelf else []
        found.extend([file.parent for file in inside] or [path])
    return found


def _in_words(outcome: Outcome) -> str:
    if outcome.changes_nothing:
        return "nothing to change"
    counts = {
        "modules new": len(outcome.new),
        "changed": len(outcome.changed),
        "as they were": len(outcome.unchanged),
        "unpublished": len(outcome.unpublished),
        "editions new or changed": len(outcome.editions_changed),
        "translated pages new or changed": len(outcome.translations_changed),
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"{'imported' if outcome.is_new else 'updated'}{f' ({told})' if told else ''}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
