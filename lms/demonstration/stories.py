"""What happened in the demonstration region before today, as data. Days are counted from today.

Dates are relative so that the demonstration never looks abandoned. Who finished and who didn't is drawn with a
fixed seed: every loading tells the same story.
"""

from dataclasses import dataclass

FOUNDATIONS = "foundations-of-culturally-responsive-teaching"
LEADING = "leading-change-for-racial-equity"
INQUIRY = "cycles-of-inquiry-with-disaggregated-data"
TOOL = "racial-equity-tool-on-a-school-policy"
COMMITTEE = "building-an-equity-advisory-committee"

LUCIA = "lucia.garcia@alder-valley.example"
SIONE = "sione.fuimaono@alder-valley.example"


@dataclass(frozen=True)
class Story:
    """A course that a leader assigned to a place, and how far its staff have come.

    ``began`` and ``due`` are days from today (begun in the past, due before or after today). ``done`` and
    ``going`` are shares of the staff, 0–1; the rest hasn't started. No roles: all staff.
    """

    place: str
    course: str
    began: int
    due: int | None
    done: float
    going: float
    roles: tuple[str, ...] = ()
    message: str = ""


STORIES = [
    Story(
        "heron-bend-middle",
        FOUNDATIONS,
        began=-54,
        due=23,
        done=0.72,
        going=0.17,
        message="We said in August that every student would be known by name before Thanksgiving. This is the "
        "course for it. Take it in pieces; module 3 is the one I want us to talk about in December.",
    ),
    Story("heron-bend-middle", INQUIRY, -40, -6, 0.45, 0.30, ("teacher", "specialist", "counselor")),
    Story("heron-bend-middle", TOOL, -21, 51, 0.16, 0.34),
    Story("salmonberry-elementary", FOUNDATIONS, -60, -10, 0.80, 0.12),
    Story("salmonberry-elementary", COMMITTEE, -14, 40, 0.10, 0.25, ("teacher", "counselor")),
    Story("alder-valley-high", FOUNDATIONS, -45, 12, 0.52, 0.28),
    Story("alder-valley-high", INQUIRY, -12, 60, 0.06, 0.30, ("teacher",)),
    Story("madrona-point-elementary", FOUNDATIONS, -50, 5, 0.66, 0.22),
    Story("kelp-bay-k8", FOUNDATIONS, -35, 30, 0.38, 0.36),
    Story("kelp-bay-k8", TOOL, -30, 20, 0.30, 0.30, ("teacher", "principal", "assistant-principal")),
    Story("tidewater-high", FOUNDATIONS, -25, 45, 0.22, 0.40),
    Story("driftwood-open", FOUNDATIONS, -50, 2, 0.58, 0.25),
    Story("cedar-ridge-elementary", FOUNDATIONS, -48, -2, 0.71, 0.14),
    Story("fernhollow-middle", TOOL, -55, 8, 0.55, 0.25),
    Story("fernhollow-middle", FOUNDATIONS, -10, 70, 0.05, 0.30),
    Story(
        "alder-valley",
        LEADING,
        began=-42,
        due=35,
        done=0.40,
        going=0.40,
        roles=("principal", "assistant-principal", "district-admin", "superintendent"),
        message="For all who lead a building or a department. Bring your public promise to our January meeting.",
    ),
    Story("tidewater", LEADING, -28, 50, 0.20, 0.45, ("principal", "assistant-principal", "district-admin")),
]

#: What Lucía wrote, by the name of the prompt in the course's files.
LUCIAS_WORDS = {
    "set-aside": "We were doing the treaty councils and Marcus said, “My auntie fishes there, she says it’s still our "
    "place.” I said, “Great connection!” and called on the next hand, because I had eleven minutes and three slides "
    "left. I have thought about it since. He was the only person in the room who knew the place. What I could have "
    "asked is: what does she say about it that the map leaves out? I think I was afraid that I would not know what "
    "to do with the answer.",
    "least-known": "I stopped at Anh. Saw: always early. Draws in the margins, boats mostly. Hands work in face down. "
    "Laughs with Noor at lunch and with nobody in my room. I wonder whether the boats are from somewhere. The crossing "
    "guard on 3rd Street knows the kids who come early; I could be out there with my coffee on Thursday and just say "
    "good morning, and ask about nothing. After that I would like to ask what she draws, not why.",
    "rather-not": "",
    "praised-without-asking": "I keep coming back to A. in third period. I say “good thinking” to every answer she gives "
    "because she finally started to talk. I think that I was protecting the talking. But she reads me better than that, "
    "and last week she asked Jess, not me, whether",
}

#: What the others wrote: short, and enough for the prompts that ask for words.
OTHERS_WORDS = [
    "I wrote this after sixth period with the door shut. It was a small thing and I nearly let it go. A student told us "
    "how her grandmother measures flour, in handfuls, and I turned it into a joke about recipes. She did not raise her "
    "hand again. Next time I will ask how her grandmother knows when it is enough, because that is the lesson about "
    "ratios that I was trying to teach with a worksheet, and she had it in her hands already that morning in my room.",
    "What I notice is that I decide fast, and always in the same direction. When it is loud I look at the same table. "
    "When somebody is late I ask some of them why and others I mark. I went through two weeks of my own notes and the "
    "pattern is plain enough that I would not want my colleagues to see it. I am going to greet that table first for a "
    "week, before anything happens, and keep a tally of who I speak to and about what, and look at it on Friday.",
    "I talked with the family by phone, with our interpreter, and for once I asked before I told. They said that he "
    "teaches his cousins to read at home, three nights a week, in two languages. None of that is in our file. In our "
    "file he is below standard. I do not know yet what I will change, but I know what I will stop saying about him in "
    "meetings, and I asked if he would read with the second graders on Wednesdays. He said yes before I had finished.",
    "The honest answer is that I have been sparing myself. If I write what is really missing I will need to sit down "
    "with him, and he will need to try again, and both of us are tired. So I write that it is good. This week I wrote "
    "one line more on four papers. Two came back better. One student asked whether I was angry with her. I said no, I "
    "think that you can do this, and I was surprised by how hard it was to say that out loud to a fourteen year old.",
    "Our team looked at the list together and nobody spoke for a while. We know these children. We had not seen them in "
    "one row. I want to remember that the number is four students with names, and that two of them have never been asked "
    "what would help. My part is small: the two conversations by the end of next week, and to bring back what they "
    "said in their words and not in mine, and to ask the others to wait with their explanations until we have heard.",
]
