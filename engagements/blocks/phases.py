"""Phases and steps: how a protocol is built."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.blocks.base import source_of
from engagements.blocks.base import PROSE, ProtocolBlock, layout, name_block
from engagements.blocks.prompts import Prompts
from engagements.blocks.walking import names_in, scales_in

#: Who works on a step. Nobody named: the whole team.
ROLES = [
    ("lead", _("The team's lead")),
    ("member", _("Members")),
    ("guest", _("Guests: people whom it touches, by a link, without an account")),
    ("coach", _("The coach")),
]


def rich(label, help_text):
    """Text of a step that may be left out."""
    return blocks.RichTextBlock(label=label, features=PROSE, required=False, help_text=help_text)


class Round(ProtocolBlock):
    """A timed round of a meeting: what it is called, how long it takes, what the facilitator says."""

    title = blocks.CharBlock(label=_("Round"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=120)
    say = blocks.TextBlock(
        label=_("What to say"), rows=2, required=False, help_text=_("Read aloud as it stands.")
    )

    class Meta:
        icon = "time"
        label_format = "{title}"


class StepBlock(ProtocolBlock):
    """One step: what it is for, how it is done, and what the team answers."""

    anchor = name_block()
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    minutes = blocks.IntegerBlock(
        label=_("Minutes"), default=45, min_value=5, max_value=600, help_text=_("For the team together.")
    )
    for_roles = blocks.MultipleChoiceBlock(
        label=_("Who works on it"),
        choices=ROLES,
        required=False,
        help_text=_("Nobody chosen: the whole team."),
    )
    guidance = rich(_("Guidance"), _("What this step is for, and how to go about it."))
    example = rich(_("Example"), _("How one team did it. Everyone learns from a true-to-life case."))
    norms = rich(_("Norms"), _("How the team treats one another here; only where this step needs its own."))
    facilitation = rich(
        _("For the coach"), _("How to lead it, what goes wrong, what to do then. Only the coach reads it.")
    )
    prepares = blocks.ListBlock(
        blocks.PageChooserBlock(page_type=["cms.CoursePage", "cms.ModulePage"]),
        label=_("What prepares for it"),
        default=[],
        help_text=_("Courses or modules to take before."),
    )
    rounds = blocks.ListBlock(
        Round(), label=_("Rounds of the meeting"), default=[], help_text=_("The coach's timer follows them.")
    )
    prompts = Prompts(label=_("Prompts"), required=False)

    def gaps(self, value):
        """A step says something or asks something."""
        yield from super().gaps(value)
        if not value.get("prompts") and not strip_tags(source_of(value.get("guidance"))).strip():
            yield "guidance", _("This step neither says nor asks anything. Write guidance, or add a prompt.")

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = _("Step: {title}")
        description = _(
            "Something that the team does in one sitting: guidance, an example, and prompts to answer."
        )
        form_layout = layout(
            "title",
            "minutes",
            "guidance",
            "example",
            "prompts",
            "norms",
            "rounds",
            "facilitation",
            settings=["for_roles", "prepares", "anchor"],
        )


class Steps(blocks.StreamBlock):
    """The steps of a phase, in order."""

    step = StepBlock()

    class Meta:
        # A protocol has a dozen; an editor comes to change one.
        collapsed = True


class PhaseBlock(ProtocolBlock):
    """A stretch of the work: a few steps with one purpose."""

    anchor = name_block()
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    purpose = blocks.CharBlock(
        label=_("Purpose"),
        max_length=300,
        required=False,
        help_text=_("One sentence: what is there at its end."),
    )
    steps = Steps(label=_("Steps"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Phase")
        label_format = _("Phase: {title}")
        description = _("A stretch of the work with one purpose, such as “Listen” or “Decide”.")
        form_layout = layout("title", "purpose", "steps", settings=["anchor"])


class Phases(blocks.StreamBlock):
    """What a protocol is made of."""

    phase = PhaseBlock()

    def clean(self, value):
        """``value`` as it may be kept.

        Raises:
            StreamBlockValidationError: a block has a problem, two have one name, or a scale is compared with
                one that isn't there.
        """
        value = super().clean(value)
        names = [list(names_in(phase)) for phase in value]
        count = Counter(name for inside in names for name in inside)
        early = {scale.value.get("anchor") for phase in value for scale in scales_in(phase, "early")}
        errors = {}
        for index, phase in enumerate(value):
            if twice := [name for name in names[index] if count[name] > 1]:
                errors[index] = ValidationError(_("“%s” names another part of this protocol too.") % twice[0])
            for scale in scales_in(phase, "late"):
                if not self.is_deferred_validation and scale.value.get("pair") not in early:
                    errors[index] = ValidationError(
                        _("“%(label)s” is compared with “%(pair)s”; no early scale has that name.")
                        % {"label": scale.value.get("label"), "pair": scale.value.get("pair")}
                    )
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value
