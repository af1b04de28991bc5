"""Authors: who speaks for a building or district in an edition, and where they write it."""

from django.db.models import Q
from django.urls import reverse

from cms.models import CoursePage, Edition
from cms.scopes import buildings_tailored_by, districts_tailored_by
from roster.models import Building, District, Position, User


def of(edition: Edition) -> list[User]:
    """The people who are told of what becomes of ``edition``: the place's leaders, and who wrote last.

    Who leads the district hears of a building's edition only where they wrote it.
    """
    roles = Position.LEADS_A_BUILDING if edition.building_id else Position.LEADS_A_DISTRICT
    leads = Position.objects.current().filter(
        role__in=roles, building=edition.building_id, district=edition.district_id
    )
    last = edition.latest_revision.user_id if edition.latest_revision else None
    people = User.objects.filter(Q(pk__in=leads.values("person")) | Q(pk=last), is_active=True).order_by("pk")
    return [person for person in people if _writes(person, edition)]


def _writes(person: User, edition: Edition) -> bool:
    scope = buildings_tailored_by(person) if edition.building_id else districts_tailored_by(person)
    return scope.filter(pk=edition.owner.pk).exists()


def title(edition: Edition) -> str:
    """The title of the edition's course, published or not."""
    titles = CoursePage.objects.filter(translation_key=edition.course_key).order_by("pk")
    return titles.values_list("title", flat=True).first() or ""


def address(edition: Edition) -> str:
    """The page of the site where the edition is written."""
    return address_of(edition.owner, edition.course_key)


def address_of(place: Building | District, course_key) -> str:
    """The page of the site where the place's edition of a course is written."""
    return reverse(f"cms:{place._meta.model_name}_edition", args=[place.slug, course_key])
