"""Two people on one step, in two browsers: no word is lost, and where both change the same one chooses."""

import json

from playwright.sync_api import Locator, Page, expect

from tests.browser import teams

ASKED = "Why this, and why now"


def open_step(page: Page) -> None:
    """The first step of the team's review."""
    teams.open_work(page, "The discipline referral form at Heron Bend")
    teams.open_step(page, "What is on the table")


def write(page: Page, text: str):
    """Put ``text`` where the step asks; gives the field."""
    field = page.get_by_role("textbox", name=ASKED)
    field.fill(text)
    return field


def saved(page: Page):
    """What the page says of that answer."""
    asked = page.get_by_role("textbox", name=ASKED)
    return page.locator("section", has=asked).last.locator("[data-saved]")


def test_two_people_write_in_one_answer_and_no_word_is_lost(open_as, axe):
    lead, member = open_as("principal"), open_as("teacher")
    # The member hears nothing until they save, so that what they write meets what they haven't seen.
    member.route("**/now/**", lambda route: route.abort())
    open_step(lead)
    open_step(member)
    axe(member)
    begun = lead.get_by_role("textbox", name=ASKED).input_value()
    write(lead, begun.replace("Two families", "Two more families"))
    expect(saved(lead)).to_contain_text("by you")
    field = write(member, f"{begun} Nor had the office.")
    both = begun.replace("Two families", "Two more families") + " Nor had the office."
    expect(field).to_have_value(both)
    expect(lead.get_by_role("textbox", name=ASKED)).to_have_value(both)
    expect(lead.locator("#here")).to_contain_text("Lucía")
    write(lead, "Nobody had an answer.")
    expect(saved(lead)).to_contain_text("by you")
    write(member, "We were asked twice.")
    expect(member.get_by_role("group", name="Two texts")).to_contain_text("Nobody had an answer.")
    axe(member)
    member.get_by_role("button", name="Keep both").click()
    expect(field).to_have_value("Nobody had an answer.\n\nWe were asked twice.")
    expect(saved(member)).to_contain_text("by you")
    # With nothing left to send, a button of the page does what it says.
    member.get_by_role("button", name="Open it again").click()
    expect(member.get_by_text("The step is open again.")).to_be_visible()


def test_words_left_on_a_device_are_merged_with_what_came_since(open_as):
    """Sent from another page, with what their writer began with: a merge may have come meanwhile."""
    lead, member = open_as("principal"), open_as("teacher")
    open_step(member)
    form = member.locator("form", has=member.get_by_role("textbox", name=ASKED)).last
    name, step = form.get_attribute("data-draft"), member.url
    begun = member.get_by_role("textbox", name=ASKED).input_value()
    member.goto("/engagements/")
    open_step(lead)
    write(lead, f"{begun} The lead's words.")
    expect(saved(lead)).to_contain_text("by you")
    version = lead.locator("form", has=lead.get_by_role("textbox", name=ASKED)).last.locator(
        "[name=based_on]"
    )
    left = {
        "fields": {"text": [f"The member's words. {begun}"]},
        "base": {"text": [begun]},
        "based_on": int(version.input_value()),
        "page": step,
        "title": "",
        "asked": ASKED,
        "refused": "",
        "at": "2026-11-28T00:00:00Z",
    }
    member.evaluate(
        "([key, left]) => localStorage.setItem(key, left)", [f"draft:{name}#left", json.dumps(left)]
    )
    with member.expect_response(lambda answer: "/prompts/" in answer.url and answer.ok):
        member.reload()
    member.goto(step)
    expect(member.get_by_role("textbox", name=ASKED)).to_have_value(
        f"The member's words. {begun} The lead's words."
    )


def open_meeting(page: Page) -> Locator:
    """The team's first meeting; gives the field of its minutes."""
    teams.open_work(page, "The discipline referral form at Heron Bend")
    page.get_by_role("link", name="All of them").first.click()
    page.get_by_role("link", name="What should be different").click()
    return page.get_by_role("textbox", name="Minutes")


def test_minutes_are_taken_by_two_at_once(open_as, axe):
    lead, member = open_as("principal"), open_as("teacher")
    member.route("**/now/**", lambda route: route.abort())
    minutes, theirs = open_meeting(lead), open_meeting(member)
    axe(member)
    begun = minutes.input_value()
    minutes.fill(f"{begun}\nNext: Thursday.")
    expect(lead.get_by_text("by you")).to_be_visible()
    theirs.fill(f"All four were there.\n{begun}")
    expect(theirs).to_have_value(f"All four were there.\n{begun}\nNext: Thursday.")
