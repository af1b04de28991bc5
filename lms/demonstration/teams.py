"""What teams of the region work on together: one of each kind on its way, and one that is closed."""

from collections.abc import Iterator

import yaml
from django.conf import settings

from engagements import joining, opening, progressing, publishing
from engagements.models import Engagement, Member
from lms.demonstration import answers, chronology, conversations, credits, endings, gatherings
from lms.demonstration.who import member, person
from roster.models import Building, District

STORIES = settings.BASE_DIR / "fixtures" / "region" / "teams"


def write() -> None:
    """Let it have begun, and stand where it stands. What is there already stays as it is."""
    for story in _stories():
        if not Engagement.objects.filter(title=story["title"]).exists():
            _write(story)


def _stories() -> Iterator[dict]:
    for path in sorted(STORIES.glob("*.yaml")):
        yield from yaml.safe_load(path.read_text())


def _write(story: dict) -> None:
    engagement = _open(story)
    answers.write(engagement, story)
    conversations.write(engagement, story)
    _finish(engagement, story)
    for told in story.get("meetings", ()):
        gatherings.write(engagement, told)
    if "closed" in story:
        endings.close(engagement, story)
    chronology.set_back(engagement, story)
    endings.write(engagement, story)
    if "hours" in story:
        credits.write(engagement, story["hours"])


def _open(story: dict) -> Engagement:
    coach, lead = person(story["coach"]), person(story["lead"])
    engagement = opening.open_engagement(
        by=coach,
        version=publishing.on_offer(story["service"], "en")[0],
        place=_place(story),
        title=story["title"],
        about=story.get("about", ""),
        coaches=[coach],
        leads=[lead],
    )
    joins = {"engagement": engagement, "by": lead}
    for email in story["members"]:
        joining.add(**joins, role=Member.Role.MEMBER, person=person(email))
    for who in story.get("by_name", ()):
        joining.add(**joins, **who)
    return engagement


def _finish(engagement: Engagement, story: dict) -> None:
    """Let the named steps be done; of an engagement that was closed, all."""
    lead = member(engagement, story["lead"])
    for step in engagement.protocol_version.plan.steps:
        if "closed" in story or step.title in story["done"]:
            progressing.finish_step(engagement=engagement, step=step, by=lead)


def _place(story: dict) -> Building | District:
    if "district" in story:
        return District.objects.get(slug=story["district"])
    return Building.objects.get(slug=story["building"])
