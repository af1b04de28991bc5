"""A module being taken."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import studying
from courses.curricula import curriculum_of
from courses.models import Enrollment
from courses.playing import player_context
from courses.taking import Lesson
from courses.views.own import for_own_enrollment
from roster import devices


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, enrollment: Enrollment, module_key) -> HttpResponse:
    """Show the module; opening it makes the course under way and resume here.

    Never from a cache: the back button would bring older words back, on a shared computer somebody's.
    """
    lesson = open_lesson(enrollment, module_key)
    context = player_context(lesson)
    page = render(request, "courses/module.html", context)
    return devices.may_keep(page, kind="module", title=f"{lesson.module.title} – {context['course'].title}")


@for_own_enrollment
@require_POST
def read(request: HttpRequest, enrollment: Enrollment, module_key) -> HttpResponse:
    """Note that the text was read to its end; go on, or to what is still open."""
    curriculum = curriculum_of(enrollment)
    studying.mark_read(enrollment=enrollment, module_key=module_key, curriculum=curriculum)
    lesson = Lesson(enrollment, curriculum, module_key)
    if lesson.is_complete:
        messages.success(request, _("“%s” is done.") % lesson.module.title)
        return redirect(player_context(lesson)["next_url"])
    count = len(lesson.left)
    messages.info(
        request,
        ngettext(
            "You have read it to the end. %d part is still open: here it is.",
            "You have read it to the end. %d parts are still open: here is the first.",
            count,
        )
        % count,
    )
    return redirect(f"{module_url(lesson)}#{lesson.left[0].anchor}")


@for_own_enrollment
@require_POST
def place(request: HttpRequest, enrollment: Enrollment, module_key) -> HttpResponse:
    """Remember the line that the person is at."""
    studying.remember_place(enrollment=enrollment, module_key=module_key, place=request.POST.get("block", ""))
    return HttpResponse(status=204)


def open_lesson(enrollment: Enrollment, module_key) -> Lesson:
    """The module with all that the person wrote in it, opened if it wasn't yet.

    Raises:
        CourseAway, NotAModule, HasLeft: answered by :func:`courses.views.own.for_own_enrollment`.
    """
    lesson = Lesson(enrollment, curriculum_of(enrollment), module_key)
    studying.open_module(
        enrollment=enrollment,
        module_key=module_key,
        curriculum=lesson.curriculum,
        is_known=lesson.progress is not None,
    )
    return lesson


def module_url(lesson: Lesson) -> str:
    """The module's address in the player."""
    return reverse("courses:module", args=[lesson.enrollment.pk, lesson.key])


def part_answer(
    request: HttpRequest, lesson: Lesson, block_id: str, *, status: int = 200, **extra
) -> HttpResponse:
    """One part after it was answered: by htmx the part alone with the progress, else the page around it."""
    context = {**player_context(lesson), **extra, "changed_part": lesson.parts.get(block_id)}
    if request.htmx:
        return render(request, "courses/parts/changed.html", context, status=status)
    if status == 200:
        return redirect(f"{module_url(lesson)}#block-{block_id}")
    return render(request, "courses/module.html", context, status=status)


def moved_parts(request: HttpRequest, lesson: Lesson) -> dict[str, str]:
    """What stands elsewhere on the page of how far the person is, by id, for a script to put in place."""
    context = player_context(lesson)
    return {
        name: render_to_string(f"courses/parts/{name}.html", context, request)
        for name in ("progress", "standing", "finish")
    }
