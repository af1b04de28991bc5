"""The filter that shows what a person typed as it is read."""

from django import template
from django.utils.safestring import SafeString

from courses import reading

register = template.Library()


@register.filter
def as_read(text: str) -> SafeString:
    """Return the text as safe markup, to stand in ``<div class="as-read">``."""
    return reading.to_markup(text)
