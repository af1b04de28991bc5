"""A migrated SQLite database to copy, so that a test run doesn't begin with twenty seconds of migrations.

The template is made once for each state of the migrations and never changed: each run, and each of xdist's
workers, works on a copy of its own.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.db import connections


def copy_to(path: Path) -> None:
    """Put a migrated, otherwise empty database at ``path``."""
    template = settings.VAR_DIR / f"template-{_fingerprint()}.sqlite3"
    with (settings.VAR_DIR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _make(template)
    shutil.copyfile(template, path)


def _make(template: Path) -> None:
    unfinished = template.with_suffix(f".{os.getpid()}")
    # Without WAL, all of the database is in its one file when the process has ended.
    script = "import django; django.setup(); from django.core.management import call_command as call; "
    script += "call('migrate', verbosity=0); from django.db import connection; connection.cursor().execute("
    script += "'PRAGMA journal_mode=DELETE')"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{unfinished}"}
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=settings.BASE_DIR, check=True)
    unfinished.rename(template)


def _fingerprint() -> str:
    """Return what stands for the state of all migrations: our files and the versions of the libraries."""
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__} {sys.version}".encode())
    digest.update((settings.BASE_DIR / "requirements" / "base.txt").read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if Path(config.path).parent == settings.BASE_DIR:
            for path in sorted(Path(config.path).rglob("*.py")):
                if "migrations" in path.parts or path.name == "apps.py":
                    digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def migrated_copy(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """This process's copy; none where the database is PostgreSQL or was named by ``TEST_DB``."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or database.get("TEST", {}).get("NAME"):
        return None
    path = tmp_path_factory.mktemp("database") / "test.sqlite3"
    copy_to(path)
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, migrated_copy: Path | None
) -> None:
    """Point pytest-django at the copy."""
    if migrated_copy:
        connections["default"].settings_dict["TEST"]["NAME"] = str(migrated_copy)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, migrated_copy: Path | None) -> bool:
    """Have pytest-django take the database as it lies there."""
    return migrated_copy is not None or request.config.getvalue("reuse_db")
