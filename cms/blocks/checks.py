"""Blocks that ask what has a right answer: a knowledge check, and a pool that draws some of its questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import examples
from cms.blocks.base import TailoredBlock, WrittenBlock, anchor_block, layout
from cms.blocks.reading import LINE, PROSE

GROUP = _("To do")
KINDS = [
    ("single", _("One right answer")),
    ("multiple", _("Several right answers")),
    ("truefalse", _("True or false")),
    ("ordering", _("Put in order")),
]


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


def _kind_block():
    return blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="single", search_index=False)


def _answers_block():
    return blocks.ListBlock(
        CheckAnswer(),
        label=_("Answers"),
        min_num=2,
        max_num=10,
        help_text=_("For “Put in order”: write them in their right order; readers get them mixed."),
    )


def _feedback_block():
    return blocks.RichTextBlock(
        label=_("Feedback on the whole"), features=PROSE, required=False, search_index=False
    )


def _attempts_block():
    return blocks.IntegerBlock(
        label=_("Attempts"), default=0, min_value=0, max_value=20, help_text=_("0: as often as they like.")
    )


def _required_block():
    return blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=True,
        help_text=_("The module is complete when it is passed, or when the attempts are used up."),
    )


def _without_a_way_to_pass(value):
    """What is wrong with the answers of a question: nobody could answer it rightly, or all could."""
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


class CheckBlock(TailoredBlock):
    """A knowledge check. For *ordering* the answers stand in their right order."""

    anchor = anchor_block()
    kind = _kind_block()
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    answers = _answers_block()
    feedback = _feedback_block()
    shuffle = blocks.BooleanBlock(
        label=_("Mix the answers"),
        required=False,
        default=False,
        help_text=_("Each reader gets them in an order of their own, and keeps it."),
    )
    attempts = _attempts_block()
    pass_mark = blocks.IntegerBlock(
        label=_("Pass mark (percent)"),
        default=100,
        min_value=0,
        max_value=100,
        help_text=_("For several right answers and for an order: how much of it must be right."),
    )
    required = _required_block()

    def gaps(self, value):
        """A check must have an answer that passes it."""
        return _without_a_way_to_pass(value)

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
            settings=["required", "attempts", "pass_mark", "shuffle", "anchor"],
        )
        template = "blocks/check.html"


class PoolQuestion(WrittenBlock):
    """One question of a pool."""

    kind = _kind_block()
    question = blocks.RichTextBlock(label=_("Question"), features=PROSE)
    answers = _answers_block()
    feedback = _feedback_block()

    def gaps(self, value):
        """A question must have an answer that is right."""
        return _without_a_way_to_pass(value)

    class Meta:
        label_format = "{question}"


class PoolBlock(TailoredBlock):
    """A knowledge check that asks each reader some of its questions, and at the next try others.

    It is one block with one identity: records, completion and editions know the pool, and each try keeps
    the questions as they were asked.
    """

    anchor = anchor_block()
    title = blocks.CharBlock(
        label=_("What it is about"), max_length=160, help_text=_("Read as the heading over the questions.")
    )
    questions = blocks.ListBlock(
        PoolQuestion(),
        label=_("Questions"),
        min_num=2,
        max_num=40,
        help_text=_("More than are asked at once, so that another try asks something else."),
    )
    draw = blocks.IntegerBlock(label=_("Questions asked at a time"), default=3, min_value=1, max_value=20)
    right = blocks.IntegerBlock(
        label=_("To be answered rightly"),
        default=0,
        min_value=0,
        max_value=20,
        help_text=_("How many of those asked pass it. 0: all of them."),
    )
    shuffle = blocks.BooleanBlock(
        label=_("Mix the answers"),
        required=False,
        default=True,
        help_text=_("Each try has them in an order of its own. True and false stay where they are."),
    )
    attempts = _attempts_block()
    required = _required_block()

    def gaps(self, value):
        """It must have the questions that it is to ask, and ask those that are to be right."""
        drawn, count = value.get("draw") or 0, len(value.get("questions", []))
        if drawn > count:
            yield "draw", _("The pool has fewer questions than that.")
        if (value.get("right") or 0) > drawn:
            yield "right", _("That is more than are asked.")

    class Meta:
        icon = "help"
        group = GROUP
        label = _("Question pool")
        label_format = _("Pool: {title}")
        description = _(
            "Several questions, of which each reader gets some. Another try asks others, so that "
            "trying again means thinking again."
        )
        preview_value = examples.POOL
        form_layout = layout(
            "title",
            "questions",
            "draw",
            "right",
            settings=["required", "attempts", "shuffle", "anchor"],
        )
        template = "blocks/pool.html"
