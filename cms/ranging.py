"""Ranging: giving a player the part of a film that it asks for. Without that a browser can't jump in it.

Wagtail's view sends a document whole. It asks who may have it first, and so do we: this comes after those
questions. Where files live on other machines (S3), they are sent from there, parts and all.
"""

import re

from django.http import HttpResponse

_RANGE = re.compile(r"bytes=(?=\d|-\d)(\d{0,15})-(\d{0,15})")
PLAYED = ("audio/", "video/")
#: A part may be shorter than what was asked for: the player then asks for the next.
MOST_BYTES = 1024 * 1024


def part_of(document, asked: str) -> HttpResponse | None:
    """The part of a film or recording that the header ``asked`` names; None where the whole is to be sent."""
    wanted = _RANGE.fullmatch(asked or "")
    if not wanted or not document.content_type.startswith(PLAYED) or not _is_here(document):
        return None
    size = document.file.size
    span = _span(wanted[1], wanted[2], size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    begin, end = span
    with document.file.storage.open(document.file.name) as file:
        file.seek(begin)
        content = file.read(end - begin + 1)
    # Wagtail takes no streaming answer from here.
    response = HttpResponse(content, status=206, content_type=document.content_type)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_here(document) -> bool:
    try:
        return bool(document.file.path)
    except NotImplementedError:
        return False


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """First and last byte of what is asked for; None where the file has none of it."""
    if first:
        begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    else:
        begin, end = max(0, size - int(last)), size - 1
    return (begin, min(end, begin + MOST_BYTES - 1)) if begin <= end else None
