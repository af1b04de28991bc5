"""A bad line, none, a server that dies, a device that others use: every word arrives, as its writer's."""

import itertools
import re
import time

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser import taking
from tests.browser.conftest import PASSWORD, PEOPLE, sign_in
from tests.browser.waiting import until

SENTENCE = "We asked three families what they heard from us last year — and wrote down what they said. "
#: Joined characters, two directions, characters of four bytes, what a form escapes, lines.
HARD = "Zoë 👩🏽‍🏫🇲🇽 e\u0301 n\u0303 «قالت: نعم» 你好 a&b <b>“q”</b> 100% +1\n\n"
#: What this device keeps, by the names of its stores.
KEPT = """async () => [
    ...Object.keys(localStorage).filter((name) => /^(draft|known):/.test(name)),
    ...(await caches.keys()).filter((name) => /^(kept|pictures):/.test(name)),
]"""


def test_five_hundred_words_on_a_bad_line_arrive_to_the_last_character(open_as):
    page = open_as("typist")
    prompt = _open(page)
    box, said = prompt.get_by_role("textbox"), prompt.locator("[data-said]")
    line = page.context.new_cdp_session(page)
    slow = {"latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 20_000}
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    pieces = [HARD if at % 8 == 3 else SENTENCE for at in range(32)]
    box.fill("")
    box.click()
    for at, piece in enumerate(pieces):
        # Key by key, and as dictation and a phone's suggestions put words in.
        page.keyboard.type(piece) if at % 4 == 3 else page.keyboard.insert_text(piece)
        if at == 9:
            line.send("Network.emulateNetworkConditions", {"offline": True, **slow})
        elif at == 13:
            expect(said).to_contain_text("kept on this device")
            line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
        elif at == 18:
            page.context.clear_cookies(name=re.compile("sessionid$"))
        elif at == 24:
            expect(said).to_contain_text("You are signed out")
            with page.context.expect_page() as opened:
                prompt.get_by_role("link", name="Sign in again, in a new tab").click()
            _sign_in_at(opened.value, PEOPLE["typist"])
            opened.value.close()
            page.bring_to_front()
            box.focus()
            page.keyboard.press("Control+End")
    expect(prompt.locator("[data-saved]")).to_have_attribute("data-is", "saved")
    text = "".join(pieces)
    assert len(text.split()) > 450
    assert box.input_value() == text
    assert _stored(page) == [text]
    expect(page.locator("[data-waiting]")).to_be_hidden()


def test_a_server_killed_in_mid_save_loses_nothing_and_doubles_nothing(open_as, serving):
    if serving is None:
        pytest.skip("this site is served by somebody else")
    page = open_as("in a power cut")
    prompt = _open(page)
    saves = itertools.count()

    def save_once_and_never_answer(route):
        if next(saves) == 0:
            route.fetch()
            serving.kill()
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/reflections/[^/]+/$"), save_once_and_never_answer)
    prompt.get_by_role("textbox").fill("The lights went out.")
    expect(prompt.locator("[data-said]")).to_contain_text("kept on this device")
    prompt.get_by_role("textbox").press("Control+End")
    prompt.get_by_role("textbox").press_sequentially(" Then they came back.")
    serving.start()
    expect(prompt.locator("[data-saved]")).to_have_attribute("data-is", "saved", timeout=60_000)
    expect(page.locator(".conflict")).to_have_count(0)
    page.unroute_all()
    page.reload()
    expect(prompt.get_by_role("textbox")).to_have_value("The lights went out. Then they came back.")
    assert _stored(page) == ["The lights went out. Then they came back."]


def test_a_module_opened_once_is_read_and_answered_without_a_connection(open_as, axe):
    page = open_as("on the bus", service_workers="allow")
    _open(page)
    module, title = page.url, page.locator(".lesson h1").inner_text()
    until(page, lambda: all(_is_kept(page, each) for each in (module, "/device/")), "the pages to be kept")

    page.context.set_offline(True)
    page.goto(module)
    expect(page.get_by_text("this is the copy that your device keeps")).to_be_visible()
    words = f"Written between two stops, {time.time_ns()}."
    taking.prompt_of(page).get_by_role("textbox").fill(words)
    expect(taking.prompt_of(page).locator("[data-said]")).to_contain_text("no connection")
    expect(page.get_by_role("link", name="1 text waits to be sent")).to_be_visible()
    axe(page)
    page.locator(".block--check").first.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("There is no connection, and this needs one.")).to_be_visible()
    page.goto("/journal/")
    expect(page.get_by_text("isn't kept on this device")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(title))).to_be_visible()
    expect(page.get_by_text("Words wait")).to_be_visible()
    axe(page)
    page.close()

    # Two tabs come back into reach at once, neither with the prompt in it: the words go out once.
    saves = []
    page.context.on("response", lambda answer: saves.append(answer.url) if _is_save(answer) else None)
    tabs = [page.context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto("/device/")
    page.context.set_offline(False)
    for tab in tabs:
        expect(tab.locator("[data-waiting]")).to_be_hidden()
    assert len(saves) == 1
    assert _stored(tabs[0]) == [words]

    tabs[0].goto("/learning/")
    tabs[0].locator(".menu__button").click()
    tabs[0].get_by_role("button", name="Sign out").click()
    expect(tabs[0].get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    until(tabs[0], lambda: tabs[0].evaluate(KEPT) == [], "the device to be cleared")
    expect(tabs[1].get_by_label("Email")).to_be_visible()


def test_nobody_sees_or_sends_the_words_of_another(open_as):
    page = open_as("first at a device")
    prompt, words = _open(page), f"For me alone, {time.time_ns()}."
    module = page.url
    page.context.set_offline(True)
    prompt.get_by_role("textbox").fill(words)
    expect(prompt.locator("[data-said]")).to_contain_text("kept on this device")
    page.context.clear_cookies(name=re.compile("sessionid$"))

    second, requests = page.context.new_page(), []
    second.on("request", lambda request: requests.append(request.url))
    page.context.set_offline(False)
    sign_in(second, PEOPLE["second at a device"])
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.get_by_text(words)).to_have_count(0)
    second.goto("/device/")
    expect(second.get_by_text("Nothing waits")).to_be_visible()
    expect(second.locator("[data-waiting]")).to_be_hidden()
    assert not [url for url in requests if "/reflections/" in url]

    second.context.clear_cookies(name=re.compile("sessionid$"))
    sign_in(second, PEOPLE["first at a device"])
    second.goto(module)
    expect(taking.prompt_of(second).get_by_role("textbox")).to_have_value(words)
    until(second, lambda: _stored(second) == [words], "the words to be saved")


def test_a_shared_device_keeps_nothing_and_says_so(open_as):
    page = open_as(None, service_workers="allow")
    page.goto("/accounts/login/")
    page.get_by_label("This is a shared device: keep nothing here").check()
    _sign_in_at(page, PEOPLE["at a shared device"])
    prompt = _open(page)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.context.set_offline(True)
    prompt.get_by_role("textbox").fill(f"Only in this tab, {time.time_ns()}.")
    expect(prompt.locator("[data-said]")).to_contain_text("On a shared device nothing is kept")
    assert page.evaluate(KEPT) == []
    page.context.set_offline(False)
    expect(prompt.locator("[data-said]")).to_contain_text("Saved")
    page.goto("/device/")
    expect(page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()
    page.get_by_role("button", name="This is my own device").click()
    expect(page.get_by_text("From now on this device keeps what you open")).to_be_visible()


def _open(page: Page):
    """Open the first module and give its first prompt, with its script at work."""
    taking.begin(page)
    expect(page.locator("html")).to_have_attribute("data-scripted", "")
    return taking.prompt_of(page)


def _sign_in_at(page: Page, email: str) -> None:
    """Sign in on the page that stands there."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def _stored(page: Page) -> list[str]:
    """This person's words in the course, as the database gives them back."""
    reflections = page.context.request.get("/journal/export/?as=json").json()["reflections"]
    return [each["text"] for each in reflections if each["course"].startswith("Building an equity")]


def _is_save(answer: Response) -> bool:
    return answer.ok and answer.request.method == "POST" and "/reflections/" in answer.url


def _is_kept(page: Page, address: str) -> bool:
    return page.evaluate("(address) => caches.match(address, {ignoreVary: true}).then(Boolean)", address)
