"""A committee's year: founded, at work, read by everybody where it chose so, closed, and gone on with."""

import re

from playwright.sync_api import Page, expect

from tests.browser import teams, written

TITLE = "Cedar Ridge's equity advisory committee"
PUBLIC_TITLE = "What our committee does"


def seat(page: Page, name: str, *, speaks_for: str) -> None:
    """Bring in somebody without an account, for a term."""
    form = teams.card(page, "Somebody without an account")
    form.get_by_label("Name", exact=True).fill(name)
    form.get_by_label("Speaks for").select_option(label=speaks_for)
    form.get_by_label("Term from").fill("2026-09-01")
    form.get_by_label("Term to").fill("2028-08-31")
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_text(f"{name} is in it now.")).to_be_visible()


def agree_to_the_norms(page: Page) -> None:
    """Say for oneself that one keeps them."""
    teams.open_work(page, TITLE)
    teams.open_step(page, "How we treat one another")
    teams.agree_to(page, "I will keep these")


def test_a_committee_is_founded_works_tells_everybody_and_goes_on(open_as, axe):
    leader, admin = open_as("leader of a committee"), open_as("admin")
    coach, member = open_as("coach of a leader"), open_as("member of a committee")

    needs = "Families ask us in May about what we decided in January."
    request = teams.ask_for(leader, "advisory-committee", needs=needs)
    teams.agree(admin, request, title=TITLE, coach="Isaac Fairbanks", word="Isaac calls you this week.")

    work = teams.open_work(leader, TITLE)
    seat_the_committee(leader)
    axe(leader)
    agree_to_the_norms(member)
    agree_to_the_norms(coach)

    leader.goto(work)
    expect(leader.get_by_text("8 groups have nobody at the table")).to_be_visible()
    leader.get_by_role("link", name="Go to this step").click()
    for answers in written.steps_of("committee"):
        written.write(leader, answers, who="Joan Brekke")
        if answers.step == "How we treat one another":
            teams.agree_to(leader, "I will keep these")
        teams.done(leader)
    expect(leader.get_by_role("heading", name="Every step is done")).to_be_visible()

    address = publish(leader, work)
    visitor = open_as(None, viewport={"width": 390, "height": 844})
    read_what_is_public(visitor, address, work)
    axe(visitor)

    leader.goto(work)
    teams.close(leader, "We go on, with the bus.")
    leader.get_by_role("link", name="Read the report").click()
    for words in (
        "We decide by consent",
        "One letter in nine languages",
        "As it is",
        "We go on, with the bus.",
    ):
        expect(leader.get_by_text(words).first).to_be_visible()
    assert "One letter in nine languages" in teams.words_of_pdf(leader)

    go_on(leader, work)
    expect(member.get_by_role("link", name="Notices")).to_be_visible()
    member.goto("/engagements/")
    expect(member.get_by_role("link", name=TITLE)).to_have_count(2)


def seat_the_committee(page: Page) -> None:
    """Bring the members in; who is still missing is said, by name."""
    teams.bring_in(page, "Ramona Ellis")
    page.get_by_role("link", name="Change Ramona Ellis").click()
    page.get_by_label("Speaks for").select_option(label="Teachers")
    page.get_by_role("button", name="Save").click()
    seat(page, "Hodan Warsame", speaks_for="Families whose first language isn't English")
    seat(page, "Elijah Price", speaks_for="Students")
    missing = page.get_by_role("list", name="Who is missing at the table")
    expect(missing.get_by_role("listitem")).to_have_count(8)
    expect(missing).not_to_contain_text("Students")
    expect(missing).to_contain_text("Native families and tribal nations")


def publish(page: Page, work: str) -> str:
    """Choose two things of all, see how it would look, and publish; gives the page's address."""
    page.goto(f"{work}public/")
    page.get_by_label("Title of the page").fill(PUBLIC_TITLE)
    page.get_by_label("The charter", exact=True).check()
    page.get_by_label("Strategies", exact=True).check()
    page.get_by_role("button", name="See how it would look").click()
    expect(page.get_by_text("Nobody else sees this yet")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    page.get_by_role("link", name=PUBLIC_TITLE).click()
    expect(page.get_by_role("heading", level=1, name=PUBLIC_TITLE)).to_be_visible()
    return page.url


def read_what_is_public(visitor: Page, address: str, work: str) -> None:
    """Without an account one reads what was chosen, and nothing else of it."""
    visitor.goto(address)
    for words in (
        "We decide by consent",
        "One letter in nine languages",
        "Every ninth grader is asked in person",
        "February 26, 2027",
    ):
        expect(visitor.get_by_text(words)).to_be_visible()
    for words in ("Hodan", "Ramona", "say ouch", "The bus.", "Nobody asked"):
        assert words not in visitor.content(), words
    for path in ("", "members/", "report/", "report/0/pdf/"):
        assert "/accounts/login" in visitor.request.get(f"{work}{path}").url, path


def go_on(page: Page, work: str) -> None:
    """Begin the next year, with the same people; each year leads to the other."""
    page.goto(work)
    page.get_by_role("button", name="Begin the next cycle").click()
    expect(page.get_by_text("The next cycle is under way, with the same people.")).to_be_visible()
    expect(page.get_by_text("Cycle 2")).to_be_visible()
    expect(teams.card(page, "Who is in it")).to_contain_text("Elijah Price")
    page.get_by_role("link", name="The last cycle").click()
    expect(page).to_have_url(work)
    page.get_by_role("link", name="The next cycle").click()
    expect(page).not_to_have_url(re.compile(re.escape(work) + "$"))
