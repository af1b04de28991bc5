"""What the blocks of a module have in common."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError
from wagtail.rich_text import RichText

from cms import placeholders
from cms.blocks.audience import AudiencesBlock
from cms.blocks.cleaning import cleaned
from cms.standpoints import MASTER

ANCHOR = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens, like “warm-note”.")
)


ANCHOR_HELP = _("Small letters and hyphens. Leave it as it is once the page is published.")


class NameBlock(blocks.CharBlock):
    """A name that something hangs on: the same in every language, so translators never see it."""

    def get_translatable_segments(self, value):
        """Nothing, for wagtail-localize."""
        return []

    def restore_translated_segments(self, value, segments):
        """The name as it is."""
        return value

    def deconstruct(self):
        """As the plain field that it is kept as: that translators don't see it is no matter of migrations."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


def anchor_block(help_text=ANCHOR_HELP):
    """The name under which files, links and editions know a block. It never changes once published."""
    return NameBlock(
        label=_("Name in links and files"),
        required=False,
        max_length=60,
        validators=[ANCHOR],
        help_text=help_text,
        search_index=False,
    )


def words_asked_block(help_text):
    """How many words an answer should have at least; it can be left with fewer."""
    return blocks.IntegerBlock(
        label=_("Words asked for"), default=0, min_value=0, max_value=1000, help_text=help_text
    )


def layout(*children, settings=()):
    """A form with ``children`` in sight and ``settings`` and *Shown to* folded away."""
    return BlockGroup(children=list(children), settings=[*settings, "shown_to"])


def source_of(text) -> str:
    """Rich or plain ``text`` as it is kept."""
    return (text.source if isinstance(text, RichText) else text) or ""


class WrittenBlock(blocks.StructBlock):
    """Fields that belong together, with rules between them.

    Rich text is cleaned, and placeholders must be known, whether the block is published or a draft.
    Subclasses add rules by ``gaps``, which only count when the page is published: an editor may save
    half a knowledge check.
    """

    def clean(self, value):
        """``value`` as it may be kept.

        Raises:
            StructBlockValidationError: with a message at each field that needs another look.
        """
        errors = {}
        try:
            value = super().clean(value)
        except StructBlockValidationError as error:
            errors = dict(error.block_errors)
        for name, text in value.items():
            if isinstance(text, RichText):
                value[name] = RichText(cleaned(source_of(text)))
        for name, message in self._problems(value):
            errors.setdefault(name, ValidationError(message))
        if errors:
            raise StructBlockValidationError(errors)
        return value

    def gaps(self, value):
        """What keeps ``value`` from being published, as pairs of a field's name and what to do about it."""
        return ()

    def texts(self, value):
        """All words of ``value``, rich or plain, as pairs of the field's name and the text."""
        for name, text in value.items():
            if isinstance(text, RichText | str):
                yield name, source_of(text)

    def _problems(self, value):
        for name, text in self.texts(value):
            if unknown := placeholders.unknown_in(text):
                yield name, unknown_message(unknown)
        if not self.is_deferred_validation:
            yield from self.gaps(value)


class TailoredBlock(WrittenBlock):
    """A block of a module: its own fields, and *Shown to*."""

    shown_to = AudiencesBlock()

    def get_context(self, value, parent_context=None):
        """Add from where it is read and the block's id, where whoever draws the page said neither."""
        context = super().get_context(value, parent_context)
        context.setdefault("standpoint", MASTER)
        context.setdefault("block_id", context.get("id") or "")
        return context


def unknown_message(names):
    """What an editor is told of placeholders that mean nothing."""
    return _("Nothing is known by {%(unknown)s}. You can use %(known)s.") % {
        "unknown": "}, {".join(names),
        "known": ", ".join(f"{{{name}}}" for name in sorted(placeholders.KNOWN)),
    }
