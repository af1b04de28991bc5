"""Taking a course in a browser, as a person does it; for the tests that begin in a course or end one."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import ROOT

#: Open to everybody, and nobody at Heron Bend is in it when the demonstration begins.
COMMITTEE = "building-an-equity-advisory-committee"
WORDS = "We asked three families, and listened to what each of them said before we wrote anything down. " * 6

_RIGHT = re.compile(r"^- \[x\] (?P<text>.+)$", re.MULTILINE)
_ORDERING = re.compile(r"^:::check \{[^}]*kind=ordering.*?^:::$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"^\d+\. (?P<text>.+)$", re.MULTILINE)


def begin(page: Page, course: str = COMMITTEE) -> None:
    """Open the course from its page: come into it, or go on; ends in the player."""
    page.goto(f"/catalog/{course}/")
    page.locator(".hero, main").first.get_by_role("button", name="Begin this course").or_(
        page.get_by_role("link", name=re.compile("^(Begin|Go on where you left)$"))
    ).first.click()
    expect(page.locator(".lesson h1")).to_be_visible()


def prompt_of(page: Page) -> Locator:
    """The first reflection prompt of the module."""
    return page.locator(".block--reflect").first


def write(prompt: Locator, words: str) -> None:
    """Put ``words`` into a prompt and wait until the page says that they are saved."""
    prompt.get_by_role("textbox").fill(words)
    expect(prompt.locator("[data-saved]")).to_have_attribute("data-is", "saved")
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")


def answer_right(check: Locator, course: str = COMMITTEE) -> None:
    """Answer a knowledge check as its author does."""
    if check.locator("[data-ordering]").count():
        put_in_order(check, course)
    else:
        for choice in check.locator("label.choice").all():
            is_right, mark = _key(choice.locator("span").first) in _right(course), choice.locator("input")
            if mark.is_checked() != is_right and (is_right or mark.get_attribute("type") == "checkbox"):
                mark.click()
    check.get_by_role("button", name=re.compile("^(Answer|Try again)$")).click()
    expect(check.get_by_text("Passed")).to_be_visible()


def answer_wrong(check: Locator, course: str = COMMITTEE) -> None:
    """Choose a wrong answer of a check that has one right one."""
    wrong = [
        choice
        for choice in check.locator("label.choice").all()
        if _key(choice.locator("span").first) not in _right(course)
    ]
    wrong[0].locator("input").check()
    check.get_by_role("button", name="Answer").click()


def do_module(page: Page, course: str = COMMITTEE) -> None:
    """Do all that the module asks for, and finish it; ends on what comes next."""
    for prompt in page.locator(".block--reflect").all():
        write(prompt, WORDS)
    for check in page.locator(".block--check").all():
        if not check.get_by_text("Passed").is_visible():
            answer_right(check, course)
    title = page.locator(".lesson h1").inner_text()
    page.get_by_role("button", name="Finish module").click()
    expect(page.get_by_text(f"“{title}” is done.")).to_be_visible()


def right_choices(check: Locator, course: str = COMMITTEE) -> list[Locator]:
    """The answers of a check that its author ticked."""
    choices = check.locator("label.choice").all()
    return [choice for choice in choices if _key(choice.locator("span").first) in _right(course)]


def place_of_right(check: Locator, course: str = COMMITTEE) -> int:
    """How many answers stand before the right one."""
    keys = [
        _key(choice.locator("span").first) in _right(course) for choice in check.locator("label.choice").all()
    ]
    return keys.index(True)


def put_in_order(check: Locator, course: str, press: Callable[[Locator], object] = Locator.click) -> None:
    """Move one answer after the other up to its place; ``press`` is how its button is pressed."""
    for place, text in enumerate(_order(course, check)):
        now = _shown_order(check).index(text)
        for at in range(now, place, -1):
            press(check.locator("[data-order-item]").nth(at).locator("[data-move=up]"))
    assert _shown_order(check) == _order(course, check)


def _shown_order(check: Locator) -> list[str]:
    return [_key(item.locator("span").first) for item in check.locator("[data-order-item]").all()]


def _order(course: str, check: Locator) -> list[str]:
    """The answers of this check, from first to last."""
    shown = set(_shown_order(check))
    return next(order for order in _orders(course) if set(order) == shown)


@cache
def _right(course: str) -> frozenset[str]:
    return frozenset(_letters(found["text"]) for text in _texts(course) for found in _RIGHT.finditer(text))


@cache
def _orders(course: str) -> list[list[str]]:
    checks = [check.group() for text in _texts(course) for check in _ORDERING.finditer(text)]
    return [[_letters(found["text"]) for found in _PLACE.finditer(check)] for check in checks]


def _texts(course: str) -> Iterator[str]:
    folder: Path = ROOT / "fixtures" / "courses" / course
    return (path.read_text() for path in sorted(folder.glob("*.md")))


def _key(locator: Locator) -> str:
    return _letters(locator.inner_text())


def _letters(text: str) -> str:
    """What remains of a text whatever marks it carries: **bold**, quotes, spaces."""
    return re.sub(r"[\W_]", "", text).lower()
