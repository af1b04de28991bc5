"""A person's own answer to a prompt: saved as it is typed, shared, taken back, restored, deleted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import reflecting
from courses.curricula import CourseAway, NotAModule, curriculum_of
from courses.models import Enrollment, Reflection
from courses.playing import player_context
from courses.taking import Lesson
from courses.views.modules import open_lesson, part_answer
from courses.views.own import for_own_enrollment, wants_json


@for_own_enrollment
@require_POST
def update(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Save the words. A script gets JSON; a form a page. 409 holds both texts, 413 gives the text back."""
    text = request.POST.get("text", "")
    progress_before = enrollment.progress
    try:
        reflection = reflecting.save(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            text=text,
            based_on=_whole_number(request.POST.get("based_on")),
            keep_earlier="keep" in request.POST,
        )
    except reflecting.NotAPrompt as error:
        raise Http404 from error
    except reflecting.TooLong:
        return _too_long(request, enrollment, module_key, block_id, text)
    except reflecting.Stale as stale:
        return _stale(request, stale.current, text)
    if wants_json(request):
        return JsonResponse(_saved(request, reflection, has_moved=enrollment.progress != progress_before))
    messages.success(request, _("Your reflection is saved."))
    return redirect(f"{_module(reflection)}#block-{block_id}")


@for_own_enrollment
@require_POST
def sharing(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Change who can read it."""
    reflection = _own(enrollment, module_key, block_id)
    try:
        reflecting.share(reflection=reflection, sharing=request.POST.get("sharing", ""))
    except reflecting.NotOffered:
        return HttpResponse(_("This prompt doesn't offer to share that widely."), status=422)
    try:
        return part_answer(request, open_lesson(enrollment, module_key), block_id, said="sharing")
    except (CourseAway, NotAModule):
        return redirect("courses:journal")


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Show earlier texts; a POST brings one back."""
    reflection = _own(enrollment, module_key, block_id)
    if request.method == "POST":
        version = get_object_or_404(reflection.versions, pk=_whole_number(request.POST.get("version")))
        version.reflection = reflection
        try:
            reflecting.restore(version=version, based_on=_whole_number(request.POST.get("based_on")))
        except reflecting.Stale:
            messages.warning(
                request, _("Your reflection has changed since. Look at it again, and choose then.")
            )
            return redirect(request.path)
        messages.success(request, _("The earlier text is back. What was there is kept among the versions."))
        return redirect(f"{_module(reflection)}#block-{block_id}")
    context = {"reflection": reflection, "enrollment": enrollment, "back_url": _module(reflection)}
    return render(request, "courses/reflection_versions.html", context)


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Ask, and delete it with its versions."""
    reflection = _own(enrollment, module_key, block_id)
    back_url = f"{_module(reflection)}#block-{block_id}"
    if request.method == "POST":
        reflecting.delete(reflection=reflection)
        messages.success(request, _("Your reflection and its versions are deleted."))
        return redirect(back_url)
    progress = enrollment.modules.filter(module_key=module_key).first()
    context = {
        "reflection": reflection,
        "is_complete": bool(progress and progress.completed_at),
        "back_url": back_url,
    }
    return render(request, "courses/reflection_delete.html", context)


def _own(enrollment, module_key, block_id) -> Reflection:
    rows = enrollment.reflections.filter(module_key=module_key, block_id=block_id)
    reflection = get_object_or_404(rows)
    reflection.enrollment = enrollment
    return reflection


def _module(reflection) -> str:
    return reverse("courses:module", args=[reflection.enrollment_id, reflection.module_key])


def _saved(request, reflection, *, has_moved: bool) -> dict:
    """What the autosave needs; the progress is drawn anew only when it moved."""
    answer = {
        "version": reflection.version,
        "words": reflection.words,
        "saved": _("Saved %(time)s") % {"time": time_format(timezone.localtime(reflection.saved_at))},
    }
    if has_moved:
        lesson = Lesson(reflection.enrollment, curriculum_of(reflection.enrollment), reflection.module_key)
        context = player_context(lesson)
        answer["moved"] = {
            name: render_to_string(f"courses/parts/{name}.html", context, request)
            for name in ("progress", "standing", "finish")
        }
    return answer


def _stale(request, current: Reflection, text: str) -> HttpResponse:
    if wants_json(request):
        stored = {
            "version": current.version,
            # Every named field of the form, as static/js/courses/fields.js has them.
            "fields": {"text": [current.text]},
            "saved": time_format(timezone.localtime(current.saved_at)),
        }
        return JsonResponse({"problem": "stale", "current": stored, "yours": text}, status=409)
    context = {
        "current": current,
        "yours": text,
        "save_url": request.path,
        "back_url": f"{_module(current)}#block-{current.block_id}",
    }
    return render(request, "courses/reflection_conflict.html", context, status=409)


def _too_long(request, enrollment, module_key, block_id, text) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"problem": "too-long", "limit": reflecting.LIMIT}, status=413)
    context = {
        "text": text,
        "limit": reflecting.LIMIT,
        "length": len(text),
        "save_url": request.path,
        "based_on": request.POST.get("based_on", ""),
        "back_url": f"{reverse('courses:module', args=[enrollment.pk, module_key])}#block-{block_id}",
    }
    return render(request, "courses/reflection_too_long.html", context, status=413)


def _whole_number(value) -> int:
    """A number that a form carried; what isn't one is nought, which is based on nothing."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0
