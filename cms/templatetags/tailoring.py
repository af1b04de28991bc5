"""Filters that give a text the reader's own words."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from cms import placeholders
from cms.standpoints import MASTER

register = template.Library()


@register.filter
def filled(text, standpoint):
    """Fill the placeholders of ``text`` (rich text or plain words) for the reader; the result is safe.

    Plain words are escaped first; what fills a placeholder always is.
    """
    markup = text.__html__() if hasattr(text, "__html__") else conditional_escape(text)
    return mark_safe(placeholders.fill_markup(markup, standpoint or MASTER))  # noqa: S308 - escaped just above
