"""What a browser sent: whether a script asks or a form, and numbers that could be anything."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Is it a script that asks, and not a form?"""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def whole_number(text: str | None) -> int:
    """The number that a form or an address holds; 0, on which nothing is based, for anything that is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
