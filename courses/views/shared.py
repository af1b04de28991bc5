"""What others chose to share with a coach or with their building's team. Nobody else has such a page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import sharing
from courses.forms import SharedForm
from roster.standing import standing_of

A_PAGE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    """Show what is shared with the person today, the newest first."""
    if not sharing.may_receive(request.user):
        raise Http404
    form = SharedForm(
        request.GET,
        courses=sharing.courses_shared_with(request.user),
        buildings=sharing.buildings_shared_with(request.user),
    )
    page = Paginator(sharing.shared_with(request.user, form.wish), A_PAGE).get_page(request.GET.get("page"))
    is_narrowed = any(value for name, value in request.GET.items() if name != "page")
    context = {
        "form": form,
        "page_obj": page,
        "is_narrowed": is_narrowed,
        "learns": standing_of(request.user).learns,
    }
    template = "courses/parts/shared_list.html" if request.htmx else "courses/shared.html"
    return render(request, template, context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of them; what isn't shared, or no longer, does not exist."""
    reflection = get_object_or_404(sharing.shared_with(request.user), pk=pk)
    return render(request, "courses/shared_reflection.html", {"reflection": reflection})
