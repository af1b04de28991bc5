"""An editor's journey: change a module in Wagtail, look at it as a building, publish; the learner sees it."""

import re
import time

from playwright.sync_api import Locator, Page, Response, TimeoutError, expect

from tests.browser.waiting import reload_until

COURSE = "cycles-of-inquiry-with-disaggregated-data"
MODULE = "A question worth asking"


def test_an_editor_changes_a_module_and_the_learner_sees_it(open_as, axe):
    words = f"Written in the browser {time.time_ns()}."
    page = open_as("editor")
    address = _open_module(page)
    _write(page, words)

    preview = page.context.new_page()
    preview.goto(f"{address}view_draft/?mode=heron-bend-middle")
    reload_until(preview, preview.get_by_text(words))
    expect(preview.get_by_label("Building")).to_have_value("heron-bend-middle:teacher")
    axe(preview)

    learner = open_as("reader")
    _open_as_learner(learner)
    expect(learner.get_by_text(words)).to_have_count(0)
    _publish(page)
    learner.reload()
    expect(learner.get_by_text(words)).to_be_visible()


def _open_module(page: Page) -> str:
    """Find the module as an editor does; return the address under which its pages stand."""
    page.goto("/cms/")
    page.get_by_role("textbox", name="Search").first.fill(MODULE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.get_by_role("main").get_by_role("link", name=MODULE).first.click()
    page.wait_for_url("**/edit/")
    return page.url.removesuffix("edit/")


def _write(page: Page, words: str) -> None:
    """Put ``words`` at the end of the first text block."""
    field = page.locator(".public-DraftEditor-content").first
    field.scroll_into_view_if_needed()
    field.click()
    field.press("Control+End")
    field.press_sequentially(f" {words}")
    expect(field).to_contain_text(words)
    _until_saved(page, field)


def _until_saved(page: Page, field: Locator) -> None:
    """Wait for Wagtail's own save of the draft.

    It compares with how the page stood when its scripts had come round: on a busy machine words may be there
    before, and only the next change is seen.
    """

    def is_save(answer: Response) -> bool:
        return answer.request.method == "POST" and answer.url.endswith("/edit/") and answer.ok

    for _attempt in range(4):
        try:
            page.wait_for_event("response", is_save, timeout=12_000)
            return
        except TimeoutError:
            field.press_sequentially(".")
    raise AssertionError("The draft was never saved")


def _publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.locator("footer [name=action-publish]").click()
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()


def _open_as_learner(page: Page) -> None:
    page.goto(f"/catalog/{COURSE}/")
    page.get_by_role("link", name="Look at it again").first.click()
    page.get_by_role("main").get_by_role("link", name=MODULE).click()
    expect(page.locator(".lesson h1")).to_have_text(MODULE)
