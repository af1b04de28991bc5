"""``manage.py reset_demo``: bring the demonstration back to how it began."""

from django.core.management import BaseCommand, call_command

from lms import demonstration, serving


class Command(BaseCommand):
    """Refuses where there is no demonstration, and while it is being served."""

    help = "Remove everything in the demonstration and load it again."

    def handle(self, **options) -> None:
        """Wipe, then prepare."""
        with serving.only_one():
            demonstration.wipe()
            call_command("prepare")
        self.stdout.write("The demonstration is as it was at the beginning.")
