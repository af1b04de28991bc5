"""Looking again: the day that a team set, when it decided, for seeing what became of it.

The day is stored when the work is closed. Once it has come it waits on the coach's desk and on the page of
the work until somebody writes what became of it, and who steers hears of it once.
"""

import datetime
from collections.abc import Iterator

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.models import Engagement, Member
from engagements.scopes import own_memberships
from notices.calendars import Date
from notices.models import Kind
from notices.telling import tell_each
from roster.models import User

#: A day that came while the nightly run was down is still worth a word.
LOOK_BACK = datetime.timedelta(days=7)


def waiting() -> QuerySet[Engagement]:
    """Return closed work whose day has come, and of which nobody has written since."""
    rows = Engagement.objects.filter(state=Engagement.State.CLOSED, review_on__lte=timezone.localdate())
    return rows.exclude(follow_ups__at__date__gte=F("review_on"))


def remind() -> None:
    """Tell who leads and who coaches that the day has come. Safe to run twice."""
    since = timezone.localdate() - LOOK_BACK
    for engagement in waiting().filter(review_on__gte=since).iterator(chunk_size=500):
        tell_each(
            people=engagement.members.present().filter(role__in=Member.STEERS).people(),
            kind=Kind.ENGAGEMENT,
            key=f"look-again:{engagement.pk}:{engagement.review_on}",
            title=gettext_lazy("“%(title)s”: the day to look again has come"),
            body=gettext_lazy("You set it when you decided. Write what became of it; the report keeps it."),
            names={"title": engagement.title},
            url=url_of(engagement),
        )


def dates_of(person: User) -> Iterator[Date]:
    """Yield the days to look again at what the person's teams decided. One query."""
    teams = own_memberships(person).filter(role__in=Member.WORKS).values("engagement")
    for row in Engagement.objects.filter(pk__in=teams, review_on__isnull=False):
        named = _("Look again: %(title)s") % {"title": row.title}
        yield Date(
            uid=f"look-again-{row.pk}",
            title=_("Look again at what you decided") if row.is_confidential else named,
            starts=row.review_on,
            words=_("Your team set this day when it decided."),
            url=url_of(row),
        )


def url_of(engagement: Engagement) -> str:
    """Where it is written what became of it."""
    return reverse("engagements:report", args=[engagement.pk]) + "#later"
