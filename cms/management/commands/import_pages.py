"""``manage.py import_pages``: home page, services and standard pages from a folder."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from cms.portable import archives
from cms.portable.mistakes import CannotImport
from cms.portable.pages import import_pages


class Command(BaseCommand):
    """Sets up the site first where that wasn't done; safe to run again."""

    help = "Import the public pages from a folder of Markdown files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures" / "pages")

    def handle(self, *, folder: Path, **options) -> None:
        """Import and print a line for each page."""
        try:
            outcomes = import_pages(archives.of_folder(folder))
        except CannotImport as error:
            raise CommandError(f"Nothing was imported:\n{error}") from error
        for file, outcome in outcomes.items():
            self.stdout.write(f"{file}: {outcome}")
