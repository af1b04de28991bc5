"""Background work on records: one line round a verb, idempotent, taking ids."""

from celery import shared_task

from courses import certifying, completing, reaching, releasing, sweeping
from courses.models import Assignment, Enrollment
from roster.models import User


@shared_task(name="courses.tasks.sweep")
def sweep():
    """Do what lost tasks didn't (every five minutes)."""
    sweeping.sweep()


@shared_task(name="courses.tasks.nightly")
def nightly():
    """Remind, ask, recount (once a night)."""
    sweeping.nightly()


@shared_task
def follow_completion(enrollment_pk: int):
    """Issue the certificate of a course that was just completed, and tell the person."""
    certifying.announce(certifying.issue(Enrollment.objects.get(pk=enrollment_pk)))


@shared_task
def recompute_course(course_key: str | None):
    """Recount everybody in a course after a change of it; of every course, when any may be meant."""
    for key in [course_key] if course_key else _taken_courses():
        completing.recompute_course(key)


@shared_task
def recount_people(person_ids: list[int]):
    """Recount the open courses of people whose positions changed: they may get other modules now."""
    open_ones = Enrollment.objects.filter(person__in=person_ids, status__in=Enrollment.OPEN)
    for enrollment in open_ones.select_related("person"):
        completing.recount(enrollment)


@shared_task
def recount_places(building_ids: list[int], district_ids: list[int]):
    """Recount the people of places that say other things of themselves now (goal, focus areas, level)."""
    at = User.objects.filter(positions__building__in=building_ids) | User.objects.filter(
        positions__building__district__in=district_ids
    )
    at |= User.objects.filter(positions__district__in=district_ids)
    recount_people(list(at.distinct().values_list("pk", flat=True)))


@shared_task
def reach(assignment_id: int):
    """Enroll the people whom an assignment means."""
    reaching.reach(Assignment.objects.get(pk=assignment_id))


@shared_task
def release(assignment_id: int):
    """Let go of the people of a withdrawn assignment."""
    releasing.release(Assignment.objects.get(pk=assignment_id))


@shared_task
def reach_newcomers(person_ids: list[int]):
    """Bring the assignments that include future staff to people whose positions changed."""
    reaching.reach_newcomers(person_ids)


def _taken_courses():
    taken = Enrollment.objects.filter(status__in=Enrollment.OPEN).order_by()
    return list(taken.values_list("course_key", flat=True).distinct())
