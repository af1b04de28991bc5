"""Marking words and noting something about them: by mouse, by keyboard, and without the highlights API."""

from playwright.sync_api import Page, expect

from tests.browser import taking

SELECT = """(words) => {
  const texts = document.createTreeWalker(document.querySelector(".lesson"), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const at = texts.currentNode.data.indexOf(words)
    if (at < 0) continue
    texts.currentNode.parentElement.scrollIntoView({ block: "center" })
    getSelection().setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + words.length)
    return
  }
}"""
MARKED = "[...CSS.highlights.get('noted') ?? []].map((range) => range.toString())"


def test_words_are_marked_noted_found_again_and_let_go(open_as, axe):
    page = open_as("reader", reduced_motion="reduce")
    taking.begin(page)
    first, second = _some_words(page, 0), _some_words(page, 1)

    page.evaluate(SELECT, first)
    page.get_by_role("button", name="Highlight").click()
    expect(page.get_by_text("1 note of mine")).to_be_visible()
    assert page.evaluate(MARKED) == [first]

    page.evaluate(SELECT, second)
    expect(page.get_by_role("toolbar", name="The selected words")).to_be_visible()
    _tab_to(page, "[data-note-write]")
    page.keyboard.press("Enter")
    page.keyboard.type("To ask on Thursday.")
    axe(page)
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.locator(".note__text").first).to_have_text("To ask on Thursday.")
    axe(page)

    page.reload()
    expect(page.locator("#my-notes summary")).to_contain_text("My 2 notes")
    assert page.evaluate(MARKED) == [first, second]
    _in_a_browser_without_highlights(page, first)

    noted = page.locator(".noted--some").last
    noted.locator("summary").click()
    noted.get_by_role("link", name="Delete").last.click()
    noted.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("To ask on Thursday.").first).to_be_visible()


def _some_words(page: Page, number: int) -> str:
    """Five words of a paragraph of the module's text."""
    return page.evaluate(
        """(number) => {
          const texts = [...document.querySelectorAll(".lesson > .prose > p")].map((p) => p.firstChild?.data)
          return texts.filter((text) => text?.length > 80)[number].split(" ").slice(1, 6).join(" ")
        }""",
        number,
    )


def _tab_to(page: Page, selector: str) -> None:
    for _press in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab doesn't come from the words to {selector}")


def _in_a_browser_without_highlights(page: Page, words: str) -> None:
    other = page.context.new_page()
    other.add_init_script("delete window.Highlight")
    other.goto(page.url)
    expect(other.locator("mark.marked").first).to_have_text(words)
    other.close()
