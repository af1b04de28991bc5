"""Translating: a team's protocol in its reader's language, while what the team writes hangs on one version.

An engagement follows one version, in the language it was opened in. Who reads the site in another language
finds the same steps in theirs, where the protocol has been translated (decision 0043).
"""

from dataclasses import replace
from types import MappingProxyType

from engagements.models import ProtocolVersion
from engagements.protocols import Phase, Prompt, ProtocolPlan, Step

#: What of a step is words; all else stays as the team's own version has it.
_WORDS = ("title", "guidance", "example", "norms", "facilitation")
_ASKED = ("label", "help", "report_heading")
_ENDS = ("low", "high")


def plan_in(version: ProtocolVersion, language: str) -> ProtocolPlan:
    """Return the plan of ``version`` in the words of ``language``, as far as there are any."""
    spoken = _spoken(version, language)
    if spoken is None:
        return version.plan
    phases = tuple(_phase(phase, spoken) for phase in version.plan.phases)
    return ProtocolPlan(version.plan.settings, phases)


def step_in(version: ProtocolVersion, step: Step, language: str) -> tuple[Step, str]:
    """Return ``step`` in the words of ``language`` where it is translated, and the language that it is in."""
    spoken = _spoken(version, language)
    there = _same_step(step, spoken) if spoken else None
    return (_step(step, there), language) if there else (step, version.language)


def _spoken(version: ProtocolVersion, language: str) -> ProtocolPlan | None:
    if language == version.language:
        return None
    made = ProtocolVersion.objects.filter(protocol_key=version.protocol_key, language=language)
    newest = made.order_by("-number").first()
    return newest.plan if newest else None


def _phase(phase: Phase, spoken: ProtocolPlan) -> Phase:
    there = next((one for one in spoken.phases if one.id == phase.id), phase)
    steps = tuple(_step(step, found) if (found := _same_step(step, spoken)) else step for step in phase.steps)
    return replace(phase, title=there.title, purpose=there.purpose, steps=steps)


def _same_step(step: Step, spoken: ProtocolPlan) -> Step | None:
    """The step's translation; None where it doesn't ask all that the team's own version asks."""
    there = next((one for one in spoken.steps if one.id == step.id), None)
    kinds = {prompt.id: prompt.kind for prompt in there.prompts} if there else {}
    asks_all = all(kinds.get(prompt.id) == prompt.kind for prompt in step.prompts)
    return there if there and asks_all else None


def _step(step: Step, there: Step) -> Step:
    asked = {prompt.id: prompt for prompt in there.prompts}
    rounds_match = [one.minutes for one in step.rounds] == [one.minutes for one in there.rounds]
    return replace(
        step,
        **{name: getattr(there, name) for name in _WORDS},
        rounds=there.rounds if rounds_match else step.rounds,
        prompts=tuple(_prompt(prompt, asked[prompt.id]) for prompt in step.prompts),
    )


def _prompt(prompt: Prompt, there: Prompt) -> Prompt:
    own = {**prompt.own, **{name: there.own[name] for name in _ENDS if name in there.own}}
    titles = {option.id: option.title for option in there.options}
    if options := prompt.own.get("options"):
        own["options"] = [{**one, "title": titles.get(one["id"], one["title"])} for one in options]
    if columns := prompt.own.get("columns"):
        found = {column["id"]: column for column in there.own["columns"]}
        own["columns"] = [_column(column, found.get(column["id"], column)) for column in columns]
    return replace(prompt, own=MappingProxyType(own), **{name: getattr(there, name) for name in _ASKED})


def _column(column: dict, there: dict) -> dict:
    """A column's answers are stored as the team's own version has them, and said as the translation does."""
    choices, said = column.get("choices", ()), there.get("choices", ())
    return {**column, "title": there["title"], "said": said if len(said) == len(choices) else choices}
