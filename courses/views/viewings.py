"""How far a person is in a film or recording, as its player tells it or as they say themselves."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from courses import viewing
from courses.curricula import curriculum_of
from courses.models import Enrollment
from courses.taking import Lesson
from courses.views.modules import moved_parts, open_lesson, part_answer
from courses.views.own import for_own_enrollment


@for_own_enrollment
@require_POST
def update(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Keep where the player stands and what it has played; draw the progress anew when that moved it."""
    progress_before, curriculum = enrollment.progress, curriculum_of(enrollment)
    try:
        viewing.report(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            seconds=_whole(request.POST.get("seconds")),
            length=_whole(request.POST.get("length")),
            played=_stretches(request.POST.get("played", "")),
            curriculum=curriculum,
        )
    except viewing.NotPlayed as error:
        raise Http404 from error
    if enrollment.progress == progress_before:
        return JsonResponse({})
    return JsonResponse({"moved": moved_parts(request, Lesson(enrollment, curriculum, module_key))})


@for_own_enrollment
@require_POST
def read(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Note that the transcript was read to its end."""
    try:
        viewing.mark_read(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            curriculum=curriculum_of(enrollment),
        )
    except viewing.NotPlayed as error:
        raise Http404 from error
    return part_answer(request, open_lesson(enrollment, module_key), block_id, focused=True)


def _stretches(sent: str) -> list[viewing.Stretch]:
    """Stretches as ``12-18,30-31``; what isn't one is passed over."""
    stretches = []
    for part in sent[:4000].split(","):
        begin, dash, end = part.partition("-")
        if dash and begin.isdecimal() and end.isdecimal():
            stretches.append((_whole(begin), _whole(end)))
    return stretches


def _whole(sent) -> int:
    """A number of seconds as it was sent; 0 for anything else, and never more than a number can be kept."""
    is_number = isinstance(sent, str) and sent.isdecimal() and len(sent) < 7
    return int(sent) if is_number else 0
