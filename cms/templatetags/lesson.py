"""Filters for the markup of lessons."""

import re

from django import template
from django.utils.safestring import SafeString

from cms.blocks import doing

register = template.Library()

_BETWEEN = re.compile(r"</p>\s*<p[^>]*>")
_AROUND = re.compile(r"</?p(?:\s[^>]*)?>")


@register.filter
def starters(value):
    """The ways to begin that a reflection prompt offers, as a list."""
    return doing.starters_of(value)


@register.filter
def steps(count):
    """The steps of a scale, from 1 on."""
    return range(1, (count or 0) + 1)


@register.filter
def line(markup):
    """Rich text without its paragraphs, for a label or a summary, where HTML allows none.

    Takes what ``filled`` gives: markup that is safe already.
    """
    return SafeString(_AROUND.sub("", _BETWEEN.sub("<br>", str(markup))))
