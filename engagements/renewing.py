"""Renewing: moving an engagement to a newer version of its protocol, with all that was written."""

from django.db import transaction

from engagements import progressing, publishing
from engagements.models import Engagement, ProtocolVersion
from roster import audit
from roster.models import User


class NotNewer(Exception):
    """There is no newer version to move to."""


def newer_version(engagement: Engagement) -> ProtocolVersion | None:
    """Return the newest version in the engagement's language, where it isn't on it already."""
    here = engagement.protocol_version
    newest = publishing.newest(here.protocol_key, here.language)
    if newest is None or newest.language != here.language or newest.number <= here.number:
        return None
    return newest


def renew(*, engagement: Engagement, by: User) -> ProtocolVersion:
    """Move to the newest version. Answers hang on prompts' ids, so they stay; so do the steps that are done.

    What was promised as confidential stays so, whatever the newer version says.

    Raises:
        NotNewer: it is on the newest already, or has ended.
    """
    version = newer_version(engagement)
    if version is None or not engagement.is_open:
        raise NotNewer(engagement)
    with transaction.atomic():
        before = engagement.protocol_version.number
        engagement.protocol_version = version
        engagement.is_confidential = engagement.is_confidential or version.plan.settings.confidential
        engagement.save(update_fields=["protocol_version", "is_confidential"])
        progressing.recount(engagement)
        audit.record(
            actor=by,
            action="moved engagement to a newer protocol",
            subject=engagement,
            details={"before": before, "after": version.number},
        )
    return version
