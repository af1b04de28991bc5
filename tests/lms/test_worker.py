"""A real worker, in a process of its own, takes what a site puts on its queue."""

import os
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

#: Generous: how long a busy machine may take to start a worker. The test ends as soon as the work is done.
SECONDS = 120


def redis_url() -> str:
    """Return where Redis answers, or skip: `.ci/run` sees to it that it does."""
    url = os.environ.get("REDIS_URL", "")
    if not url:
        pytest.skip("REDIS_URL is not set")
    parts = urlsplit(url)
    socket.create_connection((parts.hostname, parts.port or 6379), timeout=5).close()
    return url


@pytest.fixture(params=["files", "redis"])
def site(request, tmp_path) -> dict[str, str]:
    """The environment of a site of its own, with its queue in files or on Redis."""
    foreign = ("DATABASE_URL", "REDIS_URL", "VAR_DIR", "TEST_DB")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    environment |= {"DJANGO_SETTINGS_MODULE": "lms.settings.development", "VAR_DIR": str(tmp_path / "var")}
    if request.param == "redis":
        environment["REDIS_URL"] = redis_url()
    return environment


def ask_to_delete(path: Path, site: dict[str, str], queue: str) -> None:
    """Put Wagtail's task that deletes a file on the site's queue, from another process as a web server is."""
    script = "import django; django.setup(); from lms.task_backend import run; "
    script += f"run.apply_async(args={_deleting(path)!r}, queue={queue!r})"
    subprocess.run([sys.executable, "-c", script], env=site, cwd=settings.BASE_DIR, check=True)


def _deleting(path: Path) -> list:
    storage = ["django.core.files.storage.FileSystemStorage", [str(path.parent)], {}]
    return ["wagtail.tasks.delete_file_from_storage_task", [storage, path.name], {}]


def test_a_worker_does_what_was_asked_before_it_started(site, tmp_path):
    picture = tmp_path / "old-picture.svg"
    picture.write_text("<svg/>")
    queue = f"test-{uuid.uuid4().hex}"  # nobody else's worker takes it
    ask_to_delete(picture, site, queue)

    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "lms", "worker", "--pool", "solo", "-Q", queue],
        env=site,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        give_up_at = time.monotonic() + SECONDS
        while picture.exists() and worker.poll() is None and time.monotonic() < give_up_at:
            time.sleep(0.1)
    finally:
        worker.kill()
        said, _ = worker.communicate()
    assert not picture.exists(), said
