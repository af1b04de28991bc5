"""The racial equity tool at a middle school: from a principal's question to what became of it later."""

import datetime

from playwright.sync_api import Page, expect

from tests.browser import teams
from tests.browser.teams import Decision

WORK = "The tardy line at Fernhollow"
TODAY = datetime.datetime.now(tz=datetime.UTC).date()
REVIEW_ON = TODAY + datetime.timedelta(days=120)
ON_PAPER = f"{REVIEW_ON:%B} {REVIEW_ON.day}, {REVIEW_ON.year}"
HER_WORDS = (
    "A mi hija le pusieron tres papeles rosados. El autobús llegó tarde las tres veces, y nadie le preguntó."
)
FOR_THE_TEAM = "I stopped coming on days when I knew that I would be late."
REASONS = "The line cost twelve minutes of every late morning, and the bus was late, not the student."

UNDERSTAND = {
    "What are you looking at": "A practice that nobody wrote down",
    "What does it say, or what happens": (
        "On an ordinary day a student whose bus is late stands in a line at the front office, says why in"
        " front of everybody, and carries a pink slip to first period. It takes twelve minutes. After the"
        " third slip in a month, lunch is spent in the library."
    ),
    "Who can change it": "I can, before the spring handbook goes to print on February 12.",
    "Why this, and why now": "Students wrote it into their hallway survey, above everything else.",
}
HOPE = {
    "What should be different": (
        "By April a student who rides bus 12 or 21 is in first period before the lesson begins on as many"
        " days as a student who walks, and hears good morning first when the bus was late."
    ),
    "How could somebody outside": [
        ["Nobody stands in a line at 8:05", "The front office", "Forty students a day"],
        ["Late buses are called in", "The transportation log", "Nobody calls"],
    ],
    "How sure are you that you know": 2,
}
WHOM = {
    "Whom does it touch": [
        ["Students of bus 12 and bus 21", "They wait, and explain", "The most", "No"],
        ["First period teachers", "They begin twice", "Some", "Yes"],
    ],
    "Who will ask whom": [["Families of bus 21", "Laurel Finch", "By a link", "Spanish", "A call"]],
    "What is the one question": "Tell us about the last time that you stood in that line.",
}
HEARD = {
    "What did you hear more than once": [["The bus was late, and they paid for it", "3", "Nobody asked"]],
    "What has already changed": (
        "We had meant to shorten the line. Since we read these words aloud we ask why there is one at "
        "all, and on Monday the office began to write down which bus is late, before any slip."
    ),
    "And now: how sure are you": 4,
}
NUMBERS = "Comes by\tStudents\tSlips\nBus 12\t64\t141\nBus 21\t8\t37\nBus 7\t58\t44\nOn foot\t212\t61\n"
LOOK = {
    "What do you notice": (
        "Bus 12 brings one student in five and half of all the slips. Of the students who walk, three in "
        "four never had one. On the days when bus 12 was on time nobody who rides it was late."
    ),
    "What would you need to know": [["Which buses were late", "Transportation", "Yes, and we will"]],
}
WEIGH = {
    "Line by line": [
        [
            "Say why, aloud",
            "The office",
            "Who is late",
            "Being seen",
            "An audit in 2011",
        ]
    ],
    "If nothing changes": (
        "A year from now the same forty students will have missed a week of first period, standing, and "
        "will have learned that a bus counts against the one who rides it."
    ),
}
OPTIONS = {
    "What could be done": [
        ["A shorter line", "The office", "Leaves the slip as it is", "Nothing"],
        ["No line: go to class", "Riders of late buses", "Teachers, unless told", "A tablet at the door"],
    ],
    "How would the best one read": (
        "If you come after the bell, go to class. Your teacher marks you present. If your bus was late, "
        "nothing is written down. If you are late on three days of a month, somebody whom you know asks "
        "how we can help."
    ),
    "Who has read the new words": "Two students of bus 12, who asked: from when on?",
}
FOLLOW = {"What will you look at": [["Slips by bus", "141", "Under 20", "L. Finch", str(REVIEW_ON)]]}
REPORT_BACK = {
    "What will you tell the people": (
        "You told us that your bus was late and that nobody asked. From Monday on there is no line any "
        "more. Whoever comes after the bell goes to class, and the teacher says good morning. When a bus "
        "is late we write the bus down, and not the student. What we could not change is when bus 21 "
        "leaves. We asked for it, and we tell you what we hear. In spring we look again, with you."
    ),
    "Who tells whom": [["Families of bus 21", "Laurel Finch", "A call, in Spanish", str(REVIEW_ON)]],
}


def test_a_team_reviews_a_practice_with_those_who_live_with_it(open_as, axe):
    leader, coach = open_as("leader of a review"), open_as("coach of a review")
    _begin(leader, open_as("admin"), coach, axe)
    _understand(leader, axe)
    _is_not_closed_without_voices(leader, axe)
    link = _ask_by_a_link(coach, axe)
    guest = open_as(None, viewport={"width": 390, "height": 844}, locale="es-US")
    _answer_by_the_link(guest, link, axe)
    member = open_as("member of a review")
    _hear(member)
    _weigh(coach, axe)
    _decide(leader, [member, coach], axe)
    teams.open_work(leader, WORK)
    teams.close(leader, "We began with a line, and ended with a bus.")
    _is_nobody_elses(open_as("outside a review"), guest, leader.url)
    _is_told_and_looks_again(leader, member, axe)


def _begin(leader: Page, admin: Page, coach: Page, axe) -> None:
    needs = "Forty students stand in a line for a slip every morning while first period begins without them."
    request = teams.ask_for(leader, "racial-equity-tool", needs=needs)
    axe(leader)
    admin.goto(request)
    axe(admin)
    teams.agree(admin, request, title=WORK, coach="Isaac Fairbanks", word="Isaac calls you this week.")
    leader.reload()
    expect(leader.get_by_text("Isaac calls you this week.")).to_be_visible()
    leader.get_by_role("link", name="Open the work").click()
    coach.goto("/engagements/desk/")
    coach.get_by_role("link", name=WORK).click()
    teams.bring_in(coach, "Laurel Finch")
    axe(coach)


def _understand(leader: Page, axe) -> None:
    leader.get_by_role("link", name="Go to this step").click()
    for answers in (UNDERSTAND, HOPE, WHOM):
        teams.answer(leader, answers)
        teams.done(leader)
    expect(leader.get_by_role("heading", level=1)).to_have_text("Your voice")
    axe(leader)


def _is_not_closed_without_voices(leader: Page, axe) -> None:
    teams.open_work(leader, WORK)
    leader.get_by_role("link", name="Close or stop").click()
    said = "Nobody's voice is in it yet. A review without those whom it touches can't be closed."
    expect(leader.get_by_text(said)).to_be_visible()
    expect(leader.get_by_role("button", name="Close it")).to_have_count(0)
    axe(leader)


def _ask_by_a_link(coach: Page, axe) -> str:
    teams.open_work(coach, WORK)
    teams.open_step(coach, "Your voice")
    coach.get_by_role("link", name="Ask somebody by a link").click()
    axe(coach)
    coach.get_by_label("Whom is it for?").fill("A mother, bus 21")
    coach.get_by_label("In which language?").select_option(label="Spanish")
    coach.get_by_role("button", name="Make the link").click()
    axe(coach)
    return coach.get_by_label("Copy it now").input_value()


def _answer_by_the_link(guest: Page, link: str, axe) -> None:
    """Without an account, on a phone, in Spanish."""
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Su voz")
    expect(guest.locator("html")).to_have_attribute("lang", "es")
    axe(guest)
    guest.get_by_label("¿Qué le gustaría decir?").fill(HER_WORDS)
    guest.get_by_label("¿Quién es usted aquí?").fill("La mamá de una alumna de sexto")
    guest.get_by_label("También puede aparecer en el informe del equipo").check()
    guest.get_by_label("Con lo que digo que soy, sin nombre").check()
    guest.get_by_role("button", name="Enviarlo al equipo").click()
    expect(guest.locator("blockquote")).to_have_text(HER_WORDS)
    axe(guest)


def _hear(member: Page) -> None:
    """What she wrote stands before the team, and they write down what two others told them."""
    asked = "What would you like the team to know?"
    teams.open_work(member, WORK)
    teams.open_step(member, "Your voice")
    expect(teams.prompt(member, asked)).to_contain_text(HER_WORDS)
    for said, consent in (
        (FOR_THE_TEAM, "The team may read it"),
        ("I run so that I don't have to explain it again.", "It may stand in the report"),
    ):
        teams.hear(
            member,
            asked,
            who="A student in grade 7",
            group="Students of bus 12",
            how="At lunch",
            said=said,
            changed="The line is on the table, not its length.",
            consent=consent,
            attribution="As one of their group",
        )
    teams.done(member)
    teams.answer(member, HEARD)
    expect(member.get_by_text("At the beginning: 2")).to_be_visible()
    teams.done(member)


def _weigh(coach: Page, axe) -> None:
    teams.open_work(coach, WORK)
    coach.get_by_role("link", name="Go to this step").click()
    teams.put_table(coach, "The figures, by group", NUMBERS, source="Counted by the office, October")
    table = teams.prompt(coach, "The figures, by group").get_by_role("row", name="Bus 21")
    expect(table).to_contain_text("hidden")
    for answers in (LOOK, WEIGH, OPTIONS):
        teams.answer(coach, answers)
        teams.done(coach)
    expect(coach.get_by_role("heading", level=1)).to_have_text("The decision")
    axe(coach)


def _decide(leader: Page, others: list[Page], axe) -> None:
    """With reasons, conditions and a day to look again; each of the team stands by it for themselves."""
    teams.open_work(leader, WORK)
    leader.get_by_role("link", name="Go to this step").click()
    conditions = "The office writes down late buses from Monday on; Ms. Finch reads them aloud on Fridays."
    decision = Decision("End it", reasons=REASONS, conditions=conditions, review_on=REVIEW_ON)
    teams.answer(leader, {"What is decided": decision})
    teams.agree_to(leader, "I was part of this review")
    for other in others:
        teams.open_step(other, "The decision")
        teams.agree_to(other, "I was part of this review")
    teams.done(leader)
    due = TODAY + datetime.timedelta(days=14)
    teams.take_on(leader, "What happens next", what="Take the sign down", who="Gwen Pryor", due=due)
    for answers in (FOLLOW, REPORT_BACK):
        teams.answer(leader, answers)
        teams.done(leader)
    expect(leader.get_by_role("heading", name="Every step is done")).to_be_visible()
    axe(leader)


def _is_told_and_looks_again(leader: Page, member: Page, axe) -> None:
    """The report, on the page and on paper: what is decided, by whom, and the voices that may be there."""
    leader.get_by_role("link", name="Read the report").click()
    stands = ["End it", REASONS, "late buses from Monday on", ON_PAPER, "Laurel Finch", HER_WORDS]
    page = leader.get_by_role("main")
    for words in [*stands, "La mamá de una alumna de sexto", "1 more voice was heard"]:
        expect(page).to_contain_text(words)
    expect(page).not_to_contain_text(FOR_THE_TEAM)
    axe(leader)
    member.goto(leader.url)
    later = "No line since January. Eleven slips in March, nine of bus 21, which leaves earlier in May."
    member.get_by_label("What became of it?").fill(later)
    member.get_by_role("button", name="Write it down").click()
    expect(member.get_by_text("It stands at the end of the report")).to_be_visible()
    on_paper = teams.words_of_pdf(leader)
    for words in [*stands, later]:
        assert words in on_paper, on_paper
    assert FOR_THE_TEAM not in on_paper


def _is_nobody_elses(outsider: Page, guest: Page, whole: str) -> None:
    """Not for a principal of the same district, and no more for who came by a link."""
    for address in (
        whole,
        *(f"{whole}{part}" for part in ("report/", "report/0/pdf/", "members/", "closing/")),
    ):
        assert outsider.request.get(address).status == 404
        assert "/accounts/login/" in guest.request.get(address).url
    outsider.goto("/engagements/")
    expect(outsider.get_by_text(WORK)).to_have_count(0)
