"""``manage.py prepare``: bring database, static files, groups and demonstration to what this code needs."""

from io import StringIO

from django.conf import settings
from django.core.management import BaseCommand, call_command

from lms import demonstration


class Command(BaseCommand):
    """Safe to run again at any time, also after a run that was broken off."""

    help = (
        "Migrate, make and collect static files, set up site and groups; in development, the demonstration."
    )

    def handle(self, **options) -> None:
        """Do what is left to do."""
        if settings.DEMONSTRATION:
            demonstration.clear_what_was_broken_off(self.say)
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0)
        self.say("Collecting static files …")
        call_command("build_assets", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # After migrations, which make the permissions that the groups are given.
        call_command("setup_site", stdout=StringIO())
        call_command("setup_groups", stdout=StringIO())
        if settings.DEMONSTRATION:
            demonstration.lay_down(self.say)

    def say(self, sentence: str) -> None:
        """Print at once: the next step may take a while."""
        self.stdout.write(sentence)
        self.stdout.flush()
