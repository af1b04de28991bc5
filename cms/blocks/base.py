"""What the blocks of a module have in common."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.audience import AudiencesBlock

ANCHOR = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens, like “warm-note”.")
)


def anchor_block():
    """The name under which files, links and editions know a block. It never changes once published."""
    return blocks.CharBlock(
        label=_("Name in links and files"),
        required=False,
        max_length=60,
        validators=[ANCHOR],
        help_text=_("Small letters and hyphens. Leave it as it is once the page is published."),
        search_index=False,
    )


class TailoredBlock(blocks.StructBlock):
    """A block of a module: its own fields, and *Shown to*."""

    shown_to = AudiencesBlock()
