"""The streams: what a module, a standard page and an edition may hold."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms import bringing_back
from cms.blocks import examples
from cms.blocks.audience import AudiencesBlock
from cms.blocks.base import TailoredBlock, WrittenBlock, anchor_block, layout
from cms.blocks.checks import CheckBlock, PoolBlock
from cms.blocks.doing import ActionBlock, ReflectionBlock, ScenarioBlock
from cms.blocks.media import AudioBlock, VideoBlock
from cms.blocks.reading import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    QuoteBlock,
    ResourceBlock,
    TableBlock,
    TextBlock,
)
from cms.blocks.walking import anchors_in, place_names

GROUP = _("To tailor")

#: Places that every module has, beside those that a *Place for the building* names.
FIXED_PLACES = ("start", "end")


class PageBody(blocks.StreamBlock):
    """What a standard page, a service page or the home page is made of."""

    text = TextBlock()
    heading = HeadingBlock()
    image = ImageBlock()
    video = VideoBlock()
    audio = AudioBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    resource = ResourceBlock()


class Passage(PageBody):
    """All blocks that may stand inside a variant, a named place or an edition."""

    scenario = ScenarioBlock()
    check = CheckBlock()
    pool = PoolBlock()
    reflection = ReflectionBlock()
    action = ActionBlock()


class Variant(WrittenBlock):
    """What the named audiences see."""

    audiences = AudiencesBlock(label=_("For"), help_text=_("Who sees this alternative."))
    blocks = Passage(label=_("Blocks"))

    def gaps(self, value):
        """An alternative for everyone would hide all that come after it."""
        if not value.get("audiences"):
            yield "audiences", _("Who sees this alternative? What everyone else gets stands below.")

    class Meta:
        label_format = "{audiences}"
        form_layout = ["audiences", "blocks"]


class VariantsBlock(TailoredBlock):
    """Alternatives for audiences: the first that fits is shown, everyone else gets the default."""

    anchor = anchor_block()
    options = blocks.ListBlock(
        Variant(), label=_("Alternatives"), min_num=1, help_text=_("The first one that fits is shown.")
    )
    otherwise = Passage(
        label=_("Everyone else"), required=False, help_text=_("Empty: they see nothing here.")
    )

    def get_preview_value(self):
        """The example, with a name for its audience even where none of that name is known."""
        return self.to_python(examples.VARIANTS)

    class Meta:
        icon = "list-ol"
        group = GROUP
        label = _("Variants")
        label_format = _("Variants: {options}")
        description = _(
            "The same idea told differently: an elementary classroom for some, a high school for others, "
            "something general for everyone else. Each reader sees one."
        )
        form_layout = layout("options", "otherwise", settings=["anchor"])
        template = "blocks/variants.html"


class LocalBlock(TailoredBlock):
    """A named place where an edition speaks; who has no edition here sees what stands in it."""

    anchor = anchor_block(_("Editions speak here by this name. Leave it as it is once it is published."))
    name = blocks.CharBlock(
        label=_("What belongs here"),
        required=False,
        max_length=120,
        help_text=_("For whoever writes a building's edition, like “Your own first week”."),
        search_index=False,
    )
    otherwise = Passage(
        label=_("Without an edition"),
        required=False,
        help_text=_("What readers see whose building has not spoken here. May be empty."),
    )

    def gaps(self, value):
        """An edition finds the place by its name, so there is one, and it isn't *start* or *end*."""
        if not value.get("anchor"):
            yield "anchor", _("Give the place a name, so that editions can find it.")
        elif value["anchor"] in FIXED_PLACES:
            yield "anchor", _("Every module has “start” and “end” already; choose another name.")

    def get_preview_value(self):
        """The example, with its passage built from its stored form."""
        return self.to_python(examples.LOCAL)

    class Meta:
        icon = "home"
        group = GROUP
        label = _("Place for the building")
        label_format = _("Place: {name}")
        description = _(
            "A place where a building's or district's edition says something of its own. "
            "Everyone else sees what you put in it."
        )
        form_layout = layout("anchor", "name", "otherwise")
        template = "blocks/local.html"


class ModuleBody(Passage):
    """What a module is made of."""

    variants = VariantsBlock()
    local = LocalBlock()

    def clean(self, value):
        """``value`` as it may be kept.

        Raises:
            StreamBlockValidationError: a block has a problem, or two have one name: records, links and
                editions couldn't tell them apart.
        """
        value = super().clean(value)
        named = [list(anchors_in([child])) for child in value]
        count = Counter(anchor for anchors in named for anchor in anchors)
        errors = {
            index: ValidationError(_("“%s” names another block of this module too.") % anchor)
            for index, anchors in enumerate(named)
            for anchor in anchors
            if count[anchor] > 1
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value


class ModuleSetting(blocks.StructBlock):
    """A module made required, optional or left out for this edition's readers."""

    module = blocks.PageChooserBlock(label=_("Module"), page_type="cms.ModulePage")
    standing = blocks.ChoiceBlock(
        label=_("In this edition"),
        choices=[("required", _("Required")), ("optional", _("Optional")), ("hidden", _("Left out"))],
        search_index=False,
    )

    class Meta:
        icon = "cog"
        label = _("Module's standing")
        label_format = "{module}: {standing}"
        description = _("Makes a module required or optional for these readers, or leaves it out.")


class Addition(WrittenBlock):
    """Blocks that an edition adds to a module: at its start, its end, or a named place inside it."""

    module = blocks.PageChooserBlock(label=_("Module"), page_type="cms.ModulePage")
    place = blocks.CharBlock(
        label=_("Where"),
        default="end",
        max_length=60,
        help_text=_("“start”, “end”, or the name of a place inside the module."),
        search_index=False,
    )
    blocks = Passage(label=_("Blocks"))

    def gaps(self, value):
        """The module must have the place, and its course what prompts bring back, live or in a draft."""
        yield from self._place_gaps(value)
        yield from self._recalled_gaps(value)

    def _recalled_gaps(self, value):
        own = bringing_back.prompts_in(
            self.child_blocks["blocks"].get_prep_value(value.get("blocks") or []), ""
        )
        module = value.get("module")
        if not module or not any(True for prompt in own for _name in prompt.named):
            return
        course = [
            prompt
            for page in module.get_parent().get_children().specific()
            for prompt in bringing_back.prompts_in(
                page.body.stream_block.get_prep_value(page.body), page.title
            )
        ]
        for mistake in bringing_back.mistakes_in(own, course):
            yield "blocks", mistake.words

    def _place_gaps(self, value):
        module, place = value.get("module"), value.get("place")
        if not module or place in FIXED_PLACES:
            return
        known = place_names(module)
        if place not in known:
            yield (
                "place",
                _("“%(module)s” has no place of that name. It has: %(places)s.")
                % {"module": module.title, "places": ", ".join([*FIXED_PLACES, *known])},
            )

    class Meta:
        icon = "plus"
        label = _("Addition to a module")
        label_format = _("{module}, at {place}")
        description = _("The building's own blocks at a module's start, its end, or a place made for them.")


class EditionChanges(blocks.StreamBlock):
    """What an edition does with a course's modules."""

    standing = ModuleSetting()
    addition = Addition()
