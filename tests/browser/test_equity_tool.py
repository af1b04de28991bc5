"""The racial equity tool at a middle school, from a principal's question on."""

from playwright.sync_api import expect

from tests.browser import teams

WORK = "The tardy line at Fernhollow"


def test_a_principals_question_becomes_a_teams_work(open_as):
    leader, admin, coach = open_as("leader of a review"), open_as("admin"), open_as("coach of a review")
    needs = "Forty students stand in a line for a slip every morning while first period begins without them."
    request = teams.ask_for(leader, "racial-equity-tool", needs=needs)
    teams.agree(admin, request, title=WORK, coach="Isaac Fairbanks")
    teams.open_work(coach, WORK)
    teams.bring_in(coach, "Rocío Benítez")
    teams.open_work(leader, WORK)
    leader.get_by_role("link", name="Go to this step").click()
    teams.answer(
        leader,
        {
            "What are you looking at": "A practice that nobody wrote down",
            "What does it say, or what happens": (
                "On an ordinary day a student whose bus is late stands in a line at the front office, says "
                "why in front of everybody, and carries a pink slip to first period. It takes 12 minutes. "
                "After the third slip in a month, lunch is spent in the library."
            ),
            "Who can change it": "I can, before the spring handbook goes to print on February 12.",
            "Why this, and why now": "Students wrote it into their hallway survey, above everything else.",
        },
    )
    teams.done(leader)
    expect(leader.get_by_role("heading", level=1)).to_have_text("What should be different")
