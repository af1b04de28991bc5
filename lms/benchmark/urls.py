"""The site's addresses and the yardstick: Wagtail's own way of serving a page, with nothing of ours."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from wagtail.models import Site

from lms.urls import *  # noqa: F403 - the site as it is, handlers and all
from lms.urls import urlpatterns as of_the_site


def bare(request: HttpRequest, path: str) -> TemplateResponse:
    """Route and draw a page as Wagtail does: page, blocks and the site's frame around them."""
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    page = site.root_page.localized.specific.route(request, parts).page
    request.is_preview = False
    return TemplateResponse(request, "benchmark/bare.html", {"page": page, "self": page, "request": request})


urlpatterns = [path("bare/<path:path>", bare, name="bare"), *of_the_site]
