"""Does a newcomer's first hour work? Runs ``make run`` in a clean copy of the last commit and uses the site.

Signs in as each role that the command prints, opens that role's main pages, presses Ctrl-C, and looks whether
anything was left running or written to the log as an error. Standard library only.

Usage: smoke.py [--leave VAR] [FOLDER]
VAR: where to leave what the site wrote (its database and files), so that another run needn't load it again.
"""

import argparse
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
#: Seconds for installing, migrating and loading the demonstration on a slow machine; and for stopping.
FIRST_START, STOP = 1800, 120
TROUBLE = re.compile(
    r"Traceback|^\S+ \S+ (ERROR|CRITICAL) |ERROR/|CRITICAL/|Internal Server Error", re.MULTILINE
)

EVERYBODY = ["/", "/catalog/", "/learning/", "/journal/", "/transcript/", "/notices/", "/profile/"]
PAGES = {
    "teacher": [],
    "principal": ["/buildings/", "/assignments/new/"],
    "district administrator": ["/buildings/", "/districts/alder-valley/", "/assignments/new/"],
    "coach": ["/buildings/"],
    "editor": ["/cms/", "/cms/pages/"],
    "PSESD administrator": ["/region/", "/buildings/", "/cms/"],
}


class Site:
    """The site as ``make run`` serves it from a folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.log = folder / "smoke.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["make", "run", f"PORT={port}"],
                cwd=folder,
                env=plain_environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that Ctrl-C reaches all of it and nobody else
            )

    def wait_until_ready(self) -> float:
        """Wait for the address to be printed, and return the seconds that it took."""
        began = time.monotonic()
        while "Ready: " not in self.said():
            if self.process.poll() is not None:
                fail("make run ended before the site was up", self.said())
            if time.monotonic() - began > FIRST_START:
                fail(f"the site was not up after {FIRST_START} seconds", self.said())
            time.sleep(0.2)
        return time.monotonic() - began

    def said(self) -> str:
        """Return all that the site printed."""
        return self.log.read_text(errors="replace")

    def sign_ins(self) -> list[tuple[str, str, str]]:
        """Return role, email and password of each sign-in that was printed, once its list is whole."""
        password = re.search(r"with the password (\S+)", self.said())
        people = re.findall(r"^  (\S.*?)  +(\S+@\S+)$", self.said(), re.MULTILINE)
        if not password or {role for role, _ in people} != set(PAGES):
            fail("make run does not print one sign-in for each role", self.said())
        return [(role, email, password[1]) for role, email in people]

    def press_ctrl_c(self) -> None:
        """Stop the site as a person at the keyboard does."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(timeout=STOP)
        except subprocess.TimeoutExpired:
            fail(f"the site did not stop in {STOP} seconds", self.said())

    def kill(self) -> None:
        """End what is left, whatever happened."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=STOP)
            except subprocess.TimeoutExpired:
                self.process.kill()


class Browser:
    """A person's browser: cookies and forms, nothing more."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Open a page, or send a form to it, and return where that led and what it said."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address + path})
        try:
            with self.opener.open(request, timeout=60) as response:
                return urllib.parse.urlsplit(response.url).path, response.read().decode()
        except urllib.error.HTTPError as error:
            fail(f"{path} answered {error.code}", error.read().decode(errors="replace")[:2000])

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form."""
        _, page = self.open("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        fields = {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": password}
        place, _ = self.open("/accounts/login/", fields)
        if place.startswith("/accounts/login"):
            fail(f"{email} can't sign in with the password that was printed", "")


def visit_as_each_role(site: Site) -> None:
    """Open the main pages as everybody who can sign in."""
    Browser(site.address).open("/")
    for role, email, password in site.sign_ins():
        browser = Browser(site.address)
        browser.sign_in(email, password)
        for path in EVERYBODY + PAGES[role]:
            place, _ = browser.open(path)
            if place.startswith("/accounts/"):
                fail(f"{path} sends the {role} to {place}", "")
        print(f"  {role}: {len(EVERYBODY + PAGES[role])} pages", flush=True)


def plain_environment() -> dict[str, str]:
    """Return our environment without what belongs to another site or another virtual environment."""
    foreign = re.compile(
        r"DATABASE_URL|REDIS_URL|VAR_DIR|ENV_FILE|DEBUG|SITE_URL|SECRET_KEY|DJANGO_|VIRTUAL_ENV|MAKE"
    )
    return {name: value for name, value in os.environ.items() if not foreign.match(name)}


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def left_running(folder: Path) -> list[str]:
    """Return the commands that still run from the folder."""
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str((process / "cwd").readlink()).startswith(str(folder)):
                commands.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # not ours to see, or gone meanwhile
            continue
    return commands


def fail(sentence: str, more: str) -> None:
    """End with a sentence and what helps to understand it."""
    sys.exit(f"smoke: {sentence}\n{more}")


def start_use_and_stop(folder: Path, visit) -> None:
    """Start the site, use it, stop it, and look at what that left behind."""
    site = Site(folder, free_port())
    try:
        print(f"  up after {site.wait_until_ready():.0f} s", flush=True)
        visit(site)
        site.press_ctrl_c()
    finally:
        site.kill()
    if TROUBLE.search(site.said()):
        fail("there is an error in the log", site.said())
    if commands := left_running(folder):
        fail("Ctrl-C left processes running", "\n".join(commands))


def sign_in_again(site: Site) -> None:
    """Look whether a second start still has the first one's data."""
    _, email, password = site.sign_ins()[0]
    Browser(site.address).sign_in(email, password)


def leave(var: Path, place: Path) -> None:
    """Put what the site wrote at ``place``, which is there only when it is whole."""
    unfinished = place.with_name(f"{place.name}.unfinished")
    shutil.copytree(var, unfinished)
    unfinished.rename(place)


def main() -> None:
    """Copy the last commit, and run it twice."""
    # As an exception, so that a run that is broken off stops the site that it started.
    signal.signal(signal.SIGTERM, lambda *_: fail("broken off", ""))
    # A shell that puts this into the background has Ctrl-C ignored, which what is started here would inherit.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser()
    parser.add_argument("--leave", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    asked = parser.parse_args()
    folder = (asked.folder or Path(tempfile.mkdtemp(prefix="equity-lms-smoke-"))).resolve()
    try:
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=CHECKOUT, check=True, capture_output=True)
        subprocess.run(["tar", "--extract", "--directory", str(folder)], input=archive.stdout, check=True)
        start_use_and_stop(folder, visit_as_each_role)
        start_use_and_stop(folder, sign_in_again)
        if asked.leave:
            leave(folder / "var", asked.leave)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("smoke: every role's pages came, and nothing was left behind")


if __name__ == "__main__":
    main()
