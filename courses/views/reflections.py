"""A person's own answer to a prompt: saved as it is typed, shared, taken back, restored, deleted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import recalling, reflecting
from courses import sharing as courses_sharing
from courses.curricula import curriculum_of
from courses.models import Enrollment, Reflection
from courses.taking import Lesson
from courses.views.modules import moved_parts
from courses.views.own import for_own_enrollment
from courses.views.sent import wants_json, whole_number

A_PAGE = 20


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
            based_on=whole_number(request.POST.get("based_on")),
            mark=request.POST.get("mark"),
            keep_earlier="keep" in request.POST,
        )
    except reflecting.NotAPrompt as error:
        raise Http404 from error
    except reflecting.NotOnTheScale:
        return HttpResponse(_("The scale has no such step."), status=422)
    except reflecting.TooLong:
        return _too_long(request, enrollment, module_key, block_id, text)
    except reflecting.Stale as stale:
        return _stale(request, stale.current, text)
    if wants_json(request):
        return JsonResponse(_saved(request, reflection, has_moved=enrollment.progress != progress_before))
    messages.success(request, _("Your reflection is saved."))
    return redirect(f"{_module(reflection)}#block-{block_id}")


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Show who can read it, by name of role and place; a POST changes it, at once."""
    reflection = _own(enrollment, module_key, block_id)
    is_changed = request.method == "POST"
    if is_changed:
        try:
            reflecting.share(reflection=reflection, sharing=request.POST.get("sharing", ""))
        except reflecting.NotOffered:
            return HttpResponse(_("This prompt doesn't offer to share that widely."), status=422)
        if not request.htmx:
            messages.success(request, _("Changed: %s") % courses_sharing.means_now(reflection))
            return redirect(request.get_full_path())
    context = {
        "reflection": reflection,
        "choices": courses_sharing.choices(reflection),
        "is_changed": is_changed,
        **_ways(request, reflection),
    }
    template = "courses/parts/readers.html" if request.htmx else "courses/reflection_sharing.html"
    return render(request, template, context)


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Show all texts of it and what changed from one to the next; a POST brings an earlier one back."""
    reflection = _own(enrollment, module_key, block_id)
    ways = _ways(request, reflection)
    if request.method == "POST":
        version = get_object_or_404(reflection.versions, pk=whole_number(request.POST.get("version")))
        version.reflection = reflection
        try:
            reflecting.restore(version=version, based_on=whole_number(request.POST.get("based_on")))
        except reflecting.Stale:
            messages.warning(
                request, _("Your reflection has changed since. Look at it again, and choose then.")
            )
            return redirect(request.get_full_path())
        messages.success(request, _("The earlier text is back. What was there is kept among the versions."))
        return redirect(ways["back_url"])
    page = Paginator(recalling.history(reflection), A_PAGE).get_page(request.GET.get("page"))
    context = {"reflection": reflection, "page_obj": page, **ways}
    return render(request, "courses/reflection_versions.html", context)


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Ask, say what it does to the module, and delete it with its versions."""
    reflection = _own(enrollment, module_key, block_id)
    ways = _ways(request, reflection)
    if request.method == "POST":
        reflecting.delete(reflection=reflection)
        messages.success(request, _("Your reflection and its versions are deleted."))
        return redirect(ways["back_url"])
    progress = enrollment.modules.filter(module_key=module_key).first()
    context = {
        "reflection": reflection,
        "versions": reflection.versions.count(),
        "is_complete": bool(progress and progress.completed_at),
        **ways,
    }
    return render(request, "courses/reflection_delete.html", context)


def _own(enrollment, module_key, block_id) -> Reflection:
    rows = enrollment.reflections.filter(module_key=module_key, block_id=block_id)
    reflection = get_object_or_404(rows)
    reflection.enrollment = enrollment
    return reflection


def _ways(request, reflection) -> dict:
    """Where the person came from and goes back to: the journal, or the prompt in its module."""
    if request.GET.get("from") == "journal":
        return {
            "back_url": reverse("courses:journal"),
            "back_label": _("Back to the journal"),
            "came": "?from=journal",
        }
    back_url = f"{_module(reflection)}#block-{reflection.block_id}"
    return {"back_url": back_url, "back_label": _("Back to the module"), "came": ""}


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
        answer["moved"] = moved_parts(request, lesson)
    return answer


def _stale(request, current: Reflection, text: str) -> HttpResponse:
    if wants_json(request):
        stored = {
            "version": current.version,
            # Every named field of the form, as static/js/courses/fields.js has them.
            "fields": _fields(current),
            "saved": time_format(timezone.localtime(current.saved_at)),
        }
        return JsonResponse({"problem": "stale", "current": stored, "yours": text}, status=409)
    context = {
        "current": current,
        "yours": text,
        "mark": request.POST.get("mark") or current.mark,
        "save_url": request.path,
        "back_url": f"{_module(current)}#block-{current.block_id}",
    }
    return render(request, "courses/reflection_conflict.html", context, status=409)


def _fields(current: Reflection) -> dict:
    fields = {"text": [current.text]}
    if current.scale:
        fields["mark"] = [current.mark] if current.mark else []
    return fields


def _too_long(request, enrollment, module_key, block_id, text) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"problem": "too-long", "limit": reflecting.LIMIT}, status=413)
    context = {
        "text": text,
        "mark": request.POST.get("mark", ""),
        "limit": reflecting.LIMIT,
        "length": len(text),
        "save_url": request.path,
        "based_on": request.POST.get("based_on", ""),
        "back_url": f"{reverse('courses:module', args=[enrollment.pk, module_key])}#block-{block_id}",
    }
    return render(request, "courses/reflection_too_long.html", context, status=413)
