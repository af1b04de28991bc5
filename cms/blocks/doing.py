"""Blocks that ask something of the reader: scenarios, checks, reflections, action steps."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from cms.blocks import examples
from cms.blocks.base import (
    ANCHOR,
    NameBlock,
    TailoredBlock,
    WrittenBlock,
    anchor_block,
    layout,
    words_asked_block,
)
from cms.blocks.reading import LINE, PROSE

GROUP = _("To do")

FEWEST_STEPS, MOST_STEPS = 3, 7
MOST_STARTERS = 6


def starters_of(value) -> list[str]:
    """The ways to begin that a prompt offers: its lines that hold something."""
    lines = (value.get("starters") or "").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


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

    KINDS = [
        ("text", _("In their own words")),
        ("scale", _("A mark on a scale, and why")),
    ]
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
    kind = blocks.ChoiceBlock(
        label=_("How it is answered"),
        choices=KINDS,
        default="text",
        search_index=False,
        help_text=_("For a scale, say below how many steps it has and what its ends mean."),
    )
    steps = blocks.IntegerBlock(
        label=_("Steps of the scale"), default=5, min_value=FEWEST_STEPS, max_value=MOST_STEPS
    )
    low = blocks.CharBlock(
        label=_("Its low end"), required=False, max_length=60, help_text=_("Like “Hardly ever”.")
    )
    high = blocks.CharBlock(
        label=_("Its high end"), required=False, max_length=60, help_text=_("Like “Every week”.")
    )
    starters = blocks.TextBlock(
        label=_("Ways to begin"),
        required=False,
        max_length=600,
        rows=3,
        help_text=_(
            "One a line, six at most, like “What I did not expect was”. Readers choose one and go on."
        ),
    )
    before = NameBlock(
        label=_("The same question, asked earlier"),
        required=False,
        max_length=60,
        validators=[ANCHOR],
        help_text=_(
            "The name of the earlier prompt in this course. Its answer stands beside this one, here and at "
            "the end of the course."
        ),
        search_index=False,
    )
    quotes = NameBlock(
        label=_("Brings back the answer to"),
        required=False,
        max_length=60,
        validators=[ANCHOR],
        help_text=_("The name of an earlier prompt in this course. Readers see what they wrote there."),
        search_index=False,
    )
    minimum_words = words_asked_block(_("0: none. Readers see how many they have; half a page is about 150."))
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
    required = blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=True,
        help_text=_("The module is complete when the words are there and, on a scale, the mark is set."),
    )

    def gaps(self, value):
        """A scale says what its ends mean; a few ways to begin, and not a page of them."""
        if value.get("kind") == "scale":
            for name in ("low", "high"):
                if not value.get(name):
                    yield name, _("Say what this end of the scale means.")
        if len(starters_of(value)) > MOST_STARTERS:
            yield "starters", _("Six ways to begin are enough; more are a page to read.")

    class Meta:
        icon = "edit"
        group = GROUP
        label = _("Reflection prompt")
        label_format = _("Reflection: {question}")
        description = _(
            "A question that can be answered honestly in five minutes, and not with a slogan: in words, or "
            "by a mark on a scale and why. Private unless the writer shares it."
        )
        preview_value = examples.REFLECTION
        form_layout = layout(
            "question",
            "guidance",
            "kind",
            BlockGroup(children=["steps", "low", "high"], heading=_("The scale"), classname="collapsed"),
            "starters",
            settings=["required", "minimum_words", "share", "discussion", "before", "quotes", "anchor"],
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
