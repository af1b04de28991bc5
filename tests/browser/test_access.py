"""Every main page for everybody: by keyboard, on a phone, in light and dark, and nothing that axe finds."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import taking
from tests.browser.conftest import PASSWORD, PEOPLE
from tests.browser.waiting import reload_until

SIZES = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
#: A small phone, and what 200 percent leaves of a laptop: nothing may stand out of the side there either.
NARROW = [{"width": 320, "height": 640}, {"width": 640, "height": 450}]
#: Who looks at what. Only looking: these people's records stay as they are.
PAGES = {
    None: ["/", "/catalog/", "/catalog/foundations-of-culturally-responsive-teaching/", "/accounts/login/"],
    "teacher": [
        *(
            "/learning/",
            "/journal/",
            "/journal/notes/",
            "/transcript/",
            "/notices/",
            "/profile/",
            "/nowhere/",
        ),
        "/buildings/heron-bend-middle/discussions/",
    ],
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


def test_a_teacher_comes_from_signing_in_to_the_certificate_by_keyboard_alone(open_as):
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
    page.goto(f"/catalog/{taking.COMMITTEE}/")
    _press(page, page.get_by_role("button", name="Begin this course").first)
    for _module in range(4):
        _do_module_by_keyboard(page)
    _press(page, page.get_by_role("link", name="To the evaluation"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How was it?")
    for scale in page.locator("fieldset.scale").all():
        _tab_to(page, scale.get_by_role("radio").first)
        page.keyboard.press("ArrowRight")
    _press(page, page.get_by_role("button", name="Send, and finish the course"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You have finished it")
    link = page.get_by_role("link", name="See your certificate")
    reload_until(page, link)
    _press(page, link)
    expect(page.locator(".certificate__name")).to_contain_text("Kenji Murakami")


def _do_module_by_keyboard(page: Page) -> None:
    """Do all that the module asks for in the order of the page, then finish it; ends on what comes next."""
    title = page.locator(".lesson h1").inner_text()
    for block in page.locator(".block--check, .block--reflect").all():
        if "block--check" in block.get_attribute("class"):
            _answer_by_keyboard(page, block)
        else:
            _tab_to(page, block.get_by_role("textbox"))
            page.keyboard.insert_text(taking.WORDS)
            expect(block.locator("[data-said]")).to_contain_text("Saved")
    _press(page, page.get_by_role("button", name="Finish module"))
    expect(page.get_by_text(f"“{title}” is done.")).to_be_visible()


def _answer_by_keyboard(page: Page, check: Locator) -> None:
    if check.locator("[data-ordering]").count():
        taking.put_in_order(check, taking.COMMITTEE, press=lambda button: _press(page, button))
    elif check.get_by_role("radio").count():
        _tab_to(page, check.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _answer in range(taking.place_of_right(check)):
            page.keyboard.press("ArrowDown")
    else:
        for choice in taking.right_choices(check):
            _tab_to(page, choice.get_by_role("checkbox"))
            page.keyboard.press("Space")
    _press(page, check.get_by_role("button", name="Answer", exact=True))
    expect(check.get_by_text("Passed")).to_be_visible()


def _press(page: Page, target: Locator) -> None:
    """Come to a link or button by Tab, and press Enter."""
    _tab_to(page, target)
    page.keyboard.press("Enter")


def _look_at(page: Page, axe) -> None:
    """Let axe look in both themes and sizes; nothing may stand out of the page's side."""
    for size in SIZES:
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            axe(page)
        _fits(page)
    for size in NARROW:
        page.set_viewport_size(size)
        _fits(page)


def _fits(page: Page) -> None:
    """Nothing stands out of the page's side."""
    inside = page.evaluate("document.documentElement.clientWidth")
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert needed <= inside, f"{page.url} scrolls sideways: {needed} in {inside}"


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus."""
    element = target.first.element_handle()
    for _try in range(150):
        if element.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab doesn't come to {target}")
