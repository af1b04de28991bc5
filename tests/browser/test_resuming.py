"""Coming back to a module: on the line where one stopped, on another device; and the keys of the player."""

from playwright.sync_api import expect

from tests.browser.taking import begin

#: The words of the passage that has the focus, and whether it stands where one reads.
HERE = """() => {
  const { top, bottom } = document.activeElement.getBoundingClientRect()
  const line = innerHeight * 0.3
  return [document.activeElement.textContent.trim(), top <= line + 2 && line - 2 <= bottom]
}"""
CROSSING = """() => {
  const lines = [...document.querySelectorAll("[data-block] p")]
  return lines.find((one) => one.getBoundingClientRect().bottom > innerHeight * 0.3).textContent.trim()
}"""


def test_a_module_opens_on_the_line_where_one_stopped_on_another_device_too(open_as, axe):
    desk = open_as("teacher")
    begin(desk)
    desk.mouse.move(700, 500)
    with desk.expect_request(lambda request: request.url.endswith("/place/")) as told:
        desk.mouse.wheel(0, 1500)
    assert told.value.response().status == 204
    words = desk.evaluate(CROSSING)

    phone = open_as("teacher", viewport={"width": 390, "height": 844})
    phone.goto(desk.url)
    expect(phone.locator("[data-resumed]")).to_be_visible()
    assert phone.evaluate(HERE) == [words, True]
    axe(phone)

    desk.keyboard.press("?")
    keys = desk.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_be_visible()
    keys.get_by_role("checkbox").uncheck()
    keys.get_by_role("button", name="Close").click()
    desk.keyboard.press("?")
    expect(keys).to_be_hidden()
    desk.evaluate("localStorage.clear()")
    desk.keyboard.press("o")
    expect(desk.locator(".finish__open a").first).to_have_attribute(
        "href", "#" + desk.evaluate("document.activeElement.id")
    )
