"""What teams of the demonstration answered: as a form would send it, and what comes by other ways."""

import datetime
import uuid

from django.utils import timezone

from engagements import agreeing, answering, charting, hearing
from engagements.kinds import KINDS
from engagements.models import Engagement, Member
from engagements.protocols import Column, Prompt
from lms.demonstration.who import member


def write(engagement: Engagement, story: dict) -> None:
    """Let it have been answered."""
    for said in story["answers"]:
        _answer(engagement, said)
    for heard in story.get("voices", ()):
        _hear(engagement, heard)
    for table in story.get("figures", ()):
        _chart(engagement, table)
    for asked in story.get("agreed", ()):
        _agree(engagement, _asked(engagement, asked))


def _asked(engagement: Engagement, beginning: str) -> Prompt:
    prompts = engagement.protocol_version.plan.prompts
    return next(one for one in prompts if one.label.startswith(beginning))


def _answer(engagement: Engagement, said: dict) -> None:
    prompts = engagement.protocol_version.plan.prompts
    prompt = next(one for one in prompts if one.kind in KINDS and one.label.startswith(said["asked"]))
    by = member(engagement, said["by"])
    answering.save(member=by, prompt=prompt, fields=_fields(prompt, said), based_on=0)


def _fields(prompt: Prompt, said: dict) -> dict[str, list[str]]:
    """What is said, as a form would send it."""
    if "text" in said:
        return {"text": [said["text"]]}
    if "mark" in said:
        return {"mark": [str(said["mark"])]}
    if "choose" in said:
        return {"choice": [_option(prompt, said["choose"])]}
    if "decide" in said:
        decided = said["decide"]
        words = {name: [decided[name]] for name in ("reasons", "conditions") if name in decided}
        day = {"review_on": [_day(decided["review"])]} if "review" in decided else {}
        return {"choice": [_option(prompt, decided["choose"])], **words, **day}
    fields = {"row": [str(uuid.uuid4()) for _ in said["rows"]]}
    for id_, row in zip(fields["row"], said["rows"], strict=True):
        for column, cell in zip(prompt.columns, row, strict=True):
            fields[f"cell-{id_}-{column.id}"] = [_cell(column, cell)]
    return fields


def _option(prompt: Prompt, title: str) -> str:
    return next(option.id for option in prompt.options if option.title == title)


def _cell(column: Column, cell: str | int) -> str:
    """A number in a column of dates is a day, counted from today."""
    return _day(cell) if column.kind == "date" and isinstance(cell, int) else str(cell)


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def _hear(engagement: Engagement, heard: dict) -> None:
    apart = ("by", "taken_out_by")
    words = {name: part for name, part in heard.items() if name not in apart}
    prompt = next(one for one in engagement.protocol_version.plan.prompts if one.kind == "voices")
    voice = hearing.write_down(member=member(engagement, heard["by"]), prompt=prompt, words=words)
    if "taken_out_by" in heard:
        hearing.take_out(voice=voice, by=member(engagement, heard["taken_out_by"]))


def _chart(engagement: Engagement, table: dict) -> None:
    charting.put(
        member=member(engagement, table["by"]),
        prompt=_asked(engagement, table["asked"]),
        text=table["text"],
        source=table["source"],
        on=timezone.localdate() + datetime.timedelta(days=table.get("on", 0)),
        based_on=0,
    )


def _agree(engagement: Engagement, prompt: Prompt) -> None:
    present: list[Member] = [one for one in engagement.members.present() if one.person_id and one.works]
    for one in present:
        agreeing.agree(member=one, prompt=prompt)
