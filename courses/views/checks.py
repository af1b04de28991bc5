"""A try at a knowledge check."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from courses import checking
from courses.curricula import curriculum_of
from courses.models import Enrollment
from courses.views.modules import open_lesson, part_answer
from courses.views.own import for_own_enrollment


@for_own_enrollment
@require_POST
def create(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Judge the answer and show what is said of it; an answer that doesn't fit comes back as 422."""
    number = request.POST.get("number", "")
    problem = ""
    try:
        checking.answer(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            choices=_choices(request.POST),
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
    status = 422 if problem else 200
    return part_answer(request, lesson, block_id, status=status, check_problem=problem, focused=True)


def _choices(sent) -> list[str]:
    """The ids that were chosen. For *ordering* each answer has a field of its own that holds its number."""
    prefix = "place-"
    places = {name[len(prefix) :]: sent[name] for name in sent if name.startswith(prefix)}
    if not places:
        return sent.getlist("choice")
    numbers = [int(place) if place.isdecimal() else 0 for place in places.values()]
    if len(set(numbers)) != len(numbers):
        return []
    return sorted(places, key=lambda id_: numbers[list(places).index(id_)])
