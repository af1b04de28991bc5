"""What belongs to no app: errors, whether this process is well, and what installs the site on a device."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from lms import installing

#: For the rare page that must come without a template (the database or a template itself is broken).
PLAIN_ERROR = "Something went wrong on our side. What you wrote is kept; please try again in a minute."


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when this process reaches its database; a load balancer asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@cache_control(max_age=3600, private=True)
@vary_on_headers("Cookie", "Accept-Language")
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer what a device needs to know in order to install the site."""
    return JsonResponse(installing.manifest(), content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer the worker, from the root: it may act only below the folder that it comes from."""
    return HttpResponse(installing.worker(), content_type="text/javascript")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose page is too old; what was typed is still on that page."""
    return render(request, "403.html", {"stale_form": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; also what a person may not see, so it says nothing about why."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything."""
    try:
        return render(None, "500.html", status=500)
    except TemplateDoesNotExist:
        return HttpResponse(PLAIN_ERROR, status=500, content_type="text/plain")
