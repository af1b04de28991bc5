"""Scopes: what each person may see of engagements, as querysets (design, section 7). The only home of that.

A row outside its scope doesn't exist for the person: a view finds it within the scope, or answers 404.
"""

from django.db.models import Q, QuerySet

from engagements.models import Engagement, Member, PrivateNote, ServiceRequest
from roster.models import Building, District, Position, User
from roster.scopes import staff_of
from roster.standing import standing_of


def own_memberships(user) -> QuerySet[Member]:
    """Return the user's present places in engagements."""
    if not user.is_authenticated:
        return Member.objects.none()
    return Member.objects.present().filter(person_id=user.pk)


def engagements_joined_by(user) -> QuerySet[Engagement]:
    """Return the engagements that the user is in, as coach, lead, member or guest."""
    return Engagement.objects.filter(pk__in=own_memberships(user).values("engagement"))


def engagements_of_own_teams(user) -> QuerySet[Engagement]:
    """Return the engagements that are the user's to go on with: they are in them, or lead the place.

    Unlike what they may read, for an administrator these aren't all.
    """
    if not user.is_authenticated:
        return Engagement.objects.none()
    joined = Q(pk__in=own_memberships(user).values("engagement"))
    return Engagement.objects.filter(joined | (Q(is_confidential=False) & _at_places_led(user)))


def engagements_steered_by(user) -> QuerySet[Engagement]:
    """Return the engagements whose team and end the user decides on: as its coach or lead."""
    steering = own_memberships(user).filter(role__in=Member.STEERS)
    return Engagement.objects.filter(pk__in=steering.values("engagement"))


def engagements_read_by(user) -> QuerySet[Engagement]:
    """Return the engagements in which the user may read what was written.

    Who is in it; who leads the place; PSESD's administrators. Where it is confidential, its members alone: no
    leader of the place, no supervisor of a leader who is coached, no administrator, no superuser. (A guest
    is in it, and reads the steps that name guests: ``engagements.seats``.)
    """
    own = engagements_of_own_teams(user)
    if standing_of(user).is_admin:
        return own | Engagement.objects.filter(is_confidential=False)
    return own


def engagements_visible_to(user) -> QuerySet[Engagement]:
    """Return the engagements that the user may know of: those they read; for an administrator, all.

    Of a confidential one an administrator sees that it is there, with whom, and how far; never a word.
    """
    if standing_of(user).is_admin:
        return Engagement.objects.all()
    return engagements_read_by(user)


def requests_visible_to(user) -> QuerySet[ServiceRequest]:
    """Return the requests that the user may read: own, of places they lead; all for an administrator.

    A coach reads those that PSESD has them in mind for. A confidential one is for its asker and PSESD alone:
    no supervisor learns who wants to be coached.
    """
    if not user.is_authenticated:
        return ServiceRequest.objects.none()
    if standing_of(user).is_admin:
        return ServiceRequest.objects.all()
    of_places = requests_of_places_led(user).values("pk")
    return ServiceRequest.objects.filter(Q(asked_by=user) | Q(coach=user) | Q(pk__in=of_places))


def requests_of_places_led(user) -> QuerySet[ServiceRequest]:
    """Return the requests of the places that the user leads, whoever asked; if confidential, their own."""
    is_open_to_them = Q(is_confidential=False) | Q(asked_by=user)
    return ServiceRequest.objects.filter(_at_places_led(user) & is_open_to_them)


def requests_answered_by(user) -> QuerySet[ServiceRequest]:
    """Return the requests that the user answers: all for an administrator, else those given to them."""
    if not user.is_authenticated:
        return ServiceRequest.objects.none()
    if standing_of(user).is_admin:
        return ServiceRequest.objects.all()
    return ServiceRequest.objects.filter(coach=user)


def buildings_opened_by(user) -> QuerySet[Building]:
    """Return the buildings where the user may open an engagement: coached; all for an administrator."""
    standing = standing_of(user)
    if standing.is_admin:
        return Building.objects.all()
    served = Q(pk__in=standing.coaches_buildings) | Q(district__in=standing.coaches_districts)
    return Building.objects.filter(served)


def districts_opened_by(user) -> QuerySet[District]:
    """Return the districts where the user may open an engagement: coached; all for an administrator."""
    standing = standing_of(user)
    if standing.is_admin:
        return District.objects.all()
    return District.objects.filter(pk__in=standing.coaches_districts)


def people_to_invite(engagement: Engagement, sought: str = "") -> QuerySet[User]:
    """Return whom a team can bring in: the staff of its district, and PSESD's coaches, who aren't in it yet.

    Who looks for somebody elsewhere finds nobody: whether they have an account is not for this team to know.
    """
    district = engagement.district or engagement.building.district
    coaches = Position.objects.current().filter(role=Position.Role.COACH).values("person")
    people = User.objects.filter(
        Q(pk__in=staff_of(district=district).values("pk")) | Q(pk__in=coaches), is_active=True
    ).exclude(pk__in=engagement.members.present().exclude(person=None).values("person"))
    for word in sought.split()[:4]:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(preferred_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__iexact=word)
        )
    return people


def own_notes(user) -> QuerySet[PrivateNote]:
    """Return the user's own private notes. Nobody else ever sees one."""
    if not user.is_authenticated:
        return PrivateNote.objects.none()
    return PrivateNote.objects.filter(person_id=user.pk)


def _at_places_led(user) -> Q:
    standing = standing_of(user)
    return (
        Q(building__in=standing.leads_buildings)
        | Q(building__district__in=standing.leads_districts)
        | Q(district__in=standing.leads_districts)
    )
