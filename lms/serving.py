"""Serving the site from one command: web process, worker and schedule, started and stopped as one.

For a machine of one's own and for small sites; ``deploy/compose.yaml`` runs the same three apart.
"""

import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.core.management import CommandError

#: Seconds that a process gets to end by itself: a task under way may finish.
PATIENCE = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One process of the site, in a session of its own: Ctrl-C reaches only us, and we end it in order."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process."""
        self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True)

    def has_ended(self) -> bool:
        """Say whether the process is gone."""
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to the process and all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the right to serve from ``VAR_DIR``; two workers on one queue of files would run tasks twice.

    Raises:
        CommandError: somebody holds it already.
    """
    with (settings.VAR_DIR / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"This site is being served already from {settings.VAR_DIR}. Stop that first (Ctrl-C there)."
            ) from None
        yield


def require_free(host: str, port: int) -> None:
    """Say in one sentence why we can't listen there.

    Raises:
        CommandError: the port is taken, or not ours to take.
    """
    try:
        with socket.create_server((host, port)):
            return
    except PermissionError:
        raise CommandError(f"Port {port} is not for ordinary users. Try: make run PORT=8000") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise CommandError(f"Can't listen at {host}:{port}: {error.strerror}") from None
        raise CommandError(f"Port {port} is taken. Use another: make run PORT={port + 1}") from None


def parts_of_the_site(host: str, port: int) -> list[Part]:
    """Return the web process first, then the worker and the schedule."""
    environment = {
        "SITE_URL": f"http://localhost:{port}",
        # In a container everybody is root, and this worker reads nothing but JSON that we wrote.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        **os.environ,
    }
    module = [sys.executable, "-m"]
    celery = [*module, "celery", "--app", "lms", "--quiet"]
    worker = [*celery, "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = [*module, "granian", "lms.wsgi:application", "--interface", "wsgi", "--no-ws"]
    web += ["--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    return [
        Part("web process", [*web, "--log-level", "warning"], environment),
        # One process: nothing else reads this queue, and a task that waits a second is no loss here.
        Part("worker", [*worker, "--pool", "solo", "--loglevel", "warning"], environment),
        Part("schedule", [*celery, "beat", "--loglevel", "warning"], environment),
    ]


def run(parts: list[Part], *, when_up: Callable[[], None], address: tuple[str, int]) -> None:
    """Run the parts until a signal asks for the end; start again a worker that ends before that.

    Raises:
        CommandError: the web process ended by itself, or never answered.
    """
    asked_to_stop: list[int] = []
    for number in STOP_SIGNALS:
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    try:
        for part in parts:
            part.start()
        announced = False
        while not asked_to_stop:
            _restart_what_ended(parts)
            if not announced and _answers(*address):
                when_up()
                announced = True
            time.sleep(0.2)
    finally:
        stop(parts)


def stop(parts: list[Part]) -> None:
    """Ask all parts to end, wait, and kill what is left of them."""
    for part in parts:
        part.signal(signal.SIGTERM)
    give_up_at = time.monotonic() + PATIENCE
    for part in parts:
        if part.process is not None:
            try:
                part.process.wait(timeout=max(0.1, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"The {part.name} did not end in {PATIENCE} seconds and was killed.", flush=True)
        part.signal(signal.SIGKILL)
    for part in parts:
        if part.process is not None:
            part.process.wait()


def _restart_what_ended(parts: list[Part]) -> None:
    web, *others = parts
    if web.has_ended():
        raise CommandError("The web process ended by itself; its last lines above say why.")
    for part in others:
        if part.has_ended():
            print(f"The {part.name} ended by itself and is started again.", flush=True)
            time.sleep(1)
            part.start()


def _answers(host: str, port: int) -> bool:
    """Say whether the site answers, whatever it says."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()
