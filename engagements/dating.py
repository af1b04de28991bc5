"""Dating: the meetings of a person's teams, in their calendar.

A calendar leaves the site, and others may look into it: of a confidential engagement it says that there is a
meeting, not with whom, about what, or where.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements import meeting as meetings
from engagements.models import Meeting, Member
from engagements.scopes import own_memberships
from notices.calendars import Date
from roster.models import User


def dates_of(person: User) -> Iterator[Date]:
    """Yield the meetings, held and to come, of the teams that the person is in. One query."""
    teams = own_memberships(person).filter(role__in=Member.WORKS).values("engagement")
    rows = Meeting.objects.filter(engagement__in=teams, called_off_at=None).select_related("engagement")
    for row in rows:
        is_secret = row.engagement.is_confidential
        yield Date(
            uid=f"meeting-{row.pk}",
            title=_("Meeting") if is_secret else row.title,
            starts=row.starts_at,
            ends=meetings.ends_at(row),
            words="" if is_secret else row.place,
            url=reverse("engagements:meeting", args=[row.engagement_id, row.pk]),
        )
