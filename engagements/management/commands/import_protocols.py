"""``manage.py import_protocols``: protocols from their Markdown files."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from cms.portable.mistakes import CannotImport
from engagements.portable.importing import import_protocols


class Command(BaseCommand):
    """All files or none; safe to run again."""

    help = "Import protocols, each from a Markdown file; over an existing one this updates it in place."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files; a folder stands for all Markdown files in it."""
        parser.add_argument(
            "paths", nargs="*", type=Path, default=[settings.BASE_DIR / "fixtures" / "protocols"]
        )

    def handle(self, *, paths: list[Path], **options) -> None:
        """Import and print a line for each file."""
        files = [file for path in paths for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])]
        if missing := [str(file) for file in files if not file.is_file()]:
            raise CommandError(f"There is no file {', '.join(missing)}.")
        try:
            outcomes = import_protocols({file.name: file.read_bytes() for file in files})
        except CannotImport as error:
            raise CommandError(f"Nothing was imported:\n{error}") from error
        for name, outcome in outcomes.items():
            self.stdout.write(f"{name}: {outcome}")
