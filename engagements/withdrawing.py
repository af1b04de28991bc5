"""Withdrawing: words that somebody takes back are struck from reports that were kept, and nothing else is.

A kept report never changes, but for this: whose words they are decides whether they stand there (decision
0053). Where they stood, the report says that a voice was withdrawn, and on which day.
"""

from django.db import transaction
from django.utils import timezone

from engagements import reporting
from engagements.models import Engagement, Member, Report, Voice
from roster import audit


def strike(*, voice: Voice, by: Member) -> None:
    """Strike ``voice`` from all kept reports of its engagement, with a row in the log for each."""
    withdrawn = {"withdrawn_on": timezone.localdate().isoformat()}
    _change(voice, by, "struck a voice from kept report", lambda kept: withdrawn)


def follow(*, voice: Voice, by: Member) -> None:
    """Let kept reports go no further than ``voice`` goes now: not with words that only the team may read, nor
    under a name that isn't to be said.
    """
    if voice.consent not in reporting.IN_REPORT:
        strike(voice=voice, by=by)
        return
    named = reporting.as_voice(voice)["by"]
    if voice.attribution != Voice.Attribution.NAMED:
        _change(voice, by, "took a name from kept report", lambda kept: {**kept, "by": named})


def _change(voice: Voice, by: Member, action: str, changed) -> None:
    with transaction.atomic():
        # As a report that is made meanwhile waits for, too.
        engagement = Engagement.objects.select_for_update().get(pk=voice.engagement_id)
        for report in engagement.reports.all():
            if _change_in(report, voice, changed):
                report.save(update_fields=["contents"])
                details = {"report": report.number}
                audit.record(actor=by.person, action=action, subject=engagement, details=details)


def _change_in(report: Report, voice: Voice, changed) -> bool:
    """Change ``voice`` where the report's contents quote it; did they?"""
    is_changed = False
    for phase in report.contents["phases"]:
        for item in phase["items"]:
            for place, kept in enumerate(item.get("voices", ())):
                if _is_of(kept, voice) and (now := changed(kept)) != kept:
                    item["voices"][place] = now
                    is_changed = True
    return is_changed


def _is_of(kept: dict, voice: Voice) -> bool:
    """Reports from before voices were kept with their row know them by their words alone."""
    return kept["voice"] == voice.pk if "voice" in kept else kept.get("said") == voice.said
