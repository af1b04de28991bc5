"""How a team works, on the pages: what journeys through whole engagements have in common.

Each function takes the page of whoever does it, signed in by ``open_as``, and leaves it where that person
would be afterward. A journey reads as the work goes::

    request = ask_for(leader, "racial-equity-tool", needs="…")      # from the service's own page
    agree(admin, request, title="The tardy line", coach="Isaac Fairbanks")
    open_work(leader, "The tardy line")
    bring_in(leader, "Laurel Finch")
    open_step(leader, "What is on the table")
    answer(leader, {
        "What are you looking at": "A practice that nobody wrote down",    # a choice: the option
        "What does it say": "On an ordinary day …",                        # a text
        "How sure are you": 2,                                             # a scale: the mark
        "Whom does it touch": [["Students", "Every morning", "The most", "No"]],  # a table: rows, by column
        "What is decided": Decision("End it", reasons="…", review_on=day),
    })
    done(leader)                                                     # "We are done here": the next step opens

Prompts are named by a part of their question that no other one on the page has. ``answer`` doesn't wait until
what it wrote is saved: whatever is pressed next waits for that. Who goes on elsewhere calls ``saved`` first.
What isn't typed has functions of its own: ``agree_to``, ``take_on``, ``hear``, ``put_table``.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Decision:
    """What is decided, with all that a decision may be asked for."""

    option: str
    reasons: str = ""
    conditions: str = ""
    review_on: date | None = None


Rows = list[list[str]]
#: Several options of one choice are a tuple.
Answer = str | int | Rows | tuple[str, ...] | Decision


def ask_for(page: Page, service: str, *, needs: str, **wishes: str) -> str:
    """Ask PSESD for ``service`` (its page's slug) and return the address of the request.

    ``wishes`` are fields of the form by their labels' beginnings: ``{"For": "Kelp Bay K-8"}``.
    """
    page.goto(f"/{service}/")
    page.get_by_role("link", name="Ask for this service").click()
    page.get_by_label("What do you see, and what do you need?").fill(needs)
    for label, wish in wishes.items():
        _put(page.get_by_label(label), wish)
    page.get_by_role("button", name="Send to PSESD").click()
    expect(page.get_by_text("PSESD has your request.")).to_be_visible()
    return urlsplit(page.url).path


def agree(page: Page, request: str, *, title: str, coach: str, word: str = "") -> None:
    """Say yes to ``request`` (its address) from the queue, as PSESD's administrator does."""
    page.goto("/engagements/requests/")
    page.locator(f"a[href='{request}']").click()
    form = page.locator("#agree")
    form.get_by_label("Name of the work").fill(title)
    form.get_by_label("Coach", exact=True).select_option(label=coach)
    form.get_by_label("A word to who asked").fill(word)
    form.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("The work begins.")).to_be_visible()


def open_work(page: Page, title: str) -> str:
    """Open the engagement from the list of one's own work; return its address."""
    page.goto("/engagements/")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def bring_in(page: Page, name: str) -> None:
    """Bring somebody with an account into the team, from the engagement's page."""
    card(page, "Who is in it").get_by_role("link", name="Change").click()
    page.get_by_label("Name or email").fill(name)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Bring in {name}").click()
    expect(card(page, "The team")).to_contain_text(name)


def card(page: Page, heading: str) -> Locator:
    """The card of a page that stands under ``heading``."""
    return page.locator(".card").filter(has=page.get_by_role("heading", name=heading, exact=True))


def open_step(page: Page, title: str) -> None:
    """Open a step from the outline, which stands on the engagement's page and beside each step."""
    page.locator(".outline:visible").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def prompt(page: Page, asked: str) -> Locator:
    """The part of a step where ``asked`` is asked."""
    return page.locator("section.shared").filter(has=page.get_by_role("heading", level=2, name=asked))


def answer(page: Page, answers: Mapping[str, Answer]) -> None:
    """Answer prompts of the step before us, each by its kind (see the top of this module)."""
    # By then the page's scripts have run: what is typed before isn't saved by itself.
    page.wait_for_load_state("domcontentloaded")
    for asked, value in answers.items():
        place = prompt(page, asked)
        match value:
            case Decision():
                _decide(place, value)
            case list():
                _fill_table(place, value)
            case tuple():
                for option in value:
                    place.get_by_text(option, exact=True).click()
            case int():
                place.get_by_text(str(value), exact=True).click()
            case _ if place.get_by_role("radio").or_(place.get_by_role("checkbox")).count():
                place.get_by_text(value, exact=True).click()
            case _:
                place.get_by_role("textbox").fill(value)


def saved(page: Page) -> None:
    """Wait until all that was typed on this page is saved."""
    expect(page.locator("[data-saved]:visible:not([data-is='saved'])")).to_have_count(0)


def done(page: Page) -> None:
    """Say for the team that the step is done; the next one opens, or the engagement's page after the last."""
    page.wait_for_load_state()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="We are done here").click()
    expect(page.get_by_text(f"“{title}” is done.")).to_be_visible()


def agree_to(page: Page, asked: str) -> None:
    """Agree to what stands there, for oneself."""
    prompt(page, asked).get_by_role("button", name="I agree").click()
    expect(prompt(page, asked).get_by_role("button", name="Take my agreement back")).to_be_visible()


def take_on(page: Page, asked: str, *, what: str, who: str, due: date | None = None) -> None:
    """Write down what somebody takes on at a prompt."""
    place = prompt(page, asked)
    if not place.get_by_label("What will be done?").is_visible():
        place.get_by_text("Take something on").click()
    place.get_by_label("What will be done?").fill(what)
    place.get_by_label("By whom?").select_option(label=who)
    if due:
        place.get_by_label("By when?").fill(due.isoformat())
    place.get_by_role("button", name="Write it down").click()
    expect(prompt(page, asked)).to_contain_text(what)


def hear(page: Page, asked: str, *, consent: str, attribution: str, **words: str) -> None:
    """Write down what somebody said. ``words`` are who, group, how, said, changed."""
    prompt(page, asked).get_by_role("link", name="Write a voice down").click()
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_label(consent).check()
    page.get_by_label(attribution).check()
    page.get_by_role("button", name="Save").click()
    expect(prompt(page, asked)).to_contain_text(words["said"])


def put_table(page: Page, asked: str, table: str | Path, source: str = "") -> None:
    """Paste a table of figures at a prompt, or upload the CSV file at a path. It may be refused: look."""
    prompt(page, asked).get_by_role("link", name=re.compile("table")).click()
    send_table(page, table, source)


def send_table(page: Page, table: str | Path, source: str = "") -> None:
    """The same from the form itself, as after a refusal."""
    if isinstance(table, Path):
        page.get_by_label("Or choose a CSV file").set_input_files(table)
    else:
        page.get_by_label("Paste the table").fill(table)
    page.get_by_label("Where does it come from?").first.fill(source)
    page.get_by_role("button", name=re.compile("^Put it")).click()


def plan_meeting(page: Page, *, day: date, at: time, place: str) -> None:
    """From a step with rounds: plan a meeting whose agenda they are. Its page is open then."""
    page.get_by_role("link", name="Plan a meeting with these rounds").click()
    page.get_by_label("Day").fill(day.isoformat())
    page.get_by_label("Begins at").fill(at.isoformat("minutes"))
    page.get_by_label("Where").fill(place)
    page.get_by_role("button", name="Plan it and tell the team").click()
    expect(page.get_by_role("link", name="Facilitate it")).to_be_visible()


def close(page: Page, words: str) -> None:
    """Close the engagement, from its page; nothing may be missing."""
    page.get_by_role("link", name="Close or stop").click()
    page.get_by_label("Closing words").fill(words)
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("It is closed.")).to_be_visible()


def words_of_pdf(page: Page, name: str = "PDF") -> str:
    """Fetch the PDF behind a link as a download of whoever looks at ``page``; return its words, on one line.

    The words are read by poppler's pdftotext; without it the test is skipped from here on.
    """
    href = page.get_by_role("link", name=name).get_attribute("href")
    answer = page.request.get(href)
    assert answer.ok and answer.headers["content-type"] == "application/pdf", answer
    assert answer.body().startswith(b"%PDF-")
    if not (reader := shutil.which("pdftotext")):
        pytest.skip("no pdftotext on this machine (Debian: apt-get install poppler-utils)")
    read = subprocess.run([reader, "-", "-"], input=answer.body(), capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def _decide(place: Locator, decision: Decision) -> None:
    place.get_by_text(decision.option, exact=True).click()
    for label in ("Reasons", "Conditions"):
        if words := getattr(decision, label.lower()):
            place.get_by_label(label).fill(words)
    if decision.review_on:
        place.get_by_label("Looked at again on").fill(decision.review_on.isoformat())


def _fill_table(place: Locator, rows: Rows) -> None:
    """Fill the empty row at the end, then one that is added for each further row."""
    for number, row in enumerate(rows):
        if number:
            place.get_by_role("button", name="Add a row").click()
        cells = place.locator(".sheet__row").last.locator("textarea, select, input:not([type=hidden])")
        for cell, words in zip(cells.all(), row, strict=True):
            _put(cell, words)


def _put(field: Locator, words: str) -> None:
    if field.evaluate("field => field.matches('select')"):
        field.select_option(label=words)
    else:
        field.fill(words)
