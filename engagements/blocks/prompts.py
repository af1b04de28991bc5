"""Prompts: what a team is asked to write, choose, count or agree on, a block for each kind."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import NameBlock, words_asked_block
from engagements.blocks import examples
from engagements.blocks.base import PROSE, ProtocolBlock, layout, name_block
from engagements.protocols import lines_of
from engagements.structuring import prompt_of

GROUP_WORDS = _("To write")
GROUP_CHOOSE = _("To choose and to count")
GROUP_DO = _("To decide and to do")
SETTINGS = ("required", "report_heading", "anchor")

#: Below so many people a figure is not shown (design, section 7); a protocol may ask for more, not for less.
LEAST_SHOWN = 10


class Named(ProtocolBlock):
    """A line that answers hang on: an option, or a table's column."""

    anchor = name_block()
    title = blocks.CharBlock(label=_("Words"), max_length=200)

    class Meta:
        label_format = "{title}"
        form_layout = layout("title", settings=["anchor"])


class Column(Named):
    """A column of a table that the team fills in."""

    KINDS = [
        ("text", _("Words")),
        ("number", _("A number")),
        ("date", _("A date")),
        ("choice", _("One of some answers")),
    ]

    kind = blocks.ChoiceBlock(label=_("What goes in it"), choices=KINDS, default="text", search_index=False)
    choices = blocks.TextBlock(
        label=_("Answers"), required=False, rows=3, help_text=_("One a line."), search_index=False
    )

    def gaps(self, value):
        """A column of answers has two or more, and no other has any."""
        yield from super().gaps(value)
        count = len(lines_of(value.get("choices")))
        if value.get("kind") == "choice" and count < 2:
            yield "choices", _("Write two answers or more, one a line.")
        if value.get("kind") != "choice" and count:
            yield "choices", _("Only “One of some answers” has answers. Take them away, or choose that.")

    class Meta:
        label_format = "{title}"
        form_layout = layout("title", "kind", "choices", settings=["anchor"])


class Prompt(ProtocolBlock):
    """What all prompts have: what is asked, help, and whether the report shows the answer."""

    anchor = name_block()
    label = blocks.CharBlock(
        label=_("What is asked"),
        max_length=300,
        help_text=_("A question that a team can answer in a meeting."),
    )
    help = blocks.RichTextBlock(
        label=_("Help"),
        features=PROSE,
        required=False,
        help_text=_("Below the question, in smaller letters: how to begin, what to leave out."),
    )
    required = blocks.BooleanBlock(
        label=_("Must be answered"),
        required=False,
        default=True,
        help_text=_("The step isn't done, and the work can't be closed, without it."),
    )
    in_report = blocks.BooleanBlock(
        label=_("The report shows it"),
        required=False,
        default=True,
        help_text=_("Untick what is only for the team."),
    )
    report_heading = blocks.CharBlock(
        label=_("Heading in the report"),
        required=False,
        max_length=120,
        help_text=_("Empty: the question itself."),
        search_index=False,
    )

    def get_preview_value(self):
        """The example, with what it doesn't name as a new block has it."""
        return self.to_python(self.meta.preview_value)

    def get_context(self, value, parent_context=None):
        """Add the prompt as a team's page has it."""
        return {**super().get_context(value, parent_context), "prompt": prompt_of(self.name, value)}

    class Meta:
        template = "engagements/previews/prompt.html"


class TextPrompt(Prompt):
    """A question that the team answers in its own words."""

    minimum_words = words_asked_block(_("0: none. Half a page is about 150."))

    class Meta:
        icon = "edit"
        group = GROUP_WORDS
        label = _("Text")
        label_format = _("Text: {label}")
        description = _("A question that the team answers together, in its own words.")
        preview_value = examples.TEXT
        form_layout = layout("label", "help", "in_report", settings=["minimum_words", *SETTINGS])


class TablePrompt(Prompt):
    """A table with given columns; the team adds rows."""

    columns = blocks.ListBlock(
        Column(), label=_("Columns"), min_num=1, max_num=8, help_text=_("The team adds the rows.")
    )

    class Meta:
        icon = "table"
        group = GROUP_WORDS
        label = _("Table")
        label_format = _("Table: {label}")
        description = _(
            "Columns that you name, and rows that the team adds: one for each idea, person or place."
        )
        preview_value = examples.TABLE
        form_layout = layout("label", "help", "columns", "in_report", settings=SETTINGS)


class VoicesPrompt(Prompt):
    """The voices of those whom it touches: who was asked, how, what they said, what changed because of it."""

    least = blocks.IntegerBlock(
        label=_("Voices asked for"),
        default=1,
        min_value=1,
        max_value=50,
        help_text=_("The step isn't done with fewer."),
    )

    class Meta:
        icon = "openquote"
        group = GROUP_WORDS
        label = _("Voices")
        label_format = _("Voices: {label}")
        description = _(
            "Who was asked, how, what they said, and what changed because of it; "
            "each with consent and with how the person wants to be named."
        )
        preview_value = examples.VOICES
        form_layout = layout("label", "help", "least", "in_report", settings=SETTINGS)


class ScalePrompt(Prompt):
    """Where one stands between two ends; early and late make a pair."""

    MOMENTS = [("", _("Once")), ("early", _("Early")), ("late", _("Late"))]

    low = blocks.CharBlock(label=_("The low end"), max_length=120)
    high = blocks.CharBlock(label=_("The high end"), max_length=120)
    steps = blocks.IntegerBlock(label=_("Steps"), default=5, min_value=2, max_value=10)
    moment = blocks.ChoiceBlock(label=_("When"), choices=MOMENTS, required=False, search_index=False)
    pair = NameBlock(
        label=_("Compared with"),
        required=False,
        max_length=60,
        help_text=_("At the late one: the name of the early one. The report shows both side by side."),
        search_index=False,
    )

    def gaps(self, value):
        """A late one knows its early one, and only a late one does."""
        yield from super().gaps(value)
        if value.get("moment") == "late" and not value.get("pair"):
            yield "pair", _("Which early scale is it compared with? Write its name.")
        if value.get("moment") != "late" and value.get("pair"):
            yield "pair", _("Only a late scale names another: the early one that it is compared with.")

    class Meta:
        icon = "sliders"
        group = GROUP_CHOOSE
        label = _("Scale")
        label_format = _("Scale: {label}")
        description = _(
            "Where you stand between two ends. Ask early and late, and the two are shown side by side."
        )
        preview_value = examples.SCALE
        form_layout = layout(
            "label", "help", "low", "high", "steps", "in_report", settings=["moment", "pair", *SETTINGS]
        )


class ChoicePrompt(Prompt):
    """Some answers to choose from."""

    options = blocks.ListBlock(Named(), label=_("Answers"), min_num=2, max_num=12)
    several = blocks.BooleanBlock(label=_("Several may be chosen"), required=False)

    class Meta:
        icon = "list-ul"
        group = GROUP_CHOOSE
        label = _("Choice")
        label_format = _("Choice: {label}")
        description = _("A question with answers to choose from, one or several.")
        preview_value = examples.CHOICE
        form_layout = layout("label", "help", "options", "several", "in_report", settings=SETTINGS)


class DataPrompt(Prompt):
    """A table of counts by group, pasted or uploaded, with its chart. Never a row a student."""

    CHARTS = [("bar", _("Bars")), ("line", _("A line over time")), ("none", _("None"))]

    chart = blocks.ChoiceBlock(label=_("Chart"), choices=CHARTS, default="bar", search_index=False)
    suppress_below = blocks.IntegerBlock(
        label=_("Hide figures about fewer than"),
        default=LEAST_SHOWN,
        min_value=LEAST_SHOWN,
        max_value=100,
        help_text=_("Figures about fewer people than this are never shown; 10 is the least."),
    )

    class Meta:
        icon = "order"
        group = GROUP_CHOOSE
        label = _("Data with a chart")
        label_format = _("Data: {label}")
        description = _(
            "Figures by group, pasted or uploaded, with a chart. "
            "Files with a row for each student are refused."
        )
        preview_value = examples.DATA
        form_layout = layout("label", "help", "chart", "in_report", settings=["suppress_below", *SETTINGS])


class FilePrompt(Prompt):
    """A document that belongs to the record."""

    class Meta:
        icon = "upload"
        group = GROUP_DO
        label = _("File")
        label_format = _("File: {label}")
        description = _("A document that belongs to the work: the policy as it stands, a letter, a slide.")
        preview_value = examples.FILE
        form_layout = layout("label", "help", "in_report", settings=SETTINGS)


class DecisionPrompt(Prompt):
    """What was decided, why, on which conditions, and when it is looked at again."""

    options = blocks.ListBlock(Named(), label=_("What can be decided"), min_num=2, max_num=8)
    reasons = blocks.BooleanBlock(label=_("Ask for the reasons"), required=False, default=True)
    conditions = blocks.BooleanBlock(label=_("Ask for conditions"), required=False, default=True)
    review_on = blocks.BooleanBlock(label=_("Ask when it is looked at again"), required=False, default=True)

    class Meta:
        icon = "success"
        group = GROUP_DO
        label = _("Decision")
        label_format = _("Decision: {label}")
        description = _(
            "What was decided, with reasons, conditions and the day on which it is looked at again."
        )
        preview_value = examples.DECISION
        form_layout = layout(
            "label",
            "help",
            "options",
            "in_report",
            settings=["reasons", "conditions", "review_on", *SETTINGS],
        )


class AgreementPrompt(Prompt):
    """Something that each member agrees to, by name."""

    class Meta:
        icon = "group"
        group = GROUP_DO
        label = _("Agreement")
        label_format = _("Agreement: {label}")
        description = _("One sentence that each member agrees to. The record shows who has, and when.")
        preview_value = examples.AGREEMENT
        form_layout = layout("label", "help", "in_report", settings=SETTINGS)


class ActionsPrompt(Prompt):
    """What will be done, by whom, until when: action items, made here."""

    class Meta:
        icon = "tasks"
        group = GROUP_DO
        label = _("Action items")
        label_format = _("Action items: {label}")
        description = _("What will be done, by whom and until when. Owners are reminded.")
        preview_value = examples.ACTIONS
        form_layout = layout("label", "help", "in_report", settings=SETTINGS)


class Prompts(blocks.StreamBlock):
    """The prompts of a step."""

    text = TextPrompt()
    table = TablePrompt()
    voices = VoicesPrompt()
    scale = ScalePrompt()
    choice = ChoicePrompt()
    data = DataPrompt()
    file = FilePrompt()
    decision = DecisionPrompt()
    agreement = AgreementPrompt()
    actions = ActionsPrompt()

    class Meta:
        collapsed = True
