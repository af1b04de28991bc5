"""Waiting for what a worker does behind the page."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

#: A worker on a busy machine may take this long to come round.
PATIENCE_SECONDS = 60


def until(page: Page, holds: Callable[[], object], what: str):
    """Ask again and again until ``holds`` gives something true; return that.

    Raises:
        AssertionError: it didn't in time; ``what`` says what was waited for.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := holds():
            return found
        page.wait_for_timeout(250)
    raise AssertionError(f"Waited in vain for {what}")


def reload_until(page: Page, locator: Locator) -> None:
    """Reload the page until ``locator`` is on it."""

    def is_there() -> bool:
        if locator.count():
            return True
        page.reload()
        return bool(locator.count())

    until(page, is_there, f"{locator} on {page.url}")
