"""Tags that draw a module as its reader takes it."""

import datetime
import re

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString

from cms import drawing
from courses.taking import Lesson, Part

register = template.Library()

_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")


@register.simple_tag(takes_context=True)
def drawn_blocks(context: Context, lesson: Lesson) -> list[dict]:
    """Return the lesson's blocks as ``blocks/lesson.html`` takes them: ``source`` and ``html``.

    A block that asks something is drawn with what the person wrote; the others by their own templates.
    """
    return [
        {"source": block.source, "html": _draw(context, block, lesson.parts.get(block.id))}
        for block in lesson.resolved.blocks
    ]


@register.simple_tag(takes_context=True)
def draw_part(context: Context, part: Part) -> SafeString:
    """Return the markup of one part, as it stands in the module."""
    chosen = context.template.engine.get_template(part.template)
    with context.push(part=part, block_id=part.block_id, value=part.value):
        return chosen.render(context)


def _draw(context, block, part) -> SafeString:
    if part:
        return draw_part(context, part)
    return _marked(drawing.draw(block, context["standpoint"]), block.id)


def _marked(markup: str, block_id: str) -> SafeString:
    """Name the block on its outermost element, so that the page can remember where its reader is.

    Here and not in the blocks' templates: nobody else needs it, and a wrapper would come between the
    lesson's grid and what lies on it.
    """
    return SafeString(_FIRST_TAG.sub(rf'<\1 data-block="{escape(block_id)}"', markup, count=1))


@register.filter
def days_until(today: datetime.date, day: datetime.date) -> int:
    """Return how many days lie between; fewer than none when the day is past."""
    return (day - today).days


@register.filter
def absolute(number: int) -> int:
    """Return the number without its sign."""
    return abs(number)
