"""Scopes: what each person may see of records, as querysets (design, section 7). The only home of that.

A row outside its scope doesn't exist for the person: a view finds it within the scope, or answers 404.
"""

from django.db.models import Q, QuerySet

from courses.models import (
    Assignment,
    Certificate,
    Commitment,
    Discussion,
    Enrollment,
    EvaluationAnswers,
    Note,
    Post,
    Reflection,
)
from roster.models import Building, District, Position
from roster.standing import standing_of


def own_enrollments(user) -> QuerySet[Enrollment]:
    """Return the user's own enrollments: the only ones that anybody writes into."""
    return (
        Enrollment.objects.filter(person_id=user.pk) if user.is_authenticated else Enrollment.objects.none()
    )


def own_reflections(user) -> QuerySet[Reflection]:
    """Return what the user wrote."""
    return Reflection.objects.filter(enrollment__in=own_enrollments(user))


def own_commitments(user) -> QuerySet[Commitment]:
    """Return what the user has taken on. Nobody else ever sees one."""
    return Commitment.objects.filter(enrollment__in=own_enrollments(user))


def own_notes(user) -> QuerySet[Note]:
    """Return what the user has marked and noted. Nobody else ever sees one."""
    return Note.objects.filter(enrollment__in=own_enrollments(user))


def enrollments_visible_to(user) -> QuerySet[Enrollment]:
    """Return enrollments whose completion the user may see: own, led or coached places, all for PSESD.

    What counts is where the course was taken, so that a record stays with the building that asked for it.
    Editors see totals only, never rows.
    """
    if not user.is_authenticated:
        return Enrollment.objects.none()
    standing = standing_of(user)
    if standing.is_admin:
        return Enrollment.objects.all()
    buildings = standing.leads_buildings | standing.coaches_buildings
    districts = standing.leads_districts | standing.coaches_districts
    return Enrollment.objects.filter(
        Q(person_id=user.pk) | Q(building__in=buildings) | Q(district__in=districts)
    )


def enrollments_led_by(user) -> QuerySet[Enrollment]:
    """Return enrollments of the staff of places that the user leads: those whom they may nudge.

    What counts is where the person works today, wherever the course was taken.
    """
    standing = standing_of(user)
    held = Position.objects.current().filter(
        Q(building__in=standing.leads_buildings)
        | Q(building__district__in=standing.leads_districts)
        | Q(district__in=standing.leads_districts)
    )
    return Enrollment.objects.filter(
        person__in=held.exclude(role__in=Position.OF_PSESD).order_by().values("person")
    )


def reflections_visible_to(user) -> QuerySet[Reflection]:
    """Return reflections that the user may read: own, and those shared with them. Nobody reads a private one.

    Shared with the coach: a coach who serves the building or its district. Shared with the building's team:
    its staff too, the principal among them. An administrator's or superuser's role opens nothing here.
    """
    if not user.is_authenticated:
        return Reflection.objects.none()
    standing = standing_of(user)
    team = {
        position.building_id
        for position in standing.positions
        if position.building_id and position.role not in Position.OF_PSESD
    }
    coached = Q(enrollment__building__in=standing.coaches_buildings) | Q(
        enrollment__district__in=standing.coaches_districts
    )
    sharing = Reflection.Sharing
    return Reflection.objects.filter(
        Q(enrollment__person_id=user.pk)
        | (coached & Q(sharing__in=[sharing.COACH, sharing.BUILDING]))
        | Q(enrollment__building__in=team, sharing=sharing.BUILDING)
    )


def buildings_talked_in_by(user) -> QuerySet[Building]:
    """Return the buildings whose discussions are open to the user: of their staff, or served as a coach.

    An administrator's or district leader's role opens nothing here.
    """
    standing = standing_of(user)
    team = {
        position.building_id
        for position in standing.positions
        if position.building_id and position.role not in Position.OF_PSESD
    }
    return Building.objects.filter(
        Q(pk__in=team | standing.coaches_buildings) | Q(district__in=standing.coaches_districts)
    )


def buildings_moderated_by(user) -> QuerySet[Building]:
    """Return the buildings whose discussions the user opens and moderates: as principal, or as coach."""
    standing = standing_of(user)
    return Building.objects.filter(
        Q(pk__in=standing.leads_buildings | standing.coaches_buildings)
        | Q(district__in=standing.coaches_districts)
    )


def may_moderate(user, building: Building) -> bool:
    """Say whether the user moderates the building's discussions; asks the database nothing more."""
    standing = standing_of(user)
    of_it = standing.leads_buildings | standing.coaches_buildings
    return building.pk in of_it or building.district_id in standing.coaches_districts


def discussions_visible_to(user) -> QuerySet[Discussion]:
    """Return the discussions that the user may read; a closed one is left to its moderators."""
    return Discussion.objects.filter(
        Q(building__in=buildings_talked_in_by(user)) & ~Q(state=Discussion.State.CLOSED)
        | Q(building__in=buildings_moderated_by(user))
    )


def posts_visible_to(user) -> QuerySet[Post]:
    """Return posts that the user may read: own ones, the moderators all, everybody what wasn't taken away."""
    posts = Post.objects.filter(discussion__in=discussions_visible_to(user))
    return posts.filter(
        Q(author_id=user.pk)
        | Q(deleted_at=None, removal=None)
        | Q(discussion__building__in=buildings_moderated_by(user))
    )


def certificates_visible_to(user) -> QuerySet[Certificate]:
    """Return certificates that the user may read: own, of places they lead, all for an administrator."""
    if not user.is_authenticated:
        return Certificate.objects.none()
    standing = standing_of(user)
    if standing.is_admin:
        return Certificate.objects.all()
    return Certificate.objects.filter(
        Q(enrollment__person_id=user.pk)
        | Q(enrollment__building__in=standing.leads_buildings)
        | Q(enrollment__district__in=standing.leads_districts)
    )


def assignments_visible_to(user) -> QuerySet[Assignment]:
    """Return assignments made to places that the user leads; all for an administrator."""
    if not user.is_authenticated:
        return Assignment.objects.none()
    standing = standing_of(user)
    if standing.is_admin:
        return Assignment.objects.all()
    return Assignment.objects.filter(
        Q(building__in=standing.leads_buildings)
        | Q(building__district__in=standing.leads_districts)
        | Q(district__in=standing.leads_districts)
    )


def evaluations_visible_to(user, course_key) -> list[tuple[str, QuerySet[EvaluationAnswers]]]:
    """Return the sheets of a course whose totals the user may see, each with the name of the place it is of.

    PSESD's editors and administrators see the whole course at once; leaders and coaches their places. Of a
    building within a district that they also see there is no figure of its own: by taking one from the
    other, the few of another building could be worked out.
    """
    standing = standing_of(user)
    sheets = EvaluationAnswers.objects.filter(course_key=course_key)
    if standing.is_admin or standing.is_editor:
        return [("", sheets)]
    districts = District.objects.filter(pk__in=standing.leads_districts | standing.coaches_districts)
    buildings = Building.objects.filter(pk__in=standing.leads_buildings | standing.coaches_buildings)
    places = [(place.name, sheets.filter(district=place)) for place in districts]
    alone = buildings.exclude(district__in=districts)
    return places + [(place.name, sheets.filter(building=place)) for place in alone]
