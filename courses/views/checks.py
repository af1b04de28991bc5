"""A try at a knowledge check."""

import dataclasses
from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from courses import checking
from courses.curricula import curriculum_of
from courses.models import Enrollment
from courses.parts import PoolPart
from courses.views.modules import open_lesson, part_answer
from courses.views.own import for_own_enrollment


@for_own_enrollment
@require_POST
def create(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Judge the answer and show what is said of it; an answer that doesn't fit comes back as 422."""
    number, choices = request.POST.get("number", ""), _choices(request.POST)
    problem = ""
    try:
        checking.answer(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            choices=choices,
            number=int(number) if number.isdecimal() and len(number) < 6 and int(number) else None,
            curriculum=curriculum_of(enrollment),
        )
    except checking.NotACheck as error:
        raise Http404 from error
    except checking.NotAnAnswer:
        problem = "unanswered"
    except checking.NoTriesLeft:
        problem = "no-tries"
    lesson = open_lesson(enrollment, module_key)
    part = lesson.parts.get(block_id)
    if problem == "unanswered" and isinstance(part, PoolPart):
        lesson.parts[block_id] = dataclasses.replace(part, sent=tuple(choices))
    status = 422 if problem else 200
    return part_answer(request, lesson, block_id, status=status, check_problem=problem, focused=True)


def _choices(sent) -> list[str]:
    """The ids that were chosen. A pool's fields carry their question's id behind a colon.

    For *ordering* each answer has a field of its own that holds its number; two of one number are no order.
    """
    chosen, places = [], defaultdict(dict)
    for name in sent:
        field, _colon, question = name.partition(":")
        if field == "choice":
            chosen += sent.getlist(name)
        elif field.startswith("place-"):
            number = sent[name]
            places[question][field.removeprefix("place-")] = int(number) if number.isdecimal() else 0
    for numbers in places.values():
        if len(set(numbers.values())) == len(numbers):
            chosen += sorted(numbers, key=numbers.get)
    return chosen
