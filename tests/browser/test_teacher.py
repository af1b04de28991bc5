"""A teacher's journey: find a course, take it to its end, and have a certificate that anybody can verify."""

import re

from playwright.sync_api import Page, expect

from tests.browser import taking
from tests.browser.conftest import PEOPLE, sign_in
from tests.browser.waiting import reload_until

TITLE = "Building an equity advisory committee"


def test_a_teacher_takes_a_course_from_the_search_to_the_certificate(open_as, axe):
    page = open_as(None)
    sign_in(page, PEOPLE["fresh teacher"])
    _find_and_enroll(page)
    _do_first_module(page, axe)
    for _module in range(3):
        taking.do_module(page)
    _send_evaluation(page, axe)
    code = _take_certificate(page, axe)
    _verify(open_as(None), code, axe)


def _find_and_enroll(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Catalog").click()
    page.get_by_label("Search").fill("advisory committee")
    expect(page).to_have_url(re.compile("query=advisory"))
    page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("button", name="Begin this course").first.click()
    expect(page.locator(".lesson h1")).to_have_text("Why the last one went quiet")


def _do_first_module(page: Page, axe) -> None:
    prompt, check = taking.prompt_of(page), page.locator(".block--check").first
    taking.write(prompt, f"Mine: {taking.WORDS}")
    page.reload()
    expect(prompt.get_by_role("textbox")).to_have_value(f"Mine: {taking.WORDS}")

    taking.answer_wrong(check)
    expect(check.get_by_text("there is no meeting at which it is the agenda")).to_be_visible()
    axe(page)
    taking.answer_right(check)
    expect(check.get_by_text("It is small, and it can be kept")).to_be_visible()

    step = page.locator(".block--act").first
    step.get_by_role("button", name="I will do this").click()
    expect(step.get_by_text("Taken on")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Finish module").click()
    expect(page.get_by_text("“Why the last one went quiet” is done.")).to_be_visible()
    expect(page.locator(".lesson h1")).to_have_text("Who is at the table")


def _send_evaluation(page: Page, axe) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("One last thing")
    axe(page)
    page.get_by_role("link", name="To the evaluation").click()
    for scale in page.locator("fieldset.scale").all():
        scale.locator(".scale__mark").nth(3).click()
    axe(page)
    page.get_by_role("button", name="Send, and finish the course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have finished it")


def _take_certificate(page: Page, axe) -> str:
    """Wait for the worker to make it; return its code."""
    link = page.get_by_role("link", name="See your certificate")
    reload_until(page, link)
    axe(page)
    link.click()
    expect(page.locator(".certificate__name")).to_have_text(re.compile("Sione Fuimaono"))
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    return page.locator(".certificate__code").inner_text()


def _verify(visitor: Page, code: str, axe) -> None:
    visitor.goto("/verify/")
    visitor.get_by_label("Code").fill(code.lower())
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_role("heading", name="This certificate is valid")).to_be_visible()
    expect(visitor.get_by_role("main")).to_contain_text("Sione Fuimaono")
    axe(visitor)
