"""``manage.py import_roster``: districts, buildings, staff, from files."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from roster import groups, importing, invitations, inviting, region_files, staff_files

REGION = settings.BASE_DIR / "fixtures" / "region"


class Command(BaseCommand):
    """Import districts, buildings and staff, all or nothing. Running it again brings only what changed."""

    help = __doc__

    def add_arguments(self, parser):
        """Where the files are, and how the people get in."""
        parser.add_argument(
            "--region", type=Path, default=REGION / "region.yaml", help="districts and buildings"
        )
        parser.add_argument("--staff", type=Path, default=REGION / "staff.csv", help="people and positions")
        way_in = parser.add_mutually_exclusive_group()
        way_in.add_argument("--invite", action="store_true", help="email a link to all without a password")
        way_in.add_argument("--password", help="for all without one; only in a demonstration")

    def handle(self, *, region: Path, staff: Path, invite: bool, password: str | None, **options):
        """Import, and say what came of it."""
        if password and not settings.DEMONSTRATION:
            raise CommandError("One password for everybody is for a demonstration only. Use --invite.")
        try:
            with transaction.atomic():
                districts, buildings = region_files.import_region(region)
                done = importing.import_staff(staff_files.decode(staff.read_bytes()))
                groups.set_up()
        except (region_files.CannotRead, importing.CannotImport, OSError) as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        except ValidationError as error:
            raise CommandError(f"Nothing was imported.\n{staff}: {'; '.join(error.messages)}") from error
        counts = ", ".join(f"{count} × {kind}" for kind, count in done.counted().items())
        self.stdout.write(
            f"{districts} districts, {buildings} buildings; {counts}; {done.unchanged} unchanged"
        )
        if invite:
            self.stdout.write(f"{inviting.invite(people=None)} invitations")
        if password:
            invitations.without_password().update(password=make_password(password))
