"""One course in three languages: changing in the middle keeps everything, and Arabic runs the other way."""

from playwright.sync_api import expect

from tests.browser import taking

FOUNDATIONS = "foundations-of-culturally-responsive-teaching"
WORDS = "Ella dijo que huelen su río, y yo seguí con la lectura."


def wider_than_the_window(page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_language_changes_in_the_middle_of_a_module_and_nothing_is_lost(open_as, axe):
    page = open_as("two languages")
    taking.begin(page, FOUNDATIONS)
    address = page.url
    taking.write(taking.prompt_of(page), WORDS)
    with page.expect_response(lambda answer: answer.url.endswith("/place/")):
        taking.prompt_of(page).get_by_role("textbox").click()
        page.mouse.wheel(0, 40)
    page.get_by_role("button", name="Español").click()

    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url.split("#")[0] == address.split("#")[0]
    expect(page.locator(".lesson h1")).to_have_text("¿Los saberes de quién cuentan?")
    expect(taking.prompt_of(page).get_by_role("textbox")).to_have_value(WORDS)
    expect(taking.prompt_of(page)).to_be_in_viewport()
    axe(page)

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="العربيّة").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(taking.prompt_of(page).get_by_role("textbox")).to_have_value(WORDS)
    axe(page)
    for place in (address, "/learning/", "/catalog/", "/journal/", f"/ar/catalog/{FOUNDATIONS}/"):
        page.goto(place)
        assert wider_than_the_window(page) == 0, place
