"""Editions of the demonstration that are on their way: one that PSESD has to read, one that it sent back."""

from dataclasses import dataclass

from cms import approving, editions
from cms.models import CoursePage, Edition
from lms.demonstration.stories import FOUNDATIONS, TOOL
from roster.models import Building, Position, User

EDITOR = "june.takahashi@psesd.example"


@dataclass(frozen=True)
class Draft:
    """What a principal wrote, and with which comment PSESD sent it back (none: it is still to be read)."""

    building: str
    course: str
    welcome: str
    goal: str
    comment: str = ""


DRAFTS = [
    Draft(
        "salmonberry-elementary",
        FOUNDATIONS,
        welcome="In September our first graders drew “a person who knows a lot”. Nineteen of twenty-two drew "
        "a teacher. **Nobody drew their grandmother.** That is why we take this course together, a module "
        "before each Wednesday meeting, with soup.",
        goal="every child has taught the class something by spring",
    ),
    Draft(
        "heron-bend-middle",
        TOOL,
        welcome="We will use the tool on one thing only: the line at the door at 8:05. Bring the tardy log.",
        goal="a rule at the door that we would be glad to read aloud to the families it touches",
        comment="This is strong. Before it goes to everybody: the tardy log has names in it. Could you say "
        "“bring what you noticed” instead, or ask people to cover the names?",
    ),
]


def write() -> None:
    """Write each draft as its principal, and do with it what its story says."""
    editor = User.objects.get(email=EDITOR)
    for draft in DRAFTS:
        building = Building.objects.get(slug=draft.building)
        course = CoursePage.objects.get(slug=draft.course, live=True, locale__language_code="en")
        edition = _sent(draft, building, course)
        if draft.comment:
            task = approving.review_of(edition).current_task_state
            task.reject(user=editor, comment=draft.comment)


def _sent(draft: Draft, building: Building, course: CoursePage) -> Edition:
    leads = Position.objects.current().get(building=building, role=Position.Role.PRINCIPAL)
    words = editions.Words(
        welcome=draft.welcome,
        goal=draft.goal,
        credit=f"{leads.person} and colleagues",
        due_in_days=30,
        order=[],
        changes=[],
    )
    blank = Edition(course_key=course.translation_key, building=building)
    edition = editions.save(edition=blank, words=words, based_on=None, by=leads.person)
    approving.send(edition=edition, by=leads.person)
    return edition
