"""Scopes of content: whose words somebody may write, as querysets. Sight of people is ``roster.scopes``'s."""

from django.db.models import QuerySet

from roster.models import Building, District
from roster.scopes import buildings_led_by, districts_led_by
from roster.standing import standing_of


def writes_for_all(user) -> bool:
    """May ``user`` write every edition? PSESD's editors and administrators may."""
    standing = standing_of(user)
    return standing.is_editor or standing.is_admin


def buildings_tailored_by(user) -> QuerySet[Building]:
    """Return the buildings whose editions ``user`` writes: those they lead; all for PSESD's own people."""
    return Building.objects.all() if writes_for_all(user) else buildings_led_by(user)


def districts_tailored_by(user) -> QuerySet[District]:
    """Return the districts whose editions ``user`` writes: those they lead; all for PSESD's own people."""
    return District.objects.all() if writes_for_all(user) else districts_led_by(user)
