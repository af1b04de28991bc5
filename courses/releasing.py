"""Releasing: what becomes of people when the assignment that reached them is withdrawn. Background work.

Who hasn't begun and is in the course only because of it leaves it; who has begun, or came by themselves,
stays and is free of its due date. Another assignment that still asks for the course takes this one's place.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from courses import sweeping
from courses.models import Assignment, Enrollment, Reach, Withdrawal
from roster import audit
from roster.models import AuditEntry

BATCH = 1000
#: A withdrawal this recent may have lost its task; an older one was swept before.
RECENT = datetime.timedelta(days=2)


def release(assignment: Assignment) -> None:
    """Let go of the people of a withdrawn assignment, in batches. Doing it again does what is left."""
    while assignment.withdrawn_at:
        with transaction.atomic():
            # A restoration waits for the batch, and is seen by the next one.
            assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
            if not assignment.withdrawn_at or not _release_some(assignment):
                return


@sweeping.every_five_minutes
def release_waiting() -> None:
    """Go on with withdrawals whose task was lost or killed."""
    for assignment in Assignment.objects.filter(withdrawn_at__gte=timezone.now() - RECENT):
        release(assignment)


def leaving_of(assignment: Assignment):
    """Enrollments that end with the assignment: caused by it, never opened, asked for by no other."""
    return Enrollment.objects.filter(
        Q(reaches__assignment=assignment, reaches__caused_it=True),
        ~Exists(_others(assignment, OuterRef("pk"))),
        status=Enrollment.Status.NOT_STARTED,
    )


def _release_some(assignment) -> bool:
    """Release one batch; False when nothing is left."""
    # Locked: whoever opens the course in this moment either comes first and stays, or finds it withdrawn.
    leaving = leaving_of(assignment).select_for_update(of=("self",)).select_related("person")
    leaving = list(leaving.order_by("pk")[:BATCH])
    if leaving:
        _take_out(assignment, leaving)
        return True
    staying = list(_bound_by(assignment).order_by("pk")[:BATCH])
    if staying:
        _free(assignment, staying)
    _hand_on(assignment)
    return bool(staying)


def _take_out(assignment, rows):
    by, pks = assignment.withdrawn_by, [row.pk for row in rows]
    Enrollment.objects.filter(pk__in=pks).update(status=Enrollment.Status.WITHDRAWN, due_on=None)
    Withdrawal.objects.bulk_create(
        [Withdrawal(enrollment=row, by=by, reason=str(assignment)[:300]) for row in rows],
        ignore_conflicts=True,
    )
    details = {"assignment": assignment.pk}
    AuditEntry.objects.bulk_create(
        audit.entry(actor=by, action="withdrawn", subject=row, details=details) for row in rows
    )
    # The link goes: should the assignment be restored, these are people whom it has yet to reach.
    Reach.objects.filter(assignment=assignment, enrollment__in=pks).delete()


def _bound_by(assignment):
    """Open enrollments that still carry this assignment's due date, and that no other one gives the same."""
    if assignment.due_on is None:
        return Enrollment.objects.none()
    same = _others(assignment, OuterRef("pk")).filter(assignment__due_on=assignment.due_on)
    return Enrollment.objects.filter(
        ~Exists(same),
        reaches__assignment=assignment,
        status__in=Enrollment.OPEN,
        due_on=assignment.due_on,
    )


def _free(assignment, rows):
    """Give each the earliest due date of the assignments that still ask for it, or none."""
    pks = [row.pk for row in rows]
    left = Reach.objects.filter(enrollment__in=pks, assignment__withdrawn_at=None)
    earliest = dict(
        left.values("enrollment").annotate(due=Min("assignment__due_on")).values_list("enrollment", "due")
    )
    for row in rows:
        row.due_on = earliest.get(row.pk)
    Enrollment.objects.bulk_update(rows, ["due_on"])


def _hand_on(assignment):
    """What this one caused and another still asks for is that one's doing from now on."""
    caused = Reach.objects.filter(assignment=assignment, caused_it=True).values("enrollment")
    heirs = Reach.objects.filter(
        enrollment__in=caused, enrollment__status=Enrollment.Status.NOT_STARTED, assignment__withdrawn_at=None
    )
    heirs.filter(caused_it=False).update(caused_it=True)


def _others(assignment, enrollment):
    """Links of ``enrollment`` to other assignments that stand."""
    return Reach.objects.filter(enrollment=enrollment, assignment__withdrawn_at=None).exclude(
        assignment=assignment.pk
    )
