"""Sharing: who may read a reflection, by name of role and place, and what is shared with a person.

Quiet by design (decision 0023): nobody is told that something was shared, taken back or read, and no page
counts it for anybody.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import reflecting
from courses.models import Enrollment, Reflection
from courses.scopes import reflections_visible_to
from roster.models import Building, Position, User
from roster.scopes import staff_of
from roster.standing import standing_of

PRIVATE, COACH, BUILDING = reflecting.WIDTHS


@dataclass(frozen=True)
class Choice:
    """One way to share, and in plain words who can read the text then, as of today."""

    value: str
    label: str | Promise
    means: str


@dataclass(frozen=True)
class Wish:
    """What somebody looks for among what is shared with them: a course's key, a building."""

    course_key: str = ""
    building: str = ""


def choices(reflection: Reflection) -> list[Choice]:
    """The ways in which the writer may share it now, from the fewest readers on."""
    means = {PRIVATE: _only_me, COACH: _my_coach, BUILDING: _my_team}
    return [
        Choice(value, Reflection.Sharing(value).label, means[value](reflection.enrollment))
        for value in reflecting.offered(reflection)
        if value == reflection.sharing or _has_readers(value, reflection.enrollment)
    ]


def means_now(reflection: Reflection) -> str:
    """Who can read it as it is shared now."""
    return next(choice.means for choice in choices(reflection) if choice.value == reflection.sharing)


def may_receive(user) -> bool:
    """Could anything be shared with this person: do they coach, or work in a building?"""
    standing = standing_of(user)
    return standing.coaches or any(
        position.building_id and position.role not in Position.OF_PSESD for position in standing.positions
    )


def shared_with(user, wish: Wish = Wish()) -> QuerySet[Reflection]:
    """What others share with ``user``, the newest first. What is taken back is gone from it at once."""
    rows = _of_others(user)
    if wish.course_key:
        rows = rows.filter(enrollment__course_key=wish.course_key)
    if wish.building:
        rows = rows.filter(enrollment__building__slug=wish.building)
    return rows.select_related("enrollment__person", "enrollment__building").order_by("-saved_at", "-pk")


def courses_shared_with(user) -> list[tuple[str, str]]:
    """The courses of what is shared with ``user``, as (key, title)."""
    return titles_by_key(Enrollment.objects.filter(reflections__in=_of_others(user)))


def buildings_shared_with(user) -> list[tuple[str, str]]:
    """The buildings of what is shared with ``user``, as (slug, name)."""
    rows = Building.objects.filter(enrollments__reflections__in=_of_others(user)).order_by("name")
    return list(rows.values_list("slug", "name").distinct())


def titles_by_key(enrollments: QuerySet[Enrollment]) -> list[tuple[str, str]]:
    """The courses of those enrollments, as (key, title), each once."""
    pairs = enrollments.order_by("course_title").values_list("course_key", "course_title").distinct()
    return list({str(key): title for key, title in pairs}.items())


def _of_others(user) -> QuerySet[Reflection]:
    return reflections_visible_to(user).exclude(enrollment__person=user.pk).exclude(words=0, is_marked=False)


def _has_readers(value, enrollment) -> bool:
    """Who takes a course outside any building has no team, and outside any district no coach either."""
    if value == BUILDING:
        return enrollment.building_id is not None
    return value == PRIVATE or bool(enrollment.building_id or enrollment.district_id)


def _only_me(enrollment) -> str:
    return _("You alone. Not your principal, not a coach, and nobody at PSESD.")


def _my_coach(enrollment) -> str:
    place = enrollment.building or enrollment.district
    count = _coaches_of(enrollment).count()
    if not count:
        return _(
            "PSESD coaches who serve %(place)s. Today there is none: nobody else reads it until there is."
        ) % {"place": place}
    return ngettext(
        "PSESD coaches who serve %(place)s: %(count)s person today. Whoever takes over can read it too; "
        "who no longer serves there can't.",
        "PSESD coaches who serve %(place)s: %(count)s people today. Whoever takes over can read it too; "
        "who no longer serves there can't.",
        count,
    ) % {"place": place, "count": count}


def _my_team(enrollment) -> str:
    building = enrollment.building
    if building is None:
        return _my_coach(enrollment)
    people = staff_of(building=building).exclude(pk=enrollment.person_id) | _coaches_of(enrollment)
    count = people.distinct().count()
    return ngettext(
        "Everybody who works at %(place)s, your principal among them, and the coaches who serve it: "
        "%(count)s person today. Who joins can read it too; who leaves no longer can.",
        "Everybody who works at %(place)s, your principal among them, and the coaches who serve it: "
        "%(count)s people today. Who joins can read it too; who leaves no longer can.",
        count,
    ) % {"place": building, "count": count}


def _coaches_of(enrollment) -> QuerySet[User]:
    serves = Q(district_id=enrollment.district_id) if enrollment.district_id else Q(pk=None)
    if enrollment.building_id:
        serves |= Q(building_id=enrollment.building_id)
    held = Position.objects.current().filter(serves, role=Position.Role.COACH)
    return User.objects.filter(is_active=True, pk__in=held.order_by().values("person"))
