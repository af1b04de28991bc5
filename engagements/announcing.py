"""Announcing: what a team hears of its own work: that they are in it, whose turn it is, its end.

Each is told once, and never to who did it. A notice names the engagement and leads to the page; it quotes
nothing of what was written (decision 0046).
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models import Engagement, Member
from notices.models import Kind
from notices.telling import tell_each
from roster.models import User


def brought_in(member: Member, by: User) -> None:
    """Tell somebody with an account that they are in it now, and who brought them."""
    if member.person_id in (None, by.pk):
        return
    engagement = member.engagement
    _tell(
        engagement,
        [member.person],
        f"joined:{member.pk}:{member.joined_at.timestamp()}",
        _("You are in “%(title)s” now"),
        _("%(name)s brought you in. Open it to see what it is about, who is in it, and what is next."),
        name=by.full_name,
    )


def begun_again(engagement: Engagement, by: User) -> None:
    """Tell the people of a cycle that ended that they are in the next one."""
    _tell(
        engagement,
        engagement.members.present().exclude(person=by).people(),
        f"cycle:{engagement.pk}",
        _("“%(title)s” goes on: cycle %(cycle)s"),
        _("The next cycle is under way, with the same people. Open it to see what is first."),
        cycle=engagement.cycle,
    )


def turn(engagement: Engagement, by: Member) -> None:
    """Tell those to whom alone the next step belongs; a step that is everybody's tells nobody."""
    if engagement.is_open and engagement.next_is_for in Member.STEERS:
        team = engagement.members.present().filter(role=engagement.next_is_for)
        _tell(
            engagement,
            team.exclude(pk=by.pk).people(),
            f"turn:{engagement.pk}:{engagement.next_since.isoformat()}",
            _("Your turn in “%(title)s”"),
            _("The step before is done. The next one is yours."),
            url=reverse("engagements:step", args=[engagement.pk, engagement.next_step_id]),
        )


def ended(engagement: Engagement, by: User) -> None:
    """Tell the team that it is closed, and where its report is; or that it was stopped."""
    team = engagement.members.present().filter(role__in=Member.WORKS).exclude(person=by)
    if engagement.state == Engagement.State.CLOSED:
        title = _("“%(title)s” is closed")
        body = _("What you did together stays to read, and the report says what came of it.")
        page = "engagements:report"
    else:
        title = _("“%(title)s” was stopped before its end")
        body = _("What was written stays to read. Open it to see why.")
        page = "engagements:show"
    url = reverse(page, args=[engagement.pk])
    _tell(engagement, team.people(), f"ended:{engagement.pk}", title, body, url=url)


def _tell(
    engagement: Engagement, people: Iterable[User], key: str, title, body, url: str = "", **names
) -> None:
    tell_each(
        people=people,
        kind=Kind.ENGAGEMENT,
        key=key,
        title=title,
        body=body,
        names={"title": engagement.title, **names},
        url=url or reverse("engagements:show", args=[engagement.pk]),
    )
