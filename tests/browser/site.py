"""The real site for browser tests: a copy of the demonstration, served as ``make run`` serves it.

Each of xdist's workers has a site of its own; the demonstration that they begin with is loaded once.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: Loading the demonstration takes about a minute on two cores; a loaded machine takes longer.
PATIENCE_SECONDS = 900


@dataclass
class Site:
    """Where the site is, and what it wrote."""

    url: str
    var: Path | None = None

    @property
    def log(self) -> str:
        """All that its processes have said so far."""
        return (self.var / "log").read_text(errors="replace") if self.var else ""

    def mail_to(self, email: str) -> list[str]:
        """The emails that went to somebody, oldest first."""
        folder = self.var / "mail"
        letters = [path.read_text() for path in sorted(folder.iterdir())] if folder.exists() else []
        return [letter for letter in letters if f"To: {email}" in letter]


class Serving:
    """One ``manage.py serve`` with a folder and a port of its own.

    It begins with what the folder ``loaded`` holds; where none is given, it loads the demonstration.
    """

    def __init__(self, var: Path, loaded: Path | None = None):
        self.var = var
        if loaded:
            shutil.copytree(loaded, var, dirs_exist_ok=True)
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> Site:
        """Serve, and come back when the site answers.

        Raises:
            RuntimeError: it ended or didn't answer in time; says what it printed.
        """
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        environment = _environment(self.var, self.url)
        with (self.var / "log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()
        return Site(self.url, self.var)

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and all that it started."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def kill(self) -> None:
        """Take the web process away in the middle of its work, as a power cut would."""
        for child in _children_of(self.process.pid):
            if "granian" in Path(f"/proc/{child}/cmdline").read_text():
                os.killpg(child, signal.SIGKILL)
        self.process.wait(timeout=60)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/health/", timeout=5):
                    return
            except OSError:
                time.sleep(0.3)
        said = (self.var / "log").read_text()[-4000:]
        self.stop()
        raise RuntimeError(f"The site didn't come up. It said:\n{said}")


def loaded_site(shared: Path) -> Path:
    """The folder of a site with the demonstration that nothing has been done in yet.

    It is what ``BROWSER_SITE_FROM`` names, where that is there. Else it is made in ``shared``, a folder of
    this run, by the first worker that asks; the others wait for it.

    Raises:
        subprocess.CalledProcessError: the demonstration can't be loaded.
    """
    if (given := Path(os.environ.get("BROWSER_SITE_FROM") or os.devnull)).is_dir():
        return given
    loaded, making = shared / "newcomer", shared / "newcomer.making"
    with (shared / "newcomer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            making.mkdir(exist_ok=True)
            command = [sys.executable, "manage.py", "prepare"]
            with (making / "log").open("a") as log:
                subprocess.run(
                    command, cwd=ROOT, env=_environment(making), stdout=log, stderr=log, check=True
                )
            making.rename(loaded)
    return loaded


def _environment(var: Path, url: str = "http://localhost:8000") -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "REDIS_URL": "",
        "DEBUG": "0",
        "SITE_URL": url,
    }


def _children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
