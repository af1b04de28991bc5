"""Filters that give a text the reader's own words."""

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from markdown_it import MarkdownIt

from cms import languages, placeholders
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


@register.simple_tag
def language_mark(language: str) -> str:
    """``lang`` and ``dir`` for words in that language; nothing where the page speaks it already."""
    if not language or language == languages.speaking():
        return ""
    return format_html(' lang="{}" dir="{}"', language, languages.direction_of(language))


@register.simple_tag
def alternates(page) -> str:
    """Links for search engines to the page in each language that it is in; nothing where that is one."""
    pages = languages.translations_of(page)
    if len(pages) < 2:
        return ""
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        [(one.locale.language_code, one.full_url) for one in pages] + [("x-default", pages[0].full_url)],
    )


@register.simple_tag
def language_name(language: str) -> str:
    """The language's name in the language in force; its code where Django doesn't know it."""
    return languages.name_of(language)


@register.simple_tag
def own_name(language: str) -> str:
    """The language's name in itself."""
    if language in dict(settings.LANGUAGES):
        return get_language_info(language)["name_local"].capitalize()
    return languages.name_of(language)
