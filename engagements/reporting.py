"""Reporting: what a team found and decided, put together from its answers; as it stood when it was made.

A report is a row with everything in it, so that what is written later makes another report and never
another text. A voice stands in it as far as its consent goes, under the name that its giver chose, and until
they take it back (``engagements.withdrawing``).
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_date

from engagements.answering import of_protocols
from engagements.kinds import KINDS
from engagements.models import Engagement, FollowUp, Member, Report, Voice
from engagements.progressing import done_steps
from engagements.protocols import Phase, Prompt
from roster import audit

#: Consents that reach a report, from the narrowest.
IN_REPORT = (Voice.Consent.REPORT, Voice.Consent.PUBLIC)
WORDS_LIMIT = 10_000  # characters of what became of it


class NeedsWords(Exception):
    """There is nothing in it to keep."""


def make(*, engagement: Engagement, by: Member) -> Report:
    """Keep a report of ``engagement`` as it stands now; the newest one, where that says the same already."""
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)
        contents = compose(engagement)
        newest = engagement.reports.first()
        if newest and newest.contents == contents:
            return newest
        number = (engagement.reports.aggregate(last=Max("number"))["last"] or 0) + 1
        report = Report.objects.create(engagement=engagement, number=number, contents=contents, made_by=by)
        audit.record(actor=by.person, action="made report of engagement", subject=engagement)
    return report


def follow_up(*, engagement: Engagement, by: Member, text: str) -> FollowUp:
    """Write what became of it. An engagement that has ended takes such words too: that is what they are for.

    Raises:
        NeedsWords: there are none.
    """
    if not text.strip():
        raise NeedsWords
    return FollowUp.objects.create(engagement=engagement, by=by, text=text.strip()[:WORDS_LIMIT])


def compose(engagement: Engagement) -> dict:
    """Put the report together from what stands now; plain data that JSON holds.

    Returns ``title``, ``service``, ``place``, ``cycle``, ``opened_on``, ``ended_on``, ``state``, ``people``,
    ``decision`` (or None), ``phases`` (each with ``title`` and ``items``) and ``closing_words``.
    """
    return _Composing(engagement).contents()


def review_day(engagement: Engagement) -> datetime.date | None:
    """Return the day that the decision sets for looking again; None where it sets none, or there is none."""
    decision = _Composing(engagement).decision() or {}
    try:
        return parse_date(decision.get("review_on", ""))
    except ValueError:  # looks like a day and is none, as February 30
        return None


def parts(engagement: Engagement) -> list[tuple[Phase, Prompt, dict | None]]:
    """Return all prompts that belong into a report, each with its phase and what it gives to it."""
    composing = _Composing(engagement)
    return [
        (phase, prompt, composing.item(prompt))
        for phase in composing.plan.phases
        for step in phase.steps
        for prompt in step.prompts
        if prompt.in_report
    ]


@dataclass
class _Composing:
    """One engagement with all that its report quotes, asked for once."""

    engagement: Engagement

    def __post_init__(self) -> None:
        self.plan = self.engagement.protocol_version.plan
        self.answers = {answer.prompt_id: answer.value for answer in of_protocols(self.engagement)}
        self.done = done_steps(self.engagement)

    def contents(self) -> dict:
        """All of it."""
        engagement = self.engagement
        return {
            "title": engagement.title,
            "service": engagement.service,
            "place": str(engagement.place),
            "cycle": engagement.cycle,
            "opened_on": timezone.localdate(engagement.opened_at).isoformat(),
            "ended_on": timezone.localdate(engagement.closed_at).isoformat() if engagement.closed_at else "",
            "state": engagement.state,
            "people": self._people(),
            "decision": self.decision(),
            "phases": [found for phase in self.plan.phases if (found := self._phase(phase))],
            "closing_words": engagement.closing_words,
        }

    def _people(self) -> list[dict]:
        members = self.engagement.members.exclude(role=Member.Role.GUEST).select_related("person")
        return [
            {"name": member.called, "role": member.role, "speaks_for": member.constituency}
            for member in members
        ]

    def decision(self) -> dict | None:
        """The last decision that was made: what the report opens with."""
        made = [
            (prompt, self.answers[prompt.id])
            for prompt in self.plan.prompts
            if prompt.kind == "decision" and prompt.in_report and self.answers.get(prompt.id)
        ]
        return KINDS["decision"].reported(*made[-1], self.answers) if made else None

    def _phase(self, phase: Phase) -> dict | None:
        items = [
            item
            for step in phase.steps
            for prompt in step.prompts
            if prompt.in_report and (item := self.item(prompt))
        ]
        return {"title": phase.title, "items": items} if items else None

    def item(self, prompt: Prompt) -> dict | None:
        """What one prompt gives to the report; nothing where nothing was answered."""
        in_rows = {"voices": self._voices, "agreement": self._agreed, "actions": self._actions}
        if prompt.kind in in_rows:
            found = in_rows[prompt.kind](prompt)
        else:
            value = self.answers.get(prompt.id)
            found = KINDS[prompt.kind].reported(prompt, value, self.answers) if value else None
        return {"heading": prompt.heading, "kind": prompt.kind, **found} if found else None

    def _voices(self, prompt: Prompt) -> dict | None:
        voices = list(self.engagement.voices.filter(prompt_id=prompt.id))
        shown = [voice for voice in voices if voice.consent in IN_REPORT]
        if not voices:
            return None
        return {
            "voices": [{"voice": voice.pk, **as_voice(voice)} for voice in shown],
            "heard": len(voices),
            "kept": len(voices) - len(shown),
        }

    def _agreed(self, prompt: Prompt) -> dict | None:
        rows = self.engagement.agreements.filter(prompt_id=prompt.id).select_related("member__person")
        names = [row.member.called for row in rows]
        return {"names": names} if names else None

    def _actions(self, prompt: Prompt) -> dict | None:
        rows = self.engagement.action_items.filter(prompt_id=prompt.id, dropped_at=None)
        actions = [
            {
                "what": row.what,
                "owner": row.owner.called,
                "due_on": row.due_on.isoformat() if row.due_on else "",
                "is_done": row.done_at is not None,
                "how_it_went": row.how_it_went,
            }
            for row in rows.select_related("owner__person")
        ]
        return {"actions": actions} if actions else None


def as_voice(voice: Voice) -> dict:
    """A voice as far as its giver let it go."""
    named = ", ".join(part for part in (voice.who, voice.group) if part)
    by = {Voice.Attribution.NAMED: named, Voice.Attribution.GROUP: voice.group}
    return {
        "by": by.get(voice.attribution, ""),
        "how": voice.how,
        "said": voice.said,
        "changed": voice.changed,
        "language": voice.language,
    }
