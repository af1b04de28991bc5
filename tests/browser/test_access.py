"""Every main page for everybody: by keyboard, on a phone, in light and dark, and nothing that axe finds."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, PEOPLE

SIZES = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
#: Who looks at what. Only looking: these people's records stay as they are.
PAGES = {
    None: ["/", "/catalog/", "/catalog/foundations-of-culturally-responsive-teaching/", "/accounts/login/"],
    "teacher": ["/learning/", "/journal/", "/transcript/", "/notices/", "/profile/", "/nowhere/"],
    "principal": [
        "/buildings/heron-bend-middle/",
        "/buildings/heron-bend-middle/brief/",
        "/buildings/heron-bend-middle/courses/",
        "/assignments/",
    ],
    "district admin": ["/districts/alder-valley/", "/assignments/new/"],
    "coach": ["/buildings/"],
    "editor": ["/region/"],
}


@pytest.mark.parametrize(("who", "address"), [(who, page) for who in PAGES for page in PAGES[who]])
def test_a_page_is_for_everybody(open_as, axe, who, address):
    page = open_as(who, reduced_motion="reduce")
    page.goto(address)
    _look_at(page, axe)


def test_a_module_is_for_everybody(open_as, axe):
    page = open_as("teacher", reduced_motion="reduce")
    page.goto("/learning/")
    page.get_by_role("link", name="Continue").first.click()
    expect(page.locator(".lesson h1")).to_be_visible()
    _look_at(page, axe)


def test_a_teacher_comes_to_their_module_by_keyboard_alone(open_as):
    page = open_as(None)
    page.goto("/")
    _tab_to(page, page.get_by_role("banner").get_by_role("link", name="Sign in"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    _tab_to(page, page.get_by_label("Email"))
    page.keyboard.type(PEOPLE["keyboard"])
    _tab_to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learning/")
    _tab_to(page, page.get_by_role("link", name="Continue"))
    page.keyboard.press("Enter")
    expect(page.locator(".lesson h1")).to_be_visible()
    _tab_to(page, page.get_by_role("textbox").first)
    page.keyboard.type("By keyboard. ")
    expect(page.locator("[data-said]").first).to_contain_text("Saved")


def _look_at(page: Page, axe) -> None:
    """Let axe look in both themes and sizes; nothing may stand out of the page's side."""
    for size in SIZES:
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            axe(page)
        inside = page.evaluate("document.documentElement.clientWidth")
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= inside, f"{page.url} scrolls sideways at {size['width']}: {needed} in {inside}"


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus."""
    for _press in range(60):
        if target.first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab doesn't come to {target}")
