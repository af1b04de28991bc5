"""The icons, drawn once in a process: the settings put this in the place of the library's own tag.

A page has some forty of them, and the library copies and writes out a tree of XML for each.
"""

import functools

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags import lucide as library

register = template.Library()


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> SafeString:
    """Return the icon of that name, as the library's tag of the same name does."""
    return _drawn(name, size, tuple(attributes.items()))


@functools.lru_cache(maxsize=512)
def _drawn(name: str, size: int | None, attributes: tuple) -> SafeString:
    return library.lucide(name, size=size, **dict(attributes))
