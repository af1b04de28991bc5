"""``manage.py import_standards``: learning standards, clock-hour categories, renewal rules."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from cms.portable.mistakes import CannotImport
from cms.portable.standards import import_clock_hours, import_standards


class Command(BaseCommand):
    """Safe to run again; a rule that changed is changed."""

    help = "Load learning standards, clock-hour categories and renewal rules from their files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder that holds ``standards.yaml`` and ``clock-hours.yaml``."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *, folder: Path, **options) -> None:
        """Load both files."""
        try:
            standards = import_standards((folder / "standards.yaml").read_text(), file="standards.yaml")
            rules = import_clock_hours((folder / "clock-hours.yaml").read_text(), file="clock-hours.yaml")
        except CannotImport as error:
            raise CommandError(f"Nothing was imported from the file with mistakes:\n{error}") from error
        self.stdout.write(f"Standards: {standards}; renewal rules: {rules}")
