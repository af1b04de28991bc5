"""``manage.py export_course``: courses as folders or ZIP files."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError, CommandParser

from cms import languages
from cms.portable import archives
from cms.portable.exporting import export_course


class Command(BaseCommand):
    """Writes what is published, in the one canonical spelling."""

    help = "Export courses, each into a folder (or ZIP file) of its short name."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take short names (all courses when there are none) and where to."""
        parser.add_argument("slugs", nargs="*", help="short names of courses; none: all of them")
        parser.add_argument("--to", type=Path, required=True, help="the folder to write into")
        parser.add_argument("--zip", action="store_true", help="one ZIP file a course")

    def handle(self, *, slugs: list[str], to: Path, **options) -> None:
        """Export each and print a line for it."""
        courses = languages.sources().live().order_by("path")
        known = set(courses.values_list("slug", flat=True))
        if unknown := sorted(set(slugs) - known):
            raise CommandError(
                f"No course is called {', '.join(unknown)}; there are {', '.join(sorted(known))}."
            )
        for course in courses.filter(slug__in=slugs) if slugs else courses:
            files = export_course(course)
            if options["zip"]:
                to.mkdir(parents=True, exist_ok=True)
                (to / f"{course.slug}.zip").write_bytes(archives.to_zip(course.slug, files))
            else:
                _write(to / course.slug, files)
            self.stdout.write(f"{course.slug}: {len(files)} files")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
