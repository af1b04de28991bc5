"""Filters for the markup of lessons."""

import re

from django import template
from django.utils.safestring import SafeString

register = template.Library()

_BETWEEN = re.compile(r"</p>\s*<p[^>]*>")
_AROUND = re.compile(r"</?p(?:\s[^>]*)?>")


@register.filter
def line(markup):
    """Rich text without its paragraphs, for a label or a summary, where HTML allows none.

    Takes what ``filled`` gives: markup that is safe already.
    """
    return SafeString(_AROUND.sub("", _BETWEEN.sub("<br>", str(markup))))
