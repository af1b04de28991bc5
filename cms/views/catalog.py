"""Addresses that must be known by name, whatever editors call the pages behind them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from cms.models import CatalogPage


def catalog(request: HttpRequest) -> HttpResponse:
    """The catalog of the active language, or else the first there is."""
    pages = CatalogPage.objects.live().select_related("locale")
    page = min(pages, key=lambda page: page.locale.language_code != get_language(), default=None)
    if page is None:
        raise Http404
    return page.serve(request)
