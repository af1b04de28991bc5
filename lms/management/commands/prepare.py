"""``manage.py prepare``: bring database, static files and demonstration to where this code needs them."""

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands

from lms import demonstration


class Command(BaseCommand):
    """Safe to run again at any time, also after a run that was broken off."""

    help = "Migrate, collect static files and, in development, load the demonstration into an empty database."

    def handle(self, **options) -> None:
        """Do what is left to do."""
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0)
        self.say("Collecting static files …")
        if "build_assets" in get_commands():
            call_command("build_assets", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMONSTRATION:
            demonstration.lay_down(self.say)

    def say(self, sentence: str) -> None:
        """Print at once: the next step may take a while."""
        self.stdout.write(sentence)
        self.stdout.flush()
