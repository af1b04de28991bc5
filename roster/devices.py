"""Devices: what a browser may keep of a person, and when it has to let go.

The browser's side is ``static/js/offline/``; decision 0024 says why words are cleared and not encrypted.
Three headers tell it what only the server knows: whose answer this is (``X-Reader``), that a page may be kept
for reading without a connection (``X-Keep``), under which title (``X-Keep-Title``).
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponseBase

#: Cookies that a script reads. Both last as long as the browser is open.
SHARED = "shared_device"
LEFT = "signed_out"


def is_shared(request: HttpRequest) -> bool:
    """Did the person say that others use this device too?"""
    return request.COOKIES.get(SHARED) == "1"


def call(response: HttpResponseBase, *, shared: bool, secure: bool) -> None:
    """Remember in ``response`` what the person calls this device. What it kept as their own is cleared."""
    if shared:
        response.set_cookie(SHARED, "1", samesite="Lax", secure=secure)
    else:
        response.delete_cookie(SHARED, samesite="Lax")


def keepable(kind: str, title: Callable[..., str] | str = "") -> Callable:
    """Let the reader's own browser keep what the decorated view answers, as ``kind`` of page.

    That ``Cache-Control`` says no-store is no contradiction: it speaks to caches that serve whoever asks.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            return may_keep(view(request, *args, **kwargs), kind=kind, title=str(title))

        return answer

    return decorate


def may_keep(response: HttpResponseBase, *, kind: str, title: str = "") -> HttpResponseBase:
    """Let the reader's own browser keep ``response``; anything but a whole page is left as it is."""
    if response.status_code == 200:
        response["X-Keep"] = kind
        response["X-Keep-Title"] = quote(title)
    return response


def say_whose(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say on ``response`` whose it is: nothing may be kept or sent under another's name."""
    person = getattr(request, "user", None)
    reader = str(person.pk) if person is not None and person.is_authenticated else "nobody"
    if getattr(request, "has_signed_out", False):
        response.set_cookie(LEFT, "1", samesite="Lax", secure=request.is_secure())
        response["Clear-Site-Data"] = '"cache", "storage"'
    elif request.COOKIES.get(LEFT):
        # Signed out in a page without script: the first page with one clears what was kept, whoever reads it.
        reader = f"{reader}; left"
    if is_shared(request):
        reader = f"{reader}; shared"
        del response["X-Keep"]
        del response["X-Keep-Title"]
    response["X-Reader"] = reader


def _note_leaving(sender, request, user, **kwargs) -> None:
    if request is not None and user is not None:
        request.has_signed_out = True


user_logged_out.connect(_note_leaving, dispatch_uid="roster.devices")
