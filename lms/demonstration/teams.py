"""What teams of the region work on together: one engagement of each kind, each somewhere on its way."""

import datetime
import uuid

import yaml
from django.conf import settings
from django.utils import timezone

from engagements import answering, hearing, joining, opening, progressing, publishing
from engagements.kinds import KINDS
from engagements.models import AnswerVersion, Engagement, Member, StepDone
from engagements.protocols import Prompt
from lms.demonstration import conversations, gatherings
from roster.models import Building, District, User


def write() -> None:
    """Let it have begun, and stand where it stands."""
    for story in yaml.safe_load((settings.BASE_DIR / "fixtures" / "region" / "teams.yaml").read_text()):
        engagement = _open(story)
        for said in story["answers"]:
            _answer(engagement, said)
        for heard in story.get("voices", ()):
            words = {name: part for name, part in heard.items() if name != "by"}
            voices = next(one for one in engagement.protocol_version.plan.prompts if one.kind == "voices")
            hearing.write_down(member=_member(engagement, heard["by"]), prompt=voices, words=words)
        conversations.write(engagement, story)
        _finish(engagement, story)
        for told in story.get("meetings", ()):
            gatherings.write(engagement, told)
        _set_back(engagement, datetime.timedelta(days=story["began"]))


def _open(story: dict) -> Engagement:
    coach, lead = _person(story["coach"]), _person(story["lead"])
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
        joining.add(**joins, role=Member.Role.MEMBER, person=_person(email))
    for who in story.get("by_name", ()):
        joining.add(**joins, **who)
    return engagement


def _answer(engagement: Engagement, said: dict) -> None:
    prompts = engagement.protocol_version.plan.prompts
    prompt = next(one for one in prompts if one.kind in KINDS and one.label.startswith(said["asked"]))
    member = _member(engagement, said["by"])
    answering.save(member=member, prompt=prompt, fields=_fields(prompt, said), based_on=0)


def _fields(prompt: Prompt, said: dict) -> dict[str, list[str]]:
    """What is said, as a form would send it."""
    if "text" in said:
        return {"text": [said["text"]]}
    if "mark" in said:
        return {"mark": [str(said["mark"])]}
    if "choose" in said:
        return {"choice": [option.id for option in prompt.options if option.title == said["choose"]]}
    fields = {"row": [str(uuid.uuid4()) for _ in said["rows"]]}
    for id_, row in zip(fields["row"], said["rows"], strict=True):
        for column, cell in zip(prompt.columns, row, strict=True):
            fields[f"cell-{id_}-{column.id}"] = [cell]
    return fields


def _finish(engagement: Engagement, story: dict) -> None:
    lead = _member(engagement, story["lead"])
    for step in engagement.protocol_version.plan.steps:
        if step.title in story["done"]:
            progressing.finish_step(engagement=engagement, step=step, by=lead)


def _set_back(engagement: Engagement, began: datetime.timedelta) -> None:
    """Spread what was just done over the days since the beginning."""
    begun = timezone.now() + began
    Engagement.objects.filter(pk=engagement.pk).update(
        opened_at=begun, next_since=timezone.now() - datetime.timedelta(days=4)
    )
    engagement.members.update(joined_at=begun)
    StepDone.objects.filter(engagement=engagement).update(at=begun - began / 2)
    answers = list(engagement.answers.all())
    for number, answer in enumerate(answers, start=1):
        at = begun - began * number / (len(answers) + 2)
        engagement.answers.filter(pk=answer.pk).update(saved_at=at)
        AnswerVersion.objects.filter(answer=answer).update(at=at)


def _member(engagement: Engagement, email: str) -> Member:
    member = engagement.members.select_related("person").get(person__email=email)
    member.engagement = engagement
    return member


def _place(story: dict) -> Building | District:
    if "district" in story:
        return District.objects.get(slug=story["district"])
    return Building.objects.get(slug=story["building"])


def _person(email: str) -> User:
    return User.objects.get(email=email)
