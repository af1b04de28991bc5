"""A cycle of inquiry: from a principal's question to what a team learned, and the next cycle."""

import datetime
import zoneinfo

from playwright.sync_api import Page, expect

from tests.browser import teams
from tests.browser.teams import Decision

WORK = "Who comes back after an absence"
#: Meetings are in the region's time, and only one of today can have been held.
TODAY = datetime.datetime.now(tz=zoneinfo.ZoneInfo("America/Los_Angeles")).date()
COUNTS, COUNTS_AGAIN = "The counts, by group, as they are now", "The counts, by group, after the change"

ASK = {
    "What is your question": "When a student was away for a week, what do we do on the day of their return?",
    "What have you seen or heard": "A boy sat in the office until ten because nobody had his new schedule.",
    "What does each of you think now": [["We greet the ones whom we know", "I feel it"]],
    "How much of this is in our hands": 3,
}
PLAN = {
    "What will you look at": [["Mornings of return", "Counts by group", "Isaac Fairbanks", str(TODAY)]],
    "By which groups": "By canoe families, ferry families and everybody else: the boats set the absences.",
}
BY_STUDENT = "Student ID,Last name,Days away\n4410021,Okada,6\n4410022,Peters,9\n4410023,Sandvik,5\n"
BEFORE = "Group,Students,Met at the door\nFerry families,46,9\nCanoe families,7,2\nAll others,138,101\n"
AFTER = "Group,Students,Met at the door\nFerry families,44,31\nCanoe families,12,10\nAll others,131,104\n"
NOTICE = {
    "What do you notice": [["One in five of the ferry families is met", "The counts"]],
    "What do you wonder": [["Whether the office knows who comes back", "Its list of Monday"]],
}
PATTERN = {"What are the patterns": [["Of 46 ferry students, 9 were met", "2", "Those with a sister here"]]}
CAUSES = {
    "What could be the cause": [
        ["Nobody is told who returns", "No list", "The office has one", "Yes, this month"]
    ],
    "Which cause will you work on": (
        "Nobody is told who returns, because the list is there and two people of us see it before the "
        "first bell."
    ),
}
EXPECT = {
    "If we": (
        "If the office gives us the list at seven and one of us stands at the door, then students who "
        "were away are met, because somebody knows their name, and we will see it in the counts of May."
    ),
}
DO = {
    "What exactly will an adult do differently": (
        "Every morning at seven Molly takes the list from the office, and whoever has door duty says each"
        " name, gives the new schedule and walks along to the room."
    ),
}
AGAIN = {
    "What was really done": [["Every morning", "Four of five", "The ferry strike"]],
    "What do you notice now": (
        "Of the ferry families three in four were met, before it was one in five. On the days of the "
        "strike it was nobody, and nobody had thought of whom to ask then."
    ),
}
LEARNED = {
    "What do you know now": (
        "Being met was never a question of how welcoming we are. It was a list that stayed in the office."
        " With the list we meet nearly everybody, and without it we meet those whom we knew before. It "
        "takes one of us ten minutes."
    ),
    "What did you expect": "That families who are away for the journey don't want to be asked.",
    "And now: how much of this": 5,
    "What becomes of the change": Decision(
        "We keep it, changed", reasons="It works where somebody has the list.", review_on=TODAY
    ),
    "What will you tell the students": "That we have their names now. Molly tells them at the door.",
    "What do you want to ask next": "Who is never away, and still not met?",
}


def test_a_team_asks_looks_tries_and_asks_again(open_as, axe, tmp_path):
    leader, coach = open_as("leader of a cycle"), open_as("coach of a cycle")
    _begin(leader, open_as("admin"), coach)
    _look(coach, tmp_path, axe)
    _meet(coach, axe)
    member = open_as("member of a cycle")
    _notice(member)
    _try(leader, coach, member, tmp_path)
    teams.open_work(leader, WORK)
    teams.close(leader, "A list of names, at seven.")
    _begins_anew(leader, axe)
    _is_reported(leader, axe)


def _begin(leader: Page, admin: Page, coach: Page) -> None:
    needs = "Students come back after a week away, and some of them are met at the door while others are not."
    request = teams.ask_for(leader, "data-coaching", needs=needs)
    teams.agree(admin, request, title=WORK, coach="Isaac Fairbanks")
    teams.open_work(leader, WORK)
    teams.bring_in(leader, "Molly Bright")
    teams.open_work(leader, WORK)
    leader.get_by_role("link", name="Go to this step").click()
    for answers in (ASK, PLAN):
        teams.answer(leader, answers)
        teams.done(leader)
    teams.open_work(coach, WORK)


def _look(coach: Page, folder, axe) -> None:
    """A list of students is refused and kept nowhere; counts are taken, the small ones hidden."""
    teams.open_step(coach, "The counts")
    teams.put_table(coach, COUNTS, _file(folder, BY_STUDENT), source="Skyward, fall")
    expect(coach.get_by_role("alert")).to_contain_text("The column “Student ID” is about single persons.")
    expect(coach.get_by_role("alert")).to_contain_text("Nothing of it is kept")
    assert "Sandvik" not in coach.content()
    axe(coach)
    teams.send_table(coach, _file(folder, BEFORE), source="Skyward, fall, counted by the registrar")
    place = teams.prompt(coach, COUNTS)
    expect(place.get_by_role("figure")).to_contain_text("Met at the door")
    expect(place.get_by_role("row", name="Canoe families")).to_contain_text("hidden")
    expect(place.get_by_role("row", name="All others")).to_contain_text("138")
    teams.answer(
        coach, {"Where do they come from": "From the door list of October, counted by the registrar."}
    )
    axe(coach)
    teams.done(coach)


def _meet(coach: Page, axe) -> None:
    """The step's protocol is the agenda; the coach leads by it, and notes who was there and what was said."""
    at, minutes = datetime.time(7, 15), 50
    teams.plan_meeting(coach, day=TODAY, at=at, place="Kelp Bay, library")
    axe(coach)
    coach.get_by_role("link", name="Facilitate it").click()
    expect(coach.get_by_role("heading", level=1)).to_have_text("Look in silence")
    expect(coach.get_by_role("main")).to_contain_text(
        "as many sentences as you can that begin “I notice that”"
    )
    coach.get_by_role("button", name="Start").click()
    expect(coach.locator("[data-timer-left]")).to_have_text("7:58")
    expect(coach.get_by_role("button", name="Pause")).to_be_visible()
    axe(coach)
    coach.get_by_role("link", name="Next round").click()
    expect(coach.get_by_role("heading", level=1)).to_have_text("Go round")
    coach.get_by_role("link", name="Noticing before explaining").click()
    coach.get_by_role("button", name="It was held").click()
    for name in ("Isaac Fairbanks", "Warren Peters", "Molly Bright"):
        coach.get_by_label(name).fill(str(minutes))
    axe(coach)
    coach.get_by_role("button", name="Save").click()
    coach.get_by_role("textbox", name="Minutes").fill("Nobody said because until the last round.")
    teams.saved(coach)


def _notice(member: Page) -> None:
    teams.open_work(member, WORK)
    member.get_by_role("link", name="Noticing before explaining").first.click()
    for answers in (NOTICE, PATTERN):
        teams.answer(member, answers)
        teams.done(member)
    teams.done(member)  # nobody was asked by a link this time


def _try(leader: Page, coach: Page, member: Page, folder) -> None:
    teams.open_work(leader, WORK)
    leader.get_by_role("link", name="Go to this step").click()
    for answers in (CAUSES, EXPECT):
        teams.answer(leader, answers)
        teams.done(leader)
    teams.answer(leader, DO)
    due = TODAY + datetime.timedelta(days=30)
    teams.take_on(leader, "Who does what", what="Take the list at seven", who="Molly Bright", due=due)
    teams.agree_to(leader, "I will do this until the day")
    for other in (coach, member):
        teams.open_work(other, WORK)
        teams.open_step(other, "What we will do")
        teams.agree_to(other, "I will do this until the day")
    teams.done(leader)
    teams.put_table(leader, COUNTS_AGAIN, _file(folder, AFTER), source="Skyward, spring")
    for answers in (AGAIN, LEARNED):
        teams.answer(leader, answers)
        teams.done(leader)


def _is_reported(leader: Page, axe) -> None:
    leader.get_by_role("link", name="Read the report").click()
    page = leader.get_by_role("main")
    for words in (
        "We keep it, changed",
        "fewer than 10, or hidden with it",
        "Skyward, spring",
        "Molly Bright",
    ):
        expect(page).to_contain_text(words)
    expect(page).not_to_contain_text("We greet the ones whom we know")  # what they thought first stays theirs
    axe(leader)
    on_paper = teams.words_of_pdf(leader)
    assert "We keep it, changed" in on_paper
    assert "Nobody is told who returns" in on_paper


def _begins_anew(leader: Page, axe) -> None:
    """The next cycle has the same people, and each of the two leads to the other."""
    last = teams.open_work(leader, WORK)
    leader.get_by_role("button", name="Begin the next cycle").click()
    expect(leader.get_by_text("The next cycle is under way, with the same people.")).to_be_visible()
    expect(leader.get_by_text("Cycle 2")).to_be_visible()
    expect(teams.card(leader, "Who is in it")).to_contain_text("Molly Bright")
    axe(leader)
    leader.get_by_role("link", name="The last cycle").click()
    expect(leader).to_have_url(last)
    expect(leader.get_by_role("link", name="The next cycle")).to_be_visible()


def _file(folder, text: str):
    path = folder / "counts.csv"
    path.write_text(text)
    return path
