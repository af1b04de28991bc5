"""One command starts the site's processes and ends them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from lms import serving

SECONDS = 60

#: Serves stand-ins instead of the real processes: quick, and as stubborn as we need them.
SCRIPT = """
import sys
from lms import serving
serving.PATIENCE = 1
port, folder = int(sys.argv[1]), sys.argv[2]
note = f"import os, pathlib; pathlib.Path({folder!r}, str(os.getpid())).touch(); "
stubborn = note + "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
with_child = note + f"import subprocess, sys; subprocess.run([sys.executable, '-c', {stubborn!r}])"
web = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
parts = [
    serving.Part("web process", web, None),
    serving.Part("worker", [sys.executable, "-c", with_child], None),
]
serving.run(parts, when_up=lambda: print("up", flush=True), address=("127.0.0.1", port))
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(condition) -> None:
    """Wait until something holds; a busy machine may take its time."""
    give_up_at = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Say whether a process runs (one that ended and awaits its parent does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def served(tmp_path):
    """A site of stand-ins, up, and the folder in which they note their process ids."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(free_port()), str(tmp_path)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "up\n" in iter(process.stdout.readline, "")
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    yield process, tmp_path
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_processes_and_those_that_they_started(served, number):
    process, folder = served
    process.send_signal(number)
    process.wait(timeout=SECONDS)
    wait_for(lambda: not any(is_alive(int(note.name)) for note in folder.iterdir()))


def test_a_worker_that_ended_is_started_again(served):
    process, folder = served
    first = {int(note.name) for note in folder.iterdir()}
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: any(is_alive(int(note.name)) for note in folder.iterdir()))
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=SECONDS)


def test_a_port_that_is_taken_is_said_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            serving.require_free("127.0.0.1", port)


def test_only_one_serves_from_a_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with serving.only_one(), pytest.raises(CommandError, match="served already"), serving.only_one():
        pass
