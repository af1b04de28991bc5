"""What the blocks of a protocol have in common."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import BlockGroup

from cms.blocks.base import WrittenBlock, anchor_block
from cms.placeholders import PATTERN

#: A protocol is linked to pages of this site only by what prepares for a step: an address in a text would go
#: stale in a version that is kept for years.
PROSE = ["bold", "italic", "ol", "ul", "link"]

ANCHOR_HELP = _(
    "Small letters and hyphens. Answers hang on it: leave it as it is once the protocol is published."
)


def name_block():
    """The name under which files, translations and other prompts know a block."""
    return anchor_block(ANCHOR_HELP)


def layout(*children, settings=()):
    """A form with ``children`` in sight and ``settings`` folded away."""
    return BlockGroup(children=list(children), settings=list(settings))


class ProtocolBlock(WrittenBlock):
    """Fields of a protocol. Its words are for every team, so nothing in them is filled in for a reader."""

    def gaps(self, value):
        """No placeholders, and links only to elsewhere."""
        for name, text in self.texts(value):
            if PATTERN.search(text):
                yield name, _("Placeholders such as {building} mean nothing in a protocol. Say it in words.")
            if "linktype=" in text:
                yield (
                    name,
                    _("Link to pages of this site by “What prepares for it”, where links can't go stale."),
                )
