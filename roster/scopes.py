"""Scopes: what each person may see of people and places, as querysets. The only home of that question.

A row outside its scope doesn't exist for the person: a view finds it within the scope, or answers 404.
"""

import datetime

from django.db.models import Q, QuerySet

from roster.models import Building, District, Position, User
from roster.standing import standing_of


def buildings_led_by(user) -> QuerySet[Building]:
    """Return the buildings that ``user`` leads: as principal, or as a leader of their district."""
    standing = standing_of(user)
    return Building.objects.filter(
        Q(pk__in=standing.leads_buildings) | Q(district__in=standing.leads_districts)
    )


def districts_led_by(user) -> QuerySet[District]:
    """Return the districts that ``user`` leads."""
    return District.objects.filter(pk__in=standing_of(user).leads_districts)


def buildings_visible_to(user) -> QuerySet[Building]:
    """Return the buildings whose completion ``user`` may see: led or coached; all for an administrator."""
    standing = standing_of(user)
    if standing.is_admin:
        return Building.objects.all()
    return Building.objects.filter(
        Q(pk__in=standing.leads_buildings | standing.coaches_buildings)
        | Q(district__in=standing.leads_districts | standing.coaches_districts)
    )


def buildings_described_by(user) -> QuerySet[Building]:
    """Return the buildings whose words ``user`` keeps: led; all for an administrator."""
    return Building.objects.all() if standing_of(user).is_admin else buildings_led_by(user)


def districts_visible_to(user) -> QuerySet[District]:
    """Return the districts that ``user`` may see as a whole: led or coached; all for an administrator."""
    standing = standing_of(user)
    if standing.is_admin:
        return District.objects.all()
    return District.objects.filter(pk__in=standing.leads_districts | standing.coaches_districts)


def people_visible_to(user) -> QuerySet[User]:
    """Return the people whose completion ``user`` may see: themselves, and the staff of their places."""
    if not user.is_authenticated:
        return User.objects.none()
    standing = standing_of(user)
    if standing.is_admin:
        return User.objects.all()
    whole_districts = standing.leads_districts | standing.coaches_districts
    held_there = Position.objects.current().filter(
        Q(building__in=standing.leads_buildings | standing.coaches_buildings)
        | Q(building__district__in=whole_districts)
        | Q(district__in=whole_districts)
    )
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=_staff_among(held_there)))


def staff_of(
    *,
    building: Building | None = None,
    district: District | None = None,
    on: datetime.date | None = None,
) -> QuerySet[User]:
    """Return who works in a building, or in a district (all its buildings and its own office), each once.

    Coaches who serve the place are not its staff, and a person whose account is closed isn't either.

    Args:
        on: the day that is asked about; today when left out.
    """
    if (building is None) == (district is None):
        raise TypeError("Ask for the staff of one building or of one district.")
    there = Q(building=building) if building else Q(district=district) | Q(building__district=district)
    held_there = Position.objects.current(on).filter(there)
    return User.objects.filter(is_active=True, pk__in=_staff_among(held_there))


def may_lead(user, place: Building | District) -> bool:
    """Say whether ``user`` leads this building or district, and so may assign courses to its staff."""
    standing = standing_of(user)
    if isinstance(place, District):
        return place.pk in standing.leads_districts
    return place.pk in standing.leads_buildings or place.district_id in standing.leads_districts


def _staff_among(positions) -> QuerySet:
    return positions.exclude(role__in=Position.OF_PSESD).order_by().values("person")
