"""A principal's journey: assign a course, see whom it reaches and how far they are, nudge, take it back."""

import datetime

from playwright.sync_api import Page, expect

from tests.browser.conftest import PEOPLE
from tests.browser.waiting import reload_until, until

TITLE = "Building an equity advisory committee"
MESSAGE = "You asked in October who hears our families. This is how we begin."


def test_a_principal_assigns_a_course_and_follows_it(open_as, axe, site):
    page = open_as("principal")
    _assign(page, axe)
    _see_how_far(page, axe)
    _is_told(open_as("assigned"), axe)
    if site.var:
        _is_written_to(page, site)
    _nudge(page)
    _withdraw(page, axe)


def _assign(page: Page, axe) -> None:
    page.goto("/assignments/new/")
    axe(page)
    page.get_by_label("Course").select_option(label=TITLE)
    page.get_by_label("People whom I name").check()
    page.get_by_label("Find a person by name").fill("Leota")
    page.get_by_label("Leota, Tavita").check()
    due_on = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=30)
    page.get_by_label("Due date").fill(due_on.isoformat())
    page.get_by_label("Message").fill(MESSAGE)
    page.get_by_role("button", name="See whom it reaches").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("It reaches 1 person")
    expect(page.get_by_text("Nothing is sent yet.")).to_be_visible()
    expect(page.get_by_text("Leota, Tavita")).to_be_visible()
    expect(page.get_by_text(MESSAGE)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Assign it to 1 person").click()


def _see_how_far(page: Page, axe) -> None:
    expect(page.get_by_text(f"“{TITLE}” is assigned.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Leota, Tavita")
    reload_until(page, row)
    expect(row).to_contain_text("Not started")
    axe(page)


def _is_told(page: Page, axe) -> None:
    """The staff member's notice, and where it leads."""
    page.goto("/learning/")
    expect(page.get_by_role("main").get_by_text(TITLE).first).to_be_visible()
    page.goto("/notices/")
    notice = page.get_by_role("listitem").filter(has_text=TITLE).first
    expect(notice).to_contain_text(MESSAGE)
    axe(page)


def _is_written_to(page: Page, site) -> None:
    """The email that the worker wrote, in words that are the principal's own."""

    def letters() -> list[str]:
        return [letter for letter in site.mail_to(PEOPLE["assigned"]) if TITLE in letter]

    letter = until(page, letters, "an email to the staff member")[0]
    assert "List-Unsubscribe" in letter


def _nudge(page: Page) -> None:
    page.get_by_role("button", name="Nudge 1 person").click()
    expect(page.get_by_text("1 person is reminded.")).to_be_visible()
    expect(page.get_by_role("button", name="Nudge 1 person")).to_have_count(0)


def _withdraw(page: Page, axe) -> None:
    page.get_by_role("link", name="Withdraw").click()
    expect(page.get_by_text("1 person who has not begun is taken out of the course.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("This assignment is withdrawn")).to_be_visible()
