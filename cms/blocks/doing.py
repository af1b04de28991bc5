"""Blocks that ask something of the reader: scenarios, checks, reflections, action steps."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import examples
from cms.blocks.base import TailoredBlock, WrittenBlock, anchor_block, layout
from cms.blocks.reading import LINE, PROSE

GROUP = _("To do")


class ScenarioChoice(WrittenBlock):
    """Something a decent colleague might do, and what it costs."""

    text = blocks.RichTextBlock(label=_("Choice"), features=LINE)
    feedback = blocks.RichTextBlock(
        label=_("What it brings about"), features=PROSE, help_text=_("What it gives, and what it costs whom.")
    )
    best = blocks.BooleanBlock(label=_("Best of them"), required=False)

    class Meta:
        label_format = "{text}"


class ScenarioBlock(TailoredBlock):
    """A situation, some ways on, and what each one costs. Nothing is scored or stored."""

    anchor = anchor_block()
    situation = blocks.RichTextBlock(label=_("Situation"), features=PROSE)
    choices = blocks.ListBlock(ScenarioChoice(), label=_("Choices"), min_num=2, max_num=6)

    def gaps(self, value):
        """Nobody learns from three mistakes and no way on; nor where two ways are the best."""
        if [choice.get("best") for choice in value.get("choices", [])].count(True) > 1:
            yield "choices", _("Only one choice can be the best of them.")

    class Meta:
        icon = "comment"
        group = GROUP
        label = _("Scenario")
        label_format = _("Scenario: {situation}")
        description = _(
            "A situation with two to six ways on, each what a decent colleague might do, and what it costs. "
            "Nothing is scored."
        )
        preview_value = examples.SCENARIO
        form_layout = layout("situation", "choices", settings=["anchor"])
        template = "blocks/scenario.html"


class ReflectionBlock(TailoredBlock):
    """A question that the reader answers in their own words; private unless they share it."""

    SHARING = [
        ("private", _("Only the writer")),
        ("coach", _("The writer may share it with the coach")),
        ("building", _("The writer may share it with the coach or the building's team")),
    ]

    anchor = anchor_block()
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    guidance = blocks.RichTextBlock(
        label=_("Guidance"),
        features=PROSE,
        required=False,
        help_text=_("Shown under the question: how to begin, what to leave out."),
    )
    minimum_words = blocks.IntegerBlock(
        label=_("Words asked for"),
        default=0,
        min_value=0,
        max_value=1000,
        help_text=_("0: none. Readers see how many they have; half a page is about 150."),
    )
    share = blocks.ChoiceBlock(
        label=_("Widest sharing"),
        choices=SHARING,
        default="private",
        search_index=False,
        help_text=_("A reflection is private until its writer shares it, and may be made private again."),
    )
    discussion = blocks.BooleanBlock(
        label=_("A building may discuss it"),
        required=False,
        default=False,
        help_text=_(
            "Its principal or coach can then open a discussion for the building's own staff. Reflections "
            "stay what they are: a discussion begins empty."
        ),
    )
    required = blocks.BooleanBlock(label=_("Required"), required=False, default=True)

    class Meta:
        icon = "edit"
        group = GROUP
        label = _("Reflection prompt")
        label_format = _("Reflection: {question}")
        description = _(
            "A question that can be answered honestly in five minutes, and not with a slogan. "
            "Private unless the writer shares it."
        )
        preview_value = examples.REFLECTION
        form_layout = layout(
            "question", "guidance", settings=["required", "minimum_words", "share", "discussion", "anchor"]
        )
        template = "blocks/reflection.html"


class ActionBlock(TailoredBlock):
    """One thing to try, and by when; the reader is asked later how it went."""

    anchor = anchor_block()
    what = blocks.RichTextBlock(label=_("What to try"), features=LINE)
    in_days = blocks.IntegerBlock(
        label=_("Ask how it went after (days)"), default=7, min_value=1, max_value=180
    )
    required = blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=False,
        help_text=_("The module is complete when the reader has set a day for it."),
    )

    class Meta:
        icon = "check"
        group = GROUP
        label = _("Action step")
        label_format = _("Action: {what}")
        description = _("One thing to try with students or colleagues. The reader is asked how it went.")
        preview_value = examples.ACTION
        form_layout = layout("what", "in_days", settings=["required", "anchor"])
        template = "blocks/action.html"
