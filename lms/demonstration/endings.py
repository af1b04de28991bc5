"""How work of the demonstration ended, and what came of it: reports, what became of it, what is public."""

import datetime

from django.urls import reverse
from django.utils import timezone

from engagements import closing, going_public, reporting
from engagements.models import Engagement, FollowUp, Publication, Report
from engagements.protocols import Prompt
from lms.demonstration.who import member
from notices.models import Notice


def close(engagement: Engagement, story: dict) -> None:
    """Let the team have said that it is done."""
    closed = story["closed"]
    closing.close(engagement=engagement, by=member(engagement, closed["by"]).person, words=closed["words"])
    # Whoever was in it has long read what was told on its way.
    Notice.objects.filter(url__startswith=reverse("engagements:show", args=[engagement.pk])).delete()


def write(engagement: Engagement, story: dict) -> None:
    """Let the report have been kept, words been added later, and a part of it be public."""
    for kept in story.get("reports", ()):
        report = reporting.make(engagement=engagement, by=member(engagement, kept["by"]))
        Report.objects.filter(pk=report.pk).update(made_at=_moment(kept["days"]))
    for told in story.get("became", ()):
        row = reporting.follow_up(engagement=engagement, by=member(engagement, told["by"]), text=told["text"])
        FollowUp.objects.filter(pk=row.pk).update(at=_moment(told["days"]))
    if "public" in story:
        _publish(engagement, story["public"])


def _publish(engagement: Engagement, shown: dict) -> None:
    prompts = engagement.protocol_version.plan.prompts
    publication = going_public.publish(
        by=member(engagement, shown["by"]),
        title=shown["title"],
        prompt_ids=[prompt.id for prompt in prompts if _is_named(prompt, shown["prompts"])],
    )
    Publication.objects.filter(pk=publication.pk).update(published_at=_moment(shown["days"]))


def _is_named(prompt: Prompt, beginnings: list[str]) -> bool:
    return any(prompt.label.startswith(beginning) for beginning in beginnings)


def _moment(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)
