"""A person's journal, on a page and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import journal
from courses.forms import JournalForm

A_PAGE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what the person wrote, narrowed by what they look for."""
    form, found = _found(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {"form": form, "page_obj": page, "count": len(found), "is_narrowed": any(request.GET.values())}
    template = "courses/parts/journal_list.html" if request.htmx else "courses/journal.html"
    return render(request, template, {**context, "query": query})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def export(request: HttpRequest) -> HttpResponse:
    """Give the person what they look at as Markdown or JSON."""
    _form, found = _found(request)
    is_json = request.GET.get("as") == "json"
    if is_json:
        prefetch_related_objects(found, "versions")
    text = journal.as_json(request.user, found) if is_json else journal.as_markdown(request.user, found)
    kind, ending = ("application/json", "json") if is_json else ("text/markdown", "md")
    name = f"journal-{slugify(request.user.full_name)}-{timezone.localdate()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)


def _found(request):
    form = JournalForm(request.GET, courses=journal.courses_of(request.user))
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    wish = journal.Wish(
        words=said.get("q", ""),
        course_key=said.get("course", ""),
        since=said.get("since"),
        until=said.get("until"),
    )
    return form, journal.entries(request.user, wish)
