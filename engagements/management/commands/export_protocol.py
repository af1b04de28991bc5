"""``manage.py export_protocol``: protocols as Markdown files."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError, CommandParser

from engagements.models import Protocol
from engagements.portable.exporting import export_protocol


class Command(BaseCommand):
    """Writes what is published, in the one canonical spelling, a file for each language."""

    help = "Export protocols, each into a Markdown file of its short name (and language)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take short names (all protocols when there are none) and where to."""
        parser.add_argument("slugs", nargs="*", help="short names of protocols; none: all of them")
        parser.add_argument("--to", type=Path, required=True, help="the folder to write into")

    def handle(self, *, slugs: list[str], to: Path, **options) -> None:
        """Export each and print a line for it."""
        protocols = Protocol.objects.filter(live=True).select_related("locale").order_by("slug", "locale")
        known = set(protocols.values_list("slug", flat=True))
        if unknown := sorted(set(slugs) - known):
            raise CommandError(
                f"No protocol is called {', '.join(unknown)}; there are {', '.join(sorted(known))}."
            )
        to.mkdir(parents=True, exist_ok=True)
        for protocol in protocols.filter(slug__in=slugs) if slugs else protocols:
            name, text = export_protocol(protocol)
            (to / name).write_text(text, encoding="utf-8")
            self.stdout.write(name)
