"""What goes on beside a team's answers: what was taken on, said, and written by a guest."""

import datetime

from django.utils import timezone

from engagements import acting, hearing, inviting, talking
from engagements.models import ActionItem, Comment, Engagement, GuestLink
from lms.demonstration.who import member


def write(engagement: Engagement, story: dict) -> None:
    """Let it be there."""
    for taken in story.get("actions", ()):
        _take_on(engagement, taken)
    for said in story.get("comments", ()):
        _say(engagement, said)
    for guest in story.get("guests", ()):
        _ask(engagement, guest)


def _take_on(engagement: Engagement, taken: dict) -> None:
    """What is done was done on its day, and written down two weeks before it."""
    owner = member(engagement, taken["by"])
    due = _moment(taken["due"])
    prompts = engagement.protocol_version.plan.prompts
    asked = [one for one in prompts if "asked" in taken and one.label.startswith(taken["asked"])]
    item = acting.take_on(
        by=owner,
        owner=owner,
        what=taken["what"],
        due_on=timezone.localdate(due),
        prompt=next(iter(asked), None),
    )
    made_at = min(due, timezone.now()) - _TWO_WEEKS
    ActionItem.objects.filter(pk=item.pk).update(made_at=made_at)
    if "how_it_went" in taken:
        acting.settle(item=item, outcome=taken.get("outcome", "done"), how_it_went=taken["how_it_went"])
        ActionItem.objects.filter(pk=item.pk).exclude(done_at=None).update(done_at=due)


def _say(engagement: Engagement, said: dict) -> None:
    step = next(step for step in engagement.protocol_version.plan.steps if step.title == said["at"])
    comment = talking.say(by=member(engagement, said["by"]), step=step, text=said["text"])
    if "days" in said:
        Comment.objects.filter(pk=comment.pk).update(at=_moment(said["days"]))
    if "settled_by" in said:
        comment.refresh_from_db()
        talking.settle(comment=comment, by=member(engagement, said["settled_by"]))


def _ask(engagement: Engagement, guest: dict) -> None:
    """By a link that was made, opened and used."""
    link, _address = inviting.invite(
        by=member(engagement, guest["asked_by"]),
        step=inviting.steps_for_guests(engagement)[0],
        language=guest["language"],
        days=30,
        guest=member(engagement, guest["name"]),
    )
    inviting.note_opened(link)
    names = ("said", "group", "consent", "attribution")
    words = {name: guest[name] for name in names}
    voice = inviting.write(link=link, prompt=inviting.step_of(link).prompts[0], words=words)
    if "days" in guest:
        made_at = _moment(guest["days"])
        GuestLink.objects.filter(pk=link.pk).update(
            made_at=made_at, opened_at=made_at, expires_at=made_at + datetime.timedelta(days=30)
        )
    if "changed" in guest:
        hearing.rewrite(
            voice=voice, by=link.made_by, words={"changed": guest["changed"]}, based_on=voice.version
        )


_TWO_WEEKS = datetime.timedelta(days=14)


def _moment(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)
