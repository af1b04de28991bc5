"""A person's own notes and highlights in a module: made, changed, removed, brought back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import noting, taking_along
from courses.curricula import CourseAway, NotAModule, curriculum_of
from courses.forms import NoteForm
from courses.models import Enrollment, Note
from courses.playing import player_context
from courses.scopes import own_notes
from courses.taking import Lesson
from courses.views.own import for_own_enrollment

A_PAGE = 30


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    """Show all that the person noted, course by course."""
    notes = noting.in_order(own_notes(request.user))
    page = Paginator(notes, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/notes.html", {"page_obj": page})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def export(request: HttpRequest) -> HttpResponse:
    """Give the person all their notes as Markdown or JSON."""
    notes = list(noting.in_order(own_notes(request.user)))
    is_json = request.GET.get("as") == "json"
    write = taking_along.notes_as_json if is_json else taking_along.notes_as_markdown
    kind, ending = ("application/json", "json") if is_json else ("text/markdown", "md")
    name = f"notes-{slugify(request.user.full_name)}-{timezone.localdate()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(request.user, notes), content_type=f"{kind}; charset=utf-8", headers=headers)


@for_own_enrollment
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Mark words of a block, note something about them, or about the block."""
    resolved = curriculum_of(enrollment).resolve(module_key)
    if resolved.block(block_id) is None:
        raise Http404
    form = NoteForm(request.POST or None, quote=request.POST.get("quote", ""))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note = noting.note(enrollment=enrollment, module_key=module_key, block_id=block_id, **said)
        return _noted(request, note)
    module_url = reverse("courses:module", args=[enrollment.pk, module_key])
    context = {
        "form": form,
        "module_title": resolved.module.title,
        "quote": request.POST.get("quote", ""),
        "back_url": f"{module_url}#block-{block_id}",
    }
    return render(request, "courses/note.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note to edit it. Works from the person's own row, whatever became of its module."""
    note = _own(request, pk)
    form = NoteForm(request.POST or None, quote=note.quote, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        noting.change(note=note, text=form.cleaned_data["text"])
        return _noted(request, note)
    context = {
        "form": form,
        "note": note,
        "quote": note.quote,
        "module_title": note.module_title,
        "back_url": _place(note),
    }
    return render(request, "courses/note.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a note; its page offers to bring it back."""
    note = _own(request, pk)
    noting.remove(note=note)
    if request.htmx:
        return _part(request, note, removed_note=note)
    return redirect("courses:own_note", note.pk)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed note back."""
    note = _own(request, pk)
    noting.restore(note=note)
    return _noted(request, note)


def _own(request, pk) -> Note:
    note = get_object_or_404(own_notes(request.user).select_related("enrollment"), pk=pk)
    note.enrollment.person = request.user
    return note


def _noted(request, note: Note) -> HttpResponse:
    """The notes beneath the block by htmx, else the page that they are on."""
    if request.htmx:
        return _part(request, note)
    messages.success(request, _("Kept."))
    return redirect(_place(note))


def _part(request, note: Note, **extra) -> HttpResponse:
    try:
        lesson = Lesson(note.enrollment, curriculum_of(note.enrollment), note.module_key)
    except (CourseAway, NotAModule):
        answer = HttpResponse()
        answer["HX-Redirect"] = reverse("courses:own_note", args=[note.pk])
        return answer
    context = {**player_context(lesson), "noted_block": note.block_id, **extra}
    return render(request, "courses/parts/noted_changed.html", context)


def _place(note: Note) -> str:
    """Where the note stands: beneath its block in the player."""
    module = reverse("courses:module", args=[note.enrollment_id, note.module_key])
    return f"{module}#notes-{note.block_id}"
