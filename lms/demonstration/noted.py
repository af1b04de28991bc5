"""What Lucía noted in the module that she is in: a thought, a highlight, and a passage edited since."""

from dataclasses import dataclass

from courses import noting
from courses.curricula import curriculum_of
from courses.models import Enrollment
from lms.demonstration.stories import FOUNDATIONS, LUCIA


@dataclass(frozen=True)
class Mark:
    """Words that she marked in the text where ``beside`` stands, and what she wrote about them."""

    beside: str
    quote: str
    text: str = ""


MARKS = [
    Mark(
        beside="always spared",
        quote="a student who is always spared draws a conclusion about what we think is in there to be "
        "asked for.",
        text="For our December meeting. I spared Marcus for a whole year, and I called it patience.",
    ),
    Mark(
        beside="sugar on the demand",
        quote="The warmth is not sugar on the demand. It's the reason the demand can be believed.",
    ),
    Mark(
        beside="sticky note",
        quote="One sticky note doubled the number of essays that were revised.",
        text="Ask Jess whether we try this with the salmon essays, before winter break.",
    ),
]


def write() -> None:
    """Let her have noted it."""
    rows = Enrollment.objects.filter(person__email=LUCIA, resume_module_key__isnull=False)
    for enrollment in rows.select_related("person"):
        curriculum = curriculum_of(enrollment)
        if curriculum.course.slug == FOUNDATIONS:
            _mark(enrollment, curriculum.resolve(enrollment.resume_module_key))


def _mark(enrollment: Enrollment, resolved) -> None:
    for mark in MARKS:
        for block in resolved.blocks:
            if mark.beside in str(block.value.get("body", "")):
                at = {"enrollment": enrollment, "module_key": resolved.key, "block_id": block.id}
                noting.note(**at, quote=mark.quote, text=mark.text)
                break
