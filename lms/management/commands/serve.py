"""``manage.py serve``: the whole site from one command."""

import os

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command

from lms import demonstration, serving


class Command(BaseCommand):
    """Prepares the site, then runs web process, worker and schedule until Ctrl-C."""

    help = "Prepare and serve the site with its worker; Ctrl-C stops all of it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address to listen at."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options) -> None:
        """Serve until a signal."""
        serving.require_free(host, port)
        with serving.only_one():
            if not os.environ.get("SITE_URL"):
                settings.SITE_URL = f"http://localhost:{port}"
            call_command("prepare")
            serving.run(serving.parts_of_the_site(host, port), when_up=self.announce, address=(host, port))
        self.stdout.write("Stopped.")

    def announce(self) -> None:
        """Print the address and, for a demonstration, who can sign in."""
        self.stdout.write(f"\nReady: {settings.SITE_URL}/   (Ctrl-C stops it)\n")
        if settings.DEMONSTRATION:
            self.stdout.write(f"Sign in with the password {demonstration.PASSWORD} as\n")
            for role, email in demonstration.SIGN_INS:
                self.stdout.write(f"  {role:<24}{email}")
            self.stdout.write(f"Email that the site sends is in {settings.EMAIL_FILE_PATH}\n")
        self.stdout.flush()
