"""A person's journal, on a page, on paper and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses import journal, noting, reflecting, sharing, taking_along
from courses.forms import JournalForm
from courses.models import Note
from courses.reading import to_markup
from courses.scopes import own_notes

A_PAGE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what the person wrote, narrowed by what they look for."""
    form, found = _found(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "entries": journal.opened(request.user, page.object_list),
        "count": len(found),
        "is_narrowed": any(value for name, value in request.GET.items() if name != "page"),
        "query": request.GET.urlencode(),
        "may_receive": sharing.may_receive(request.user),
    }
    template = "courses/parts/journal_list.html" if request.htmx else "courses/journal.html"
    return render(request, template, context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def on_paper(request: HttpRequest) -> HttpResponse:
    """Show all that fits on one page made for paper, a course after the other; the notes after all of it."""
    form, found = _found(request)
    courses = taking_along.by_course(journal.opened(request.user, found))
    context = {"courses": courses, "notes": _notes(request, form)}
    return render(request, "courses/journal_on_paper.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def export(request: HttpRequest) -> HttpResponse:
    """Give the person what they look at as PDF, Markdown or JSON; with all of it their notes."""
    form, found = _found(request)
    ending = request.GET.get("as")
    kind, write = _FILES.get(ending, _FILES["md"])
    entries = journal.opened(request.user, found, with_versions=ending == "json")
    name = f"journal-{slugify(request.user.full_name)}-{timezone.localdate()}"
    name = f"{name}.{ending if ending in _FILES else 'md'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        write(request.user, entries, _notes(request, form)), content_type=kind, headers=headers
    )


@login_required
@never_cache
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Give what is being typed as it will be read. Nothing is kept."""
    return HttpResponse(to_markup(request.POST.get("text", "")[: reflecting.LIMIT]))


_FILES = {
    "md": ("text/markdown; charset=utf-8", taking_along.as_markdown),
    "json": ("application/json; charset=utf-8", taking_along.as_json),
    "pdf": ("application/pdf", taking_along.as_pdf),
}


def _notes(request, form: JournalForm) -> list[Note]:
    """The person's own notes, where they look for nothing: then they take all that they wrote."""
    return [] if form.wish != journal.Wish() else list(noting.in_order(own_notes(request.user)))


def _found(request):
    form = JournalForm(request.GET, courses=journal.courses_of(request.user))
    return form, journal.found(request.user, form.wish)
