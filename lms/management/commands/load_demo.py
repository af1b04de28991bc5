"""``manage.py load_demo``: the region, its courses, its people and their past, into an empty database."""

import logging
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import BaseCommand, CommandError, call_command
from django.test.utils import override_settings

from lms import demonstration
from lms.celery import app
from lms.demonstration import asked, drafts, histories, noted, talk, teams
from roster.models import User

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
#: Nobody is to get hundreds of emails about a past that never was.
SILENT = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


class Command(BaseCommand):
    """Only where settings allow a demonstration, and only into a database without people."""

    help = "Load the demonstration: region, standards, courses, protocols, pages, people and their histories."

    def handle(self, **options) -> None:
        """Load it all."""
        if not settings.DEMONSTRATION:
            raise CommandError("These settings hold no demonstration (DEMONSTRATION is off).")
        if User.objects.exists():
            raise CommandError("There are people here already. “make reset-demo” begins anew.")
        # The tasks that this sets off are done on the spot: there may be no worker yet.
        was_eager, app.conf.task_always_eager = app.conf.task_always_eager, True
        logging.disable(logging.INFO)
        try:
            with override_settings(**SILENT):
                self._load()
        finally:
            logging.disable(logging.NOTSET)
            app.conf.task_always_eager = was_eager

    def _load(self) -> None:
        self._run("setup_site")
        self._run("import_standards")
        self._run("import_roster")
        for folder in sorted((FIXTURES / "courses").iterdir()):
            self._run("import_course", str(folder))
        self._run("import_protocols", str(FIXTURES / "protocols"))
        self._run("import_pages", str(FIXTURES / "pages"))
        self._run("setup_groups")
        # One hash for all: a hash each would take a minute and protect nothing.
        User.objects.update(password=make_password(demonstration.PASSWORD))
        self.stdout.write(f"{histories.write()} enrollments")
        drafts.write()
        noted.write()
        talk.write()
        teams.write()
        asked.write()

    def _run(self, *command: str) -> None:
        call_command(*command, verbosity=0, stdout=self.stdout)
