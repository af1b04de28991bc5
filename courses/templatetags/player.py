"""Tags that draw a module as its reader takes it."""

import datetime
import html
import re
from functools import cached_property

from django import template
from django.template import Context
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

from cms import drawing
from cms.templatetags.tailoring import language_mark
from courses import noting
from courses.completing import wording
from courses.parts import Part, address_at
from courses.taking import Lesson

register = template.Library()

_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")
_TAGS = re.compile(r"<[^>]*>?")
#: Nobody notes something at a heading: the text below it is what they mean.
_NOT_NOTED = frozenset({"heading"})


@register.simple_tag(takes_context=True)
def drawn_blocks(context: Context, lesson: Lesson) -> list[dict]:
    """Return the lesson's blocks as ``blocks/lesson.html`` takes them: ``source``, ``html``, ``beneath``.

    A block that asks something is drawn with what the person wrote; the others by their own templates.
    Beneath each stand the person's notes, or the way to one.
    """
    offer = _Offer(context, lesson)
    drawn = []
    for block in lesson.resolved.blocks:
        markup = _draw(context, block, lesson.parts.get(block.id))
        drawn.append({"source": block.source, "html": markup, "beneath": offer.beneath(block, markup)})
    _find_lost(lesson)
    return drawn


@register.simple_tag(takes_context=True)
def draw_noted(context: Context, lesson: Lesson, block_id: str) -> SafeString:
    """Return what stands beneath one block after a note there was changed; all notes are looked at anew."""
    offer, beneath = _Offer(context, lesson), SafeString("")
    for block in lesson.resolved.blocks:
        if block.id == block_id or lesson.notes_at(block.id):
            markup = _draw(context, block, lesson.parts.get(block.id))
            found = SafeString(offer.notes(block, markup))
            beneath = found if block.id == block_id else beneath
    _find_lost(lesson)
    return beneath


@register.simple_tag(takes_context=True)
def draw_part(context: Context, part: Part) -> SafeString:
    """Return the markup of one part, as it stands in the module."""
    chosen = context.template.engine.get_template(part.template)
    with _speaking(part.block), context.push(part=part, block_id=part.block_id, value=part.value):
        markup = chosen.render(context)
    return _on_the_outermost(markup, language_mark(part.block.language))


def _draw(context, block, part) -> SafeString:
    if part:
        return draw_part(context, part)
    with _speaking(block):
        markup = drawing.draw(block, context["standpoint"])
    name = escape(block.id)
    return _on_the_outermost(markup, f' id="block-{name}" data-block="{name}"{language_mark(block.language)}')


def _speaking(block):
    """A block speaks one language: what the site says in it is said in that of its words."""
    return translation.override(block.language or translation.get_language())


def _on_the_outermost(markup: str, attributes: str) -> SafeString:
    """Say the block's name (where its reader is, is remembered by it) and language on its outermost element.

    Here and not in the blocks' templates: nobody else needs it, and a wrapper would come between the
    lesson's grid and what lies on it.
    """
    return SafeString(_FIRST_TAG.sub(rf"<\1{attributes}", markup, count=1))


class _Offer:
    """Draws what stands beneath blocks. The bare link is drawn once a page: a module has thirty of them."""

    def __init__(self, context: Context, lesson: Lesson):
        self.context = context
        self.lesson = lesson

    @cached_property
    def bare(self) -> str:
        """The link of a block without notes."""
        return self._template("courses/parts/note_link.html").render(self.context)

    def beneath(self, block, markup: str) -> SafeString:
        """What stands beneath ``block``, drawn as ``markup``: discussions; notes, or the way to one."""
        return SafeString(self._talks(block) + self.notes(block, markup))

    def notes(self, block, markup: str) -> str:
        """The notes at ``block``, each knowing whether its passage stands; without any, the way to one."""
        notes = self.lesson.notes_at(block.id)
        for note in notes:
            note.stands = noting.stands_in(note, markup)
        url = address_at("note", self.lesson.enrollment.pk, self.lesson.key, block.id)
        begins = _begins(block, markup)
        removed = self.context.get("removed_note")
        if notes or (removed and removed.block_id == block.id):
            chosen = self._template("courses/parts/noted.html")
            with self.context.push(notes=notes, block_id=block.id, note_url=url, begins=begins):
                return chosen.render(self.context)
        if block.type in _NOT_NOTED:
            return ""
        filled = self.bare.replace("-block-", escape(block.id)).replace("-url-", escape(url))
        return filled.replace("-begins-", escape(begins))

    def _talks(self, block) -> str:
        talks = self.lesson.talks_at(block.id)
        chosen = self._template("courses/parts/discussion_link.html") if talks else None
        drawn = []
        for talk in talks:
            with self.context.push(talk=talk):
                drawn.append(chosen.render(self.context))
        return "".join(drawn)

    def _template(self, name):
        return self.context.template.engine.get_template(name)


def _begins(block, markup: str) -> str:
    """The first words of a block: what a link about it is told apart by."""
    if block.type in drawing.ASKING:
        words = wording(block).split()
    else:
        words = html.unescape(_TAGS.sub(" ", markup[:600])).split()
    return " ".join(words[:6])


def _find_lost(lesson: Lesson) -> None:
    """Say of notes whose block this person doesn't get any more that their passage is gone."""
    for note in lesson.notes:
        if not hasattr(note, "stands"):
            note.stands = False
            note.is_lost = True


@register.filter
def days_until(today: datetime.date, day: datetime.date) -> int:
    """Return how many days lie between; fewer than none when the day is past."""
    return (day - today).days


@register.filter
def absolute(number: int) -> int:
    """Return the number without its sign."""
    return abs(number)
