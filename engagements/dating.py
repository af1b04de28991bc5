"""Dating: the meetings of a person's teams, in their calendar.

A calendar leaves the site, and others may look into it: of a confidential engagement it says that there is a
meeting, not with whom, about what, or where.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import Engagement, Meeting, Member
from engagements.scopes import own_memberships
from notices.calendars import Date
from roster.models import User


def dates_of(person: User) -> Iterator[Date]:
    """Yield the meetings, held and to come, of the teams that the person is in. One query.

    One that is called off stays until its time is past, and says so; what was planned in work that has ended
    since is not there.
    """
    teams = own_memberships(person).filter(role__in=Member.WORKS).values("engagement")
    is_on = Q(called_off_at=None, engagement__state=Engagement.State.UNDER_WAY) | Q(held_at__isnull=False)
    is_off = Q(called_off_at__isnull=False, starts_at__gte=timezone.now())
    rows = Meeting.objects.filter(is_on | is_off, engagement__in=teams).select_related("engagement")
    for row in rows:
        is_secret = row.engagement.is_confidential
        yield Date(
            uid=f"meeting-{row.pk}",
            title=_title(row),
            starts=row.starts_at,
            ends=row.ends_at,
            words="" if is_secret else row.engagement.title,
            place="" if is_secret else row.place,
            url=reverse("engagements:meeting", args=[row.engagement_id, row.pk]),
            is_off=row.called_off_at is not None,
        )


def _title(row: Meeting) -> str:
    title = _("Meeting") if row.engagement.is_confidential else row.title
    return _("Called off: %(title)s") % {"title": title} if row.called_off_at else title
