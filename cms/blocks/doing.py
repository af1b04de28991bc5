"""Blocks that ask something of the reader: scenarios, checks, reflections, action steps."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import TailoredBlock, anchor_block
from cms.blocks.reading import LINE, PROSE


class ScenarioChoice(blocks.StructBlock):
    """Something a decent colleague might do, and what it costs."""

    text = blocks.RichTextBlock(label=_("Choice"), features=LINE)
    feedback = blocks.RichTextBlock(label=_("What it brings about"), features=PROSE)
    best = blocks.BooleanBlock(label=_("Best of them"), required=False)


class ScenarioBlock(TailoredBlock):
    """A situation, some ways on, and what each one costs. Nothing is scored or stored."""

    anchor = anchor_block()
    situation = blocks.RichTextBlock(label=_("Situation"), features=PROSE)
    choices = blocks.ListBlock(ScenarioChoice(), label=_("Choices"), min_num=2, max_num=6)

    class Meta:
        icon = "comment"
        group = _("Do")
        label = _("Scenario")
        template = "blocks/scenario.html"


class CheckAnswer(blocks.StructBlock):
    """An answer that can be chosen, whether it is right, and what is said to who chose it."""

    text = blocks.RichTextBlock(label=_("Answer"), features=LINE)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.RichTextBlock(label=_("Feedback"), features=PROSE, required=False)


class CheckBlock(TailoredBlock):
    """A knowledge check. For *ordering* the answers stand in their right order."""

    KINDS = [
        ("single", _("One right answer")),
        ("multiple", _("Several right answers")),
        ("truefalse", _("True or false")),
        ("ordering", _("Put in order")),
    ]

    anchor = anchor_block()
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="single")
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    answers = blocks.ListBlock(CheckAnswer(), label=_("Answers"), min_num=2, max_num=10)
    feedback = blocks.RichTextBlock(label=_("Feedback on the whole"), features=PROSE, required=False)
    attempts = blocks.IntegerBlock(
        label=_("Attempts"), default=0, min_value=0, max_value=20, help_text=_("0: as often as they like.")
    )
    pass_mark = blocks.IntegerBlock(label=_("Pass mark (percent)"), default=100, min_value=0, max_value=100)
    required = blocks.BooleanBlock(label=_("Required"), required=False, default=True)

    class Meta:
        icon = "help"
        group = _("Do")
        label = _("Knowledge check")
        template = "blocks/check.html"


class ReflectionBlock(TailoredBlock):
    """A question that the reader answers in their own words; private unless they share it."""

    SHARING = [
        ("private", _("Only the writer")),
        ("coach", _("The writer may share it with the coach")),
        ("building", _("The writer may share it with the coach or the building's team")),
    ]

    anchor = anchor_block()
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    guidance = blocks.RichTextBlock(label=_("Guidance"), features=PROSE, required=False)
    minimum_words = blocks.IntegerBlock(label=_("Words asked for"), default=0, min_value=0, max_value=1000)
    share = blocks.ChoiceBlock(label=_("Widest sharing"), choices=SHARING, default="private")
    required = blocks.BooleanBlock(label=_("Required"), required=False, default=True)

    class Meta:
        icon = "edit"
        group = _("Do")
        label = _("Reflection prompt")
        template = "blocks/reflection.html"


class ActionBlock(TailoredBlock):
    """One thing to try, and by when; the reader is asked later how it went."""

    anchor = anchor_block()
    what = blocks.RichTextBlock(label=_("What to try"), features=LINE)
    in_days = blocks.IntegerBlock(
        label=_("Ask how it went after (days)"), default=7, min_value=1, max_value=180
    )
    required = blocks.BooleanBlock(label=_("Required"), required=False, default=False)

    class Meta:
        icon = "tick"
        group = _("Do")
        label = _("Action step")
        template = "blocks/action.html"
