"""Registering: which course with a coach a team's meetings count for, and who of them is enrolled in it."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cms import tailoring
from cms.models import CoursePage
from cms.standpoints import Place
from courses import enrolling
from courses.models import Enrollment, Participation
from engagements.models import Engagement, Member, Offering, Registration
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import User

#: Who gets hours. A coach leads the meetings, and a guest is there for a step.
LEARNS = [Member.Role.LEAD, Member.Role.MEMBER]


class Confidential(Exception):
    """Who came how often to be coached is nobody else's: confidential work gives no hours (decision 0050)."""


class NotOnOffer(Exception):
    """The course isn't one with a coach that is published, approved and carries clock hours."""


class AlreadyGiven(Exception):
    """Hours were given for the course that was chosen: another can't take its place."""


def courses_on_offer(service: str) -> list[CoursePage]:
    """The courses that a team's meetings can count for, those of its service first."""
    courses = tailoring.live_courses().filter(
        is_facilitated=True, approved_on__isnull=False, clock_hours__isnull=False
    )
    return sorted(courses.distinct().order_by("title"), key=lambda course: course.service != service)


def choose(*, engagement: Engagement, course: CoursePage, by: User) -> Offering:
    """Let the engagement's meetings count for ``course``, and register the team. Again registers newcomers.

    Another course takes the place of the one before as long as no hours were given for that; who was
    registered for it is taken out again.

    Raises:
        Confidential: the work is.
        NotOnOffer: the course can't be chosen.
        AlreadyGiven: hours were given for another.
    """
    if engagement.is_confidential:
        raise Confidential(engagement)
    if course.translation_key not in {one.translation_key for one in courses_on_offer(engagement.service)}:
        raise NotOnOffer(course)
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)
        offering = Offering.objects.filter(engagement=engagement).first()
        if offering and offering.course_key != course.translation_key:
            _give_up(offering, by)
            offering = None
        if offering is None:
            offering = Offering.objects.create(
                engagement=engagement, course_key=course.translation_key, course_title=course.title, by=by
            )
            details = {"course": str(offering.course_key), "title": offering.course_title}
            audit.record(
                actor=by, action="let meetings count for a course", subject=engagement, details=details
            )
        register(offering=offering, course=course, people=learners_of(engagement), by=by)
    return offering


def learners_of(engagement: Engagement) -> list[User]:
    """The people with an account who are in the team today and get hours."""
    return engagement.members.present().filter(role__in=LEARNS).people()


def register(*, offering: Offering, course: CoursePage, people: Iterable[User], by: User) -> None:
    """Enroll ``people`` for the team's meetings and tell them; whoever is registered or can't be is left.

    Nobody can whom the course isn't open to, who left it, or whose hours in it still come from another team.
    """
    engagement, registered = offering.engagement, []
    known = set(offering.registrations.values_list("person_id", flat=True))
    building = engagement.building
    at = Place(
        building_id=engagement.building_id,
        district_id=building.district_id if building else engagement.district_id,
    )
    for person in people:
        if person.pk in known:
            continue
        try:
            enrollment = enrolling.register(person=person, course=course, by=by, at=at, again=True)
        except enrolling.NotOpenTo:
            continue
        if enrollment.status == Enrollment.Status.WITHDRAWN and not left_by_themselves(enrollment):
            enrolling.come_back(enrollment=enrollment, by=by)
        if enrollment.is_open and not hasattr(enrollment, "registration"):
            Registration.objects.create(offering=offering, person=person, enrollment=enrollment)
            registered.append(person)
    tell_each(
        people=registered,
        kind=Kind.ENGAGEMENT,
        key=f"registered:{offering.pk}",
        title=gettext_lazy("Your team's meetings count for clock hours: “%(course)s”"),
        body=gettext_lazy(
            "The time that you are there is noted. PSESD gives the hours by it, and an evaluation "
            "completes them."
        ),
        url=reverse("engagements:show", args=[engagement.pk]),
        names={"course": offering.course_title},
    )


def register_newcomer(*, member: Member, by: User) -> None:
    """Register whoever just joined a team whose meetings count for a course."""
    if member.person_id is None or member.role not in LEARNS:
        return
    offering = Offering.objects.filter(engagement=member.engagement_id).select_related("engagement").first()
    course = offering and tailoring.course_of(offering.course_key)
    if course:
        register(offering=offering, course=course, people=[member.person], by=by)


def left_by_themselves(enrollment: Enrollment) -> bool:
    """Did the person withdraw, and not whoever chose another course for the team?"""
    withdrawal = getattr(enrollment, "withdrawal", None)
    return withdrawal is not None and withdrawal.by_id == enrollment.person_id


def _give_up(offering: Offering, by: User) -> None:
    vouched = Participation.objects.filter(enrollment__registration__offering=offering)
    if vouched.exists():
        raise AlreadyGiven(offering)
    for registration in offering.registrations.select_related("enrollment"):
        if registration.enrollment.is_open:
            enrolling.withdraw(
                enrollment=registration.enrollment, by=by, reason="Another course was chosen for the team."
            )
    details = {"course": str(offering.course_key), "title": offering.course_title}
    audit.record(actor=by, action="took a course back", subject=offering.engagement, details=details)
    offering.delete()
