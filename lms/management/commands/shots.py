"""``manage.py shots``: take the pictures of the main pages that README shows.

Serves a demonstration of its own in a temporary folder, so that the pictures are the same whoever takes them,
and changes nothing of the site that runs beside.
"""

import importlib.util
import shutil
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from PIL import Image

from lms import demonstration

FOLDER = settings.BASE_DIR / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
COURSE = "foundations-of-culturally-responsive-teaching"
HERON_BEND = "/buildings/heron-bend-middle/"
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Shot:
    """One picture: ``name`` of its file, who looks (a role of the demonstration), and the way to the page.

    ``way`` is an address, then texts of links to follow from there.
    """

    name: str
    who: str | None
    way: tuple[str, ...]
    theme: str = "light"
    size: tuple[tuple[str, int], ...] = tuple(DESKTOP.items())


SHOTS = [
    Shot("home", None, ("/",)),
    Shot("learning", "teacher", ("/learning/",)),
    Shot("player", "teacher", ("/learning/", "Continue")),
    Shot("player-phone-dark", "teacher", ("/learning/", "Continue"), "dark", tuple(PHONE.items())),
    Shot("journal", "teacher", ("/journal/",)),
    Shot("course", "teacher", (f"/catalog/{COURSE}/",)),
    Shot("certificate", "teacher", ("/learning/", "Certificate of")),
    Shot("building", "principal", (HERON_BEND,)),
    Shot("assign", "principal", ("/assignments/new/",)),
    Shot("together", "coach", ("/engagements/desk/", "The discipline referral form", "Whom it touches")),
    Shot("report", "coach", ("/engagements/desk/", "The hallway sweep", "Read the report")),
    Shot("edition", "principal", (f"{HERON_BEND}courses/", "Foundations of culturally responsive teaching")),
    Shot("editor", "editor", ("/cms/cms_courses/", "Foundations of culturally responsive teaching")),
]


class Command(BaseCommand):
    """Takes every picture anew."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of a site that runs already."""
        parser.add_argument("--url", help="a demonstration that is served already, instead of a new one")
        parser.add_argument("names", nargs="*", help="only these pictures")

    def handle(self, *, url: str | None, names: list[str], **options) -> None:
        """Serve, look, and keep what is seen."""
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if chromium is None or importlib.util.find_spec("playwright") is None:
            raise CommandError("Pictures need chromium and the packages for tests: run make shots.")
        shots = [shot for shot in SHOTS if not names or shot.name in names]
        if url:
            self._take(shots, url, chromium)
            return
        from tests.browser.site import Serving

        with tempfile.TemporaryDirectory() as folder:
            serving = Serving(Path(folder))
            try:
                self.stdout.write("Serving a demonstration (about a minute) …")
                self._take(shots, serving.start().url, chromium)
            finally:
                serving.stop()

    def _take(self, shots: list[Shot], url: str, chromium: str) -> None:
        from playwright.sync_api import sync_playwright

        FOLDER.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            states = {who: _signed_in(browser, url, who) for who in {shot.who for shot in shots}}
            for shot in shots:
                size_bytes = _keep(
                    _picture(browser, url, states[shot.who], shot), FOLDER / f"{shot.name}.png"
                )
                self.stdout.write(f"{shot.name}.png  {size_bytes // 1000} kB")
            browser.close()


def _signed_in(browser, url: str, who: str | None) -> dict | None:
    """The cookies of somebody with this role; none of a visitor's."""
    if who is None:
        return None
    page = browser.new_page(base_url=url)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(dict(demonstration.SIGN_INS)[who])
    page.get_by_label("Password", exact=True).fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    state = page.context.storage_state()
    page.close()
    return state


def _picture(browser, url: str, state: dict | None, shot: Shot) -> bytes:
    page = browser.new_page(
        base_url=url,
        storage_state=state,
        viewport=dict(shot.size),
        color_scheme=shot.theme,
        reduced_motion="reduce",
    )
    address, *links = shot.way
    page.goto(address)
    for text in links:
        page.get_by_role("main").get_by_role("link", name=text).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    seen = page.screenshot(animations="disabled")
    page.close()
    return seen


def _keep(png: bytes, path: Path) -> int:
    """Write the picture with as many colours as it has room for; return its size in bytes.

    A page of flat colours loses nothing by a palette; a drawing loses a little.
    """
    image = Image.open(BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    return path.stat().st_size
