"""The demonstration: who can sign in to it, and how it is laid down, finished and brought back.

Only settings with ``DEMONSTRATION`` have one; nothing here touches a site that people rely on.
"""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, connections
from wagtail.models import Site

PASSWORD = "equity-demo-2026"

#: One person for each role, as ``fixtures/region`` has them.
SIGN_INS = [
    ("teacher", "lucia.garcia@alder-valley.example"),
    ("principal", "denise.whitaker@alder-valley.example"),
    ("district administrator", "martin.osei@alder-valley.example"),
    ("coach", "amara.nwosu@psesd.example"),
    ("editor", "june.takahashi@psesd.example"),
    ("PSESD administrator", "ruth.feldman@psesd.example"),
]

#: Stands while the content is being loaded, so that the next start knows when that was broken off.
UNFINISHED = settings.VAR_DIR / "demonstration-unfinished"


def clear_what_was_broken_off(say: Callable[[str], object]) -> None:
    """Empty the database if loading the demonstration into it was broken off; a half of it is of no use."""
    if UNFINISHED.exists() and UNFINISHED.read_text() == _database_name():
        say("The demonstration was not loaded to its end last time; beginning anew …")
        wipe()


def lay_down(say: Callable[[str], object]) -> None:
    """Load the demonstration into a database without people."""
    if not get_user_model().objects.exists():
        say("Loading the demonstration (once, about a minute) …")
        UNFINISHED.write_text(_database_name())
        call_command("load_demo", verbosity=0, stdout=StringIO())
        # Wagtail leaves that to the worker, who may come to it only after the first search.
        call_command("update_index", verbosity=0, stdout=StringIO())
        UNFINISHED.unlink()
    _address_pages_at(settings.SITE_URL)


def wipe() -> None:
    """Remove the demonstration's database, uploads, email and waiting tasks.

    Raises:
        CommandError: these settings hold no demonstration.
    """
    if not settings.DEMONSTRATION:
        raise CommandError("This is not a demonstration; nothing was removed.")
    _drop_tables()
    for folder in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH, settings.VAR_DIR / "queue" / "messages"):
        shutil.rmtree(folder, ignore_errors=True)
    (settings.VAR_DIR / "queue" / "messages").mkdir(parents=True, exist_ok=True)
    UNFINISHED.unlink(missing_ok=True)


def _drop_tables() -> None:
    if connection.vendor == "sqlite":
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{settings.DATABASES['default']['NAME']}{suffix}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _database_name() -> str:
    database = settings.DATABASES["default"]
    return f"{database.get('HOST', '')}:{database.get('PORT', '')}/{database['NAME']}"


def _address_pages_at(url: str) -> None:
    """Make full addresses of pages (in emails, say) begin where this process is served."""
    address = urlsplit(url)
    hostname, port = address.hostname or "localhost", address.port or 80
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        site.save()
