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


class CheckAnswer(WrittenBlock):
    """An answer that can be chosen, whether it is right, and what is said to who chose it."""

    text = blocks.RichTextBlock(label=_("Answer"), features=LINE)
    correct = blocks.BooleanBlock(
        label=_("Right"), required=False, help_text=_("Not asked for when answers are put in order.")
    )
    feedback = blocks.RichTextBlock(
        label=_("Feedback"),
        features=PROSE,
        required=False,
        help_text=_("Said to whoever chose it: why it is right, or what it overlooks."),
        search_index=False,
    )

    class Meta:
        label_format = "{text}"


class CheckBlock(TailoredBlock):
    """A knowledge check. For *ordering* the answers stand in their right order."""

    KINDS = [
        ("single", _("One right answer")),
        ("multiple", _("Several right answers")),
        ("truefalse", _("True or false")),
        ("ordering", _("Put in order")),
    ]

    anchor = anchor_block()
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="single", search_index=False)
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    answers = blocks.ListBlock(
        CheckAnswer(),
        label=_("Answers"),
        min_num=2,
        max_num=10,
        help_text=_("For “Put in order”: write them in their right order; readers get them mixed."),
    )
    feedback = blocks.RichTextBlock(
        label=_("Feedback on the whole"), features=PROSE, required=False, search_index=False
    )
    attempts = blocks.IntegerBlock(
        label=_("Attempts"), default=0, min_value=0, max_value=20, help_text=_("0: as often as they like.")
    )
    pass_mark = blocks.IntegerBlock(
        label=_("Pass mark (percent)"),
        default=100,
        min_value=0,
        max_value=100,
        help_text=_("For several right answers and for an order: how much of it must be right."),
    )
    required = blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=True,
        help_text=_("The module is complete when it is passed, or when the attempts are used up."),
    )

    def gaps(self, value):
        """A check must have an answer that passes it."""
        answers = value.get("answers", [])
        right = sum(bool(answer.get("correct")) for answer in answers)
        match value.get("kind"):
            case "single" if right != 1:
                yield "answers", _("Tick “Right” at exactly one answer.")
            case "truefalse" if len(answers) != 2 or right != 1:
                yield "answers", _("True or false has two answers, and one of them is right.")
            case "multiple" if right < 1:
                yield "answers", _("Tick “Right” at one answer or more.")
            case "ordering" if len(answers) < 2:
                yield "answers", _("An order needs two answers or more.")

    class Meta:
        icon = "help"
        group = GROUP
        label = _("Knowledge check")
        label_format = _("Check: {question}")
        description = _(
            "A question with answers to choose or to put in order, and feedback on each. "
            "Readers see at once whether they have it."
        )
        preview_value = examples.CHECK
        form_layout = layout(
            "kind",
            "question",
            "answers",
            "feedback",
            settings=["required", "attempts", "pass_mark", "anchor"],
        )
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
            "question", "guidance", settings=["required", "minimum_words", "share", "anchor"]
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
