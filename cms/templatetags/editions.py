"""A filter for the pages on which editions are written."""

from django import template

from cms import fitting

register = template.Library()


@register.filter
def excerpt(stored):
    """How a stored block begins, in plain words."""
    return fitting.excerpt(stored, 160)
