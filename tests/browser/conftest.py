"""Browser tests: real Chromium, real server, real worker, on a demonstration of their own.

``BROWSER_SITE_URL=http://localhost:8000`` runs them against a site that is up already (its data will change);
``BROWSER_SITE_VAR=var`` says where that site puts its email. ``BROWSER_SITE_FROM=var`` begins with a copy of
what another site wrote, where that is there, instead of loading the demonstration.
"""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.site import Serving, Site, loaded_site

PASSWORD = "equity-demo-2026"
#: One person for each test that changes something, so that no test meets what another one did. All of those
#: without a role in their name are teachers at Heron Bend Middle School; a journey of a team has its own
#: building.
PEOPLE = {
    "teacher": "lucia.garcia@alder-valley.example",
    "fresh teacher": "sione.fuimaono@alder-valley.example",
    "principal": "denise.whitaker@alder-valley.example",
    "district admin": "martin.osei@alder-valley.example",
    "coach": "amara.nwosu@psesd.example",
    "editor": "june.takahashi@psesd.example",
    "admin": "ruth.feldman@psesd.example",
    "assigned": "tavita.leota@alder-valley.example",
    "reader": "priya.raghunathan@alder-valley.example",
    "traveller": "caleb.standingelk@alder-valley.example",
    "two tabs": "jamal.everett@alder-valley.example",
    "long absent": "kirsten.halvorsen@alder-valley.example",
    "without script": "nadia.petrenko@alder-valley.example",
    "keyboard": "kenji.murakami@alder-valley.example",
    "marks": "leilani.kahale@alder-valley.example",
    "typist": "desmond.pruitt@alder-valley.example",
    "in a power cut": "soo-jin.bae@alder-valley.example",
    "on the bus": "grace.nakamura@alder-valley.example",
    "first at a device": "marisol.begay@alder-valley.example",
    "second at a device": "andrew.pelletier@alder-valley.example",
    "at a shared device": "thuy.lam@alder-valley.example",
    "phone": "hannah.bergstrom@alder-valley.example",
    "two languages": "wei-lin.chen@alder-valley.example",
    # The racial equity tool at Fernhollow Middle School, and somebody of another building.
    "leader of a review": "gwendolyn.pryor@cedar-ridge.example",
    "coach of a review": "isaac.fairbanks@psesd.example",
    "member of a review": "laurel.finch@cedar-ridge.example",
    "outside a review": "patricia.lor@cedar-ridge.example",
    # A cycle of inquiry at Kelp Bay K-8.
    "leader of a cycle": "warren.peters@tidewater.example",
    "coach of a cycle": "isaac.fairbanks@psesd.example",
    "member of a cycle": "molly.bright@tidewater.example",
    # A principal of Driftwood Open School who is coached, and who mustn't know.
    "coached": "naomi.feldstein@tidewater.example",
    "coach of a leader": "isaac.fairbanks@psesd.example",
    "superintendent": "elias.thornton@tidewater.example",
    # A committee of Cedar Ridge School District.
    "leader of a committee": "joan.brekke@cedar-ridge.example",
    "member of a committee": "ramona.ellis@cedar-ridge.example",
}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def django_db_setup():
    """No test database: the site under test has its own, in its own process."""


@pytest.fixture(scope="session")
def serving(tmp_path_factory) -> Serving | None:
    """The process that serves the site; None where it is up already."""
    if "BROWSER_SITE_URL" in os.environ:
        yield None
        return
    here = tmp_path_factory.getbasetemp()
    # The folder that xdist's workers have in common is the one above.
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    serving = Serving(tmp_path_factory.mktemp("site"), loaded_site(shared))
    try:
        serving.start()
        yield serving
    finally:
        serving.stop()


@pytest.fixture(scope="session")
def site(serving) -> Site:
    """The site, up."""
    if serving:
        return Site(serving.url, serving.var)
    var = os.environ.get("BROWSER_SITE_VAR")
    return Site(os.environ["BROWSER_SITE_URL"].rstrip("/"), Path(var) if var else None)


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One Chromium for all tests."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def _states() -> dict:
    """The cookies of each person who signed in already: signing in once is enough for most tests."""
    return {}


@pytest.fixture
def open_as(browser, site, _states):
    """A function that opens a page signed in as one of :data:`PEOPLE` (None: as a visitor).

    Options are those of a browser context: ``viewport``, ``color_scheme``, ``java_script_enabled`` … A script
    error on any page fails the test. ``service_workers="allow"`` lets a page be kept for reading without a
    connection; elsewhere it would only fetch everything twice.
    """
    contexts, errors = [], []

    def open_page(who: str | None, **options) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("service_workers", "block")
        if who and who not in _states:
            _states[who] = _signed_in_state(browser, site, PEOPLE[who])
        context = browser.new_context(
            base_url=site.url, storage_state=_states[who] if who else None, **options
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture(scope="session")
def axe():
    """A function that asserts that axe finds nothing wrong on a page."""
    checker = Axe()

    def assert_accessible(page: Page) -> None:
        page.wait_for_load_state()  # all stylesheets are there
        results = checker.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return assert_accessible


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the form, as a person does."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def _signed_in_state(browser, site, email):
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, email)
    state = context.storage_state()
    context.close()
    return state
