"""Filters that give a text the reader's own words."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from cms import placeholders
from cms.standpoints import MASTER

register = template.Library()
#: What leaders write of a course: paragraphs, lists, emphasis. HTML in it is shown as it was typed.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "heading", "lheading", "code", "fence"]
)


@register.filter
def filled(text, standpoint):
    """Fill the placeholders of ``text`` (rich text or plain words) for the reader; the result is safe.

    Plain words are escaped first; what fills a placeholder always is.
    """
    markup = text.__html__() if hasattr(text, "__html__") else conditional_escape(text)
    return mark_safe(placeholders.fill_markup(markup, standpoint or MASTER))  # noqa: S308 - escaped just above


@register.filter
def marked(words):
    """Markdown as a leader writes it, as safe markup; links with other schemes than the web's stay text."""
    return mark_safe(_MARKDOWN.render(str(words)))  # noqa: S308 - markdown-it escapes all HTML in it
