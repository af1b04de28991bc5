"""Nothing typed is lost: not to a dropped network, an older tab, a session that ended, a lack of script."""

import json
import re
import time

from playwright.sync_api import expect

from tests.browser import taking
from tests.browser.conftest import PEOPLE, sign_in
from tests.browser.site import ROOT


def some_words() -> str:
    """Words that no other run has typed."""
    return f"Typed at {time.time_ns()}."


def test_words_typed_offline_stay_on_the_device_and_are_sent_later(open_as):
    page, words = open_as("traveller"), some_words()
    taking.begin(page)
    expect(page.locator("html")).to_have_attribute("data-scripted", "")
    prompt = taking.prompt_of(page)
    page.context.set_offline(True)
    prompt.get_by_role("textbox").fill(words)
    expect(prompt.locator("[data-said]")).to_have_text(
        "Not saved yet: no connection. Your words are kept on this device."
    )
    page.context.set_offline(False)
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")
    page.reload()
    expect(prompt.get_by_role("textbox")).to_have_value(words)


def test_what_a_device_knows_of_saved_words_stays_small(open_as):
    page = open_as("traveller")
    taking.begin(page)
    expect(page.locator("html")).to_have_attribute("data-scripted", "")
    page.evaluate("""() => {
        const old = JSON.stringify({ version: 1, fields: {} })
        for (let at = 0; at < 150; at += 1) localStorage.setItem(`known:0:/earlier/${at}/`, old)
    }""")
    taking.write(taking.prompt_of(page), some_words())
    known = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('known:'))")
    assert len(known) == 100
    assert any("/earlier/" not in key for key in known)


def test_an_older_tab_shows_both_texts_and_the_writer_chooses(open_as, axe):
    page = open_as("two tabs")
    taking.begin(page)
    older = page.context.new_page()
    older.goto(page.url)
    newer_words, older_words = some_words(), some_words()
    taking.write(taking.prompt_of(page), newer_words)

    prompt = taking.prompt_of(older)
    prompt.get_by_role("textbox").fill(older_words)
    choice = prompt.get_by_role("group", name="Two versions")
    expect(choice).to_contain_text(newer_words)
    expect(choice).to_contain_text(older_words)
    axe(older)
    choice.locator("[data-keep=mine]").click()
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")

    page.reload()
    expect(taking.prompt_of(page).get_by_role("textbox")).to_have_value(older_words)
    page.get_by_text("Who can read this?").first.click()
    page.get_by_role("link", name="Earlier versions").first.click()
    expect(page.get_by_text(newer_words)).to_be_visible()


def test_a_session_that_ends_while_somebody_types_costs_no_word(open_as):
    page, words = open_as("long absent"), some_words()
    taking.begin(page)
    prompt = taking.prompt_of(page)
    page.context.clear_cookies(name=re.compile("sessionid$"))
    prompt.get_by_role("textbox").fill(words)
    expect(prompt.locator("[data-said]")).to_contain_text("You are signed out")

    another = page.context.new_page()
    sign_in(another, PEOPLE["long absent"])
    another.close()
    page.bring_to_front()
    prompt.get_by_role("textbox").press("End")
    prompt.get_by_role("textbox").type(" More.")
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")
    page.reload()
    expect(prompt.get_by_role("textbox")).to_have_value(f"{words} More.")


def test_everything_but_autosave_works_without_script(open_as):
    page, words = open_as("without script", java_script_enabled=False), f"{some_words()} {taking.WORDS}"
    taking.begin(page)
    module = page.locator(".lesson h1").inner_text()
    taking.prompt_of(page).get_by_role("textbox").fill(words)
    taking.prompt_of(page).get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your reflection is saved.")).to_be_visible()
    expect(taking.prompt_of(page).get_by_role("textbox")).to_have_value(words)
    taking.answer_right(page.locator(".block--check").first)
    page.get_by_role("button", name="Finish module").click()
    expect(page.get_by_text(f"“{module}” is done.")).to_be_visible()


def test_marks_are_typed_by_keyboard_and_read_where_they_were_written(open_as, axe):
    page = open_as("marks")
    taking.begin(page)
    prompt, keyboard = taking.prompt_of(page), page.keyboard
    text = prompt.get_by_role("textbox")
    expect(prompt.get_by_role("button", name="Bold")).to_be_visible()
    text.focus()
    keyboard.press("Control+B")
    keyboard.type("Listen")
    keyboard.press("Control+B")
    keyboard.type(":\n- to Anh\nto Noor\n\nThen I write.")
    prompt.get_by_role("button", name="Bold").focus()
    keyboard.press("ArrowRight")
    expect(prompt.get_by_role("button", name="Italic")).to_be_focused()
    expect(text).to_have_value("**Listen**:\n- to Anh\n- to Noor\nThen I write.")

    prompt.get_by_role("button", name="Read it").click()
    expect(prompt.get_by_role("listitem")).to_have_text(["to Anh", "to Noor"])
    expect(prompt.locator(".as-read strong")).to_have_text("Listen")
    axe(page)
    prompt.get_by_role("button", name="Read it").click()
    expect(text).to_be_focused()
    expect(prompt.locator("[data-words]")).to_contain_text("8 words")
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")

    prompt.get_by_text("Who can read this?").click()
    expect(prompt.get_by_text("RCW 42.56")).to_be_visible()
    _count_as_the_server_does(page)


def _count_as_the_server_does(page):
    cases = json.loads((ROOT / "tests" / "courses" / "word_counts.json").read_text())
    counted = page.evaluate(
        """async (texts) => {
            const { countWords } = await import("/static/js/courses/counting.js")
            return texts.map(countWords)
        }""",
        [text for text, _words in cases],
    )
    assert counted == [words for _text, words in cases]


def test_a_form_that_was_not_sent_stands_there_again_and_one_that_was_does_not(open_as):
    page, words = open_as("principal", service_workers="allow"), some_words()
    page.goto("/engagements/requests/new/?service=data-coaching")
    page.get_by_label("What do you see, and what do you need?").fill(words)
    page.goto("/engagements/")
    page.goto("/engagements/requests/new/?service=data-coaching")
    expect(page.get_by_label("What do you see, and what do you need?")).to_have_value(words)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send to PSESD").click()
    expect(page.get_by_role("status").filter(has_text="There is no connection")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("What do you see, and what do you need?")).to_have_value("")

    page.goto("/engagements/")
    page.get_by_role("link", name="The discipline referral form").click()
    page.get_by_role("link", name="What is on the table").first.click()
    page.get_by_text("Say something").click()
    page.get_by_role("textbox", name="Your comment").fill(words)
    page.reload()
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value(words)
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#comments .post__text").get_by_text(words)).to_be_visible()
    page.get_by_text("Say something").click()
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value("")
    page.goto("/engagements/")
    page.go_back()
    page.reload()
    expect(page.locator("#comments textarea").last).to_have_value("")
