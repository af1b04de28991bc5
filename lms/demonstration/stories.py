"""What happened in the demonstration region before today, as data. Days are counted from today.

Dates are relative so that the demonstration never looks abandoned. Who finished and who didn't is drawn with
a fixed seed: every loading tells the same story. What people wrote is in ``fixtures/region/words.yaml``.
"""

from dataclasses import dataclass

FOUNDATIONS = "foundations-of-culturally-responsive-teaching"
LEADING = "leading-change-for-racial-equity"
INQUIRY = "cycles-of-inquiry-with-disaggregated-data"
TOOL = "racial-equity-tool-on-a-school-policy"
COMMITTEE = "building-an-equity-advisory-committee"

LUCIA = "lucia.garcia@alder-valley.example"
DENISE = "denise.whitaker@alder-valley.example"
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
        message="We said in August that every student would be known by name before Thanksgiving. This is "
        "the course for it. Take it in pieces; module 3 is the one I want us to talk about in December.",
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
        message="For all who lead a building or a department. Bring your public promise to our meeting in "
        "January.",
    ),
    Story("tidewater", LEADING, -28, 50, 0.20, 0.45, ("principal", "assistant-principal", "district-admin")),
]
