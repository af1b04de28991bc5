"""Who is meant: people of the demonstration by email, members of a team without an account by name."""

from engagements.models import Engagement, Member
from roster.models import User


def person(email: str) -> User:
    """Return the person who signs in with ``email``."""
    return User.objects.get(email=email)


def member(engagement: Engagement, called: str) -> Member:
    """Return the member whose email, or, without an account, whose name ``called`` is."""
    by = {"person__email": called} if "@" in called else {"name": called}
    found = engagement.members.select_related("person").get(**by)
    found.engagement = engagement
    return found
