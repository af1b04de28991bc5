"""A service by its name, whatever editors call its page and wherever they put it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms import visiting
from cms.models.pages import SERVICES


@require_safe
def show(request: HttpRequest, service: str) -> HttpResponse:
    """Lead to the service's page; while it has none, to the courses that belong to it."""
    if service not in dict(SERVICES):
        raise Http404
    page = visiting.page_of_service(service)
    url = page.get_url(request) if page else None
    return redirect(url or f"{reverse('cms:catalog')}?service={service}")
