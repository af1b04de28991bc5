"""The streams: what a module, a standard page and an edition may hold."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.audience import AudiencesBlock
from cms.blocks.base import TailoredBlock, anchor_block
from cms.blocks.doing import ActionBlock, CheckBlock, ReflectionBlock, ScenarioBlock
from cms.blocks.reading import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    QuoteBlock,
    ResourceBlock,
    TableBlock,
    TextBlock,
    VideoBlock,
)


class PageBody(blocks.StreamBlock):
    """What a standard page, a service page or the home page is made of."""

    text = TextBlock()
    heading = HeadingBlock()
    image = ImageBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    resource = ResourceBlock()


class Passage(PageBody):
    """All blocks that may stand inside a variant, a named place or an edition."""

    scenario = ScenarioBlock()
    check = CheckBlock()
    reflection = ReflectionBlock()
    action = ActionBlock()


class Variant(blocks.StructBlock):
    """What the named audiences see."""

    audiences = AudiencesBlock(required=True, label=_("For"), help_text=_("Who sees this alternative."))
    blocks = Passage(label=_("Blocks"))


class VariantsBlock(TailoredBlock):
    """Alternatives for audiences: the first that fits is shown, everyone else gets the default."""

    anchor = anchor_block()
    options = blocks.ListBlock(Variant(), label=_("Alternatives"), min_num=1)
    otherwise = Passage(label=_("Everyone else"), required=False)

    class Meta:
        icon = "list-ol"
        group = _("Tailor")
        label = _("Variants")
        template = "blocks/variants.html"


class LocalBlock(TailoredBlock):
    """A named place where an edition speaks; who has no edition here sees what stands in it."""

    anchor = anchor_block()
    name = blocks.CharBlock(label=_("What belongs here"), required=False, max_length=120)
    otherwise = Passage(label=_("Without an edition"), required=False)

    class Meta:
        icon = "home"
        group = _("Tailor")
        label = _("Place for the building")
        template = "blocks/local.html"


class ModuleBody(Passage):
    """What a module is made of."""

    variants = VariantsBlock()
    local = LocalBlock()


class ModuleSetting(blocks.StructBlock):
    """A module made required, optional or left out for this edition's readers."""

    module = blocks.PageChooserBlock(label=_("Module"), page_type="cms.ModulePage")
    standing = blocks.ChoiceBlock(
        label=_("In this edition"),
        choices=[("required", _("Required")), ("optional", _("Optional")), ("hidden", _("Left out"))],
    )

    class Meta:
        icon = "cog"
        label = _("Module's standing")


class Addition(blocks.StructBlock):
    """Blocks that an edition adds to a module: at its start, its end, or a named place inside it."""

    module = blocks.PageChooserBlock(label=_("Module"), page_type="cms.ModulePage")
    place = blocks.CharBlock(
        label=_("Where"),
        default="end",
        max_length=60,
        help_text=_("“start”, “end”, or the name of a place inside the module."),
    )
    blocks = Passage(label=_("Blocks"))

    class Meta:
        icon = "plus"
        label = _("Addition to a module")


class EditionChanges(blocks.StreamBlock):
    """What an edition does with a course's modules."""

    standing = ModuleSetting()
    addition = Addition()
