"""A principal's coaching, from asking to its report: what the two write is theirs, and nobody above knows."""

from datetime import time, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import teams, written
from tests.browser.conftest import PEOPLE

TITLE = "Naomi Feldstein's coaching"
NEEDS = "I decide fast and alone. I want somebody who asks me whom that costs."
COACHES_OWN = "She looks at the door when I ask about the deans."
LEADERS_OWN = "I don't know yet if I can say this to him."
AIM = "By June a student who is sent out of class is back within the hour, with a word at the door."
BEGINNING = {
    "What helps you to think": "Silence after a question, and being asked what I saw before what I think. I "
    "close the door when I am told what others do.",
    "When and where do you meet": "Every second Thursday at seven, in the library.",
}


def write_note(page: Page, words: str) -> None:
    """Write one's own note beside the step."""
    page.locator("#note").get_by_role("textbox").fill(words)
    expect(page.locator("#note [data-saved]")).to_contain_text("for you alone")


def test_a_leader_is_coached_and_nobody_above_learns_of_it(open_as, axe, site):
    leader, coach = open_as("coached"), open_as("coach of a leader")
    above, admin = open_as("superintendent"), open_as("admin")

    request = teams.ask_for(leader, "leadership-coaching", needs=NEEDS)
    expect(leader.get_by_text("Confidential: only who asked and PSESD read it")).to_be_visible()
    teams.agree(admin, request, title=TITLE, coach="Isaac Fairbanks", word="Isaac calls you this week.")

    work = teams.open_work(coach, TITLE)
    teams.open_step(coach, "How we work together")
    expect(coach.get_by_text("For you as the coach")).to_be_visible()
    write_note(coach, COACHES_OWN)
    teams.agree_to(coach, "What is said and written here")

    assert teams.open_work(leader, TITLE) == work
    teams.open_step(leader, "How we work together")
    write_note(leader, LEADERS_OWN)
    expect(leader.get_by_text("For you as the coach")).to_have_count(0)
    assert COACHES_OWN not in leader.content()
    # Too early: what is missing is said where the button is.
    leader.get_by_role("button", name="We are done here").click()
    missing = leader.get_by_role("alert")
    expect(missing).to_contain_text("3 questions have no whole answer yet")
    axe(leader)
    missing.get_by_role("link", name="When and where do you meet").click()
    teams.answer(leader, BEGINNING)
    step = leader.url.partition("?")[0]
    teams.agree_to(leader, "What is said and written here")
    teams.done(leader)
    for answers in written.steps_of("coaching"):
        written.write(leader, answers, who="Naomi Feldstein")
        if answers.step == "Where you stand now":
            expect(teams.prompt(leader, "Before I decide")).to_contain_text("At the beginning: 2")
        teams.done(leader)
    assert LEADERS_OWN not in coach.request.get(step).text()

    teams.open_step(coach, "Session: who carries it")
    teams.plan_meeting(coach, day=timezone.localdate() + timedelta(days=7), at=time(7), place="The library")
    meeting = coach.url
    coach.goto(work)
    teams.close(coach, "We began with a schedule and ended with a question.")

    leader.goto(f"{work}report/")
    expect(leader.get_by_role("heading", name="What was decided")).to_be_visible()
    for words in (AIM, "We began with a schedule"):
        expect(leader.get_by_text(words)).to_be_visible()
    axe(leader)
    report = teams.words_of_pdf(leader)
    for words in ("An end, with a call in three months", AIM, "4 of 5"):
        assert words in report, words
    for own in (COACHES_OWN, LEADERS_OWN):
        assert own not in report
        assert own not in leader.content()

    see_nothing_of_it(above, work, step, meeting, request)
    see_that_it_is_there(admin, work, step, meeting)
    assert not any(
        "Naomi" in letter or "coaching" in letter.lower() for letter in site.mail_to(PEOPLE["superintendent"])
    )


def see_nothing_of_it(above: Page, work: str, step: str, meeting: str, request: str) -> None:
    """For who leads the leader it isn't there: not a page, not a file, not a line, not a count."""
    for path in (
        "",
        "members/",
        "meetings/",
        "actions/",
        "files/",
        "report/",
        "report/0/pdf/",
        "closing/",
        "public/",
    ):
        assert above.request.get(f"{work}{path}").status == 404, path
    for address in (step, f"{step}now/", meeting, request):
        assert above.request.get(address).status == 404, address
    above.goto("/reports/")
    pages = [
        "/engagements/",
        "/engagements/requests/?state=all",
        "/notices/",
        above.url,
        "/catalog/?q=Naomi+coaching",
    ]
    for page in pages:
        answer = above.request.get(page)
        assert TITLE not in answer.text(), page
        assert "Leadership Coaching for Equity</a>" not in answer.text(), page


def see_that_it_is_there(admin: Page, work: str, step: str, meeting: str) -> None:
    """PSESD's administrator sees with whom and how far, and no word."""
    admin.goto(work)
    expect(admin.get_by_text("What is written here is its members' alone")).to_be_visible()
    expect(admin.get_by_text("Naomi Feldstein", exact=True)).to_be_visible()
    for words in (AIM, "We began with a schedule", NEEDS):
        assert words not in admin.content(), words
    for address in (
        step,
        meeting,
        f"{work}report/",
        f"{work}report/0/pdf/",
        f"{work}files/",
        f"{work}actions/",
    ):
        assert admin.request.get(address).status == 404, address
