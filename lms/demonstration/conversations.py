"""What goes on beside a team's answers: what was taken on, said, counted, and written by a guest."""

import datetime

from django.utils import timezone

from engagements import acting, charting, inviting, talking
from engagements.models import Engagement, Member


def write(engagement: Engagement, story: dict) -> None:
    """Let it be there."""
    plan = engagement.protocol_version.plan
    today = timezone.localdate()
    for taken in story.get("actions", ()):
        owner = _member(engagement, taken["by"])
        due_on = today + datetime.timedelta(days=taken["due"])
        item = acting.take_on(by=owner, owner=owner, what=taken["what"], due_on=due_on)
        if "how_it_went" in taken:
            acting.settle(item=item, outcome="done", how_it_went=taken["how_it_went"])
    for said in story.get("comments", ()):
        step = next(step for step in plan.steps if step.title == said["at"])
        talking.say(by=_member(engagement, said["by"]), step=step, text=said["text"])
    for table in story.get("figures", ()):
        prompt = next(prompt for prompt in plan.prompts if prompt.label.startswith(table["asked"]))
        member = _member(engagement, table["by"])
        charting.put(
            member=member, prompt=prompt, text=table["text"], source=table["source"], on=today, based_on=0
        )
    for guest in story.get("guests", ()):
        _ask(engagement, guest)


def _ask(engagement: Engagement, guest: dict) -> None:
    """By a link that was made, opened and used."""
    link, _address = inviting.invite(
        by=_member(engagement, guest["asked_by"]),
        step=inviting.steps_for_guests(engagement)[0],
        language=guest["language"],
        days=30,
        guest=engagement.members.get(name=guest["name"]),
    )
    inviting.note_opened(link)
    names = ("said", "group", "consent", "attribution")
    words = {name: guest[name] for name in names}
    inviting.write(link=link, prompt=inviting.step_of(link).prompts[0], words=words)


def _member(engagement: Engagement, email: str) -> Member:
    member = engagement.members.select_related("person").get(person__email=email)
    member.engagement = engagement
    return member
