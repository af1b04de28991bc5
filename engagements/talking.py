"""Talking: what a team says beside its answers, to whom, and when it is settled."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models import Comment, Engagement, Member
from engagements.protocols import Step
from notices.models import Kind
from notices.telling import tell_each

LIMIT = 4_000  # characters


class NotTheirs(Exception):
    """Only who wrote a comment changes it or takes it out."""


class CannotBeCalled(Exception):
    """Somebody is called by name who doesn't read the whole of this work, or can't be told."""


def say(
    *, by: Member, step: Step, text: str, prompt_id: str = "", mentions: Iterable[Member] = ()
) -> Comment:
    """Say something beside ``step`` or one of its prompts, and tell those who are called by name.

    Raises:
        CannotBeCalled: one of ``mentions`` doesn't read it.
    """
    called = _checked(by, mentions)
    with transaction.atomic():
        comment = Comment.objects.create(
            engagement_id=by.engagement_id, step_id=step.id, prompt_id=prompt_id, by=by, text=text
        )
        comment.mentions.set(called)
        _tell(comment, by, called)
    return comment


def rewrite(*, comment: Comment, by: Member, text: str, mentions: Iterable[Member]) -> None:
    """Say it differently; who is called only now is told now, and nobody twice.

    Raises:
        NotTheirs: somebody else wrote it.
        CannotBeCalled: one of ``mentions`` doesn't read it.
    """
    _must_be_own(comment, by)
    called = _checked(by, mentions)
    with transaction.atomic():
        comment.text, comment.edited_at = text, timezone.now()
        comment.save(update_fields=["text", "edited_at"])
        comment.mentions.set(called)
        _tell(comment, by, called)


def take_out(*, comment: Comment, by: Member) -> None:
    """Delete one's own comment.

    Raises:
        NotTheirs: somebody else wrote it.
    """
    _must_be_own(comment, by)
    comment.delete()


def settle(*, comment: Comment, by: Member) -> None:
    """Say that nothing is left to do about it; the first one who said so stays."""
    Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=timezone.now(), settled_by=by)


def reopen(*, comment: Comment) -> None:
    """There is more to say about it."""
    Comment.objects.filter(pk=comment.pk).update(settled_at=None, settled_by=None)


def comments_at(engagement: Engagement, step: Step) -> list[Comment]:
    """Return what was said at a step, oldest first: two queries."""
    rows = engagement.comments.filter(step_id=step.id).select_related("by__person", "settled_by__person")
    return list(rows.prefetch_related("mentions__person"))


def can_be_called(by: Member, members: Iterable[Member] | None = None) -> list[Member]:
    """Return whom ``by`` can call by name: who works in it now and has an account.

    ``members`` are those who are in it now, where a page has them already.
    """
    if members is None:
        members = Member.objects.present().filter(engagement_id=by.engagement_id).select_related("person")
    return [
        one for one in members if one.works and one.person_id and one.person.is_active and one.pk != by.pk
    ]


def _checked(by: Member, mentions: Iterable[Member]) -> list[Member]:
    wanted = {member.pk for member in mentions}
    called = [member for member in can_be_called(by) if member.pk in wanted] if wanted else []
    if len(called) != len(wanted):
        raise CannotBeCalled(wanted)
    return called


def _must_be_own(comment: Comment, by: Member) -> None:
    if comment.by_id != by.pk:
        raise NotTheirs(comment)


def _tell(comment: Comment, by: Member, called: list[Member]) -> None:
    tell_each(
        people=[member.person for member in called],
        kind=Kind.ENGAGEMENT,
        key=f"mention:{comment.pk}",
        title=_("%(name)s calls you in “%(title)s”"),
        body=_("They wrote something beside a step and named you. Open it to read what."),
        names={"name": by.called, "title": by.engagement.title},
        url=f"{reverse('engagements:step', args=[by.engagement_id, comment.step_id])}#comments",
    )
