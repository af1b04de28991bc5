"""Approving: an edition goes from its author to PSESD, and back, and live, by Wagtail's own workflow.

Who wrote it needs nothing of Wagtail's admin; who approves does it there, among all else that waits.
"""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import signals
from wagtail.admin import signal_handlers as mailing
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowState,
    WorkflowTask,
)

from cms import authors
from cms.models import Edition
from notices import telling
from notices.models import Kind
from roster import audit
from roster.groups import MODERATORS
from roster.models import User

WORKFLOW = "Approval of editions"
TASK = "PSESD reads it"


class State(models.TextChoices):
    """Where a place's edition of a course stands, in its author's words."""

    NONE = "none", _("Not begun")
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("With PSESD")
    RETURNED = "returned", _("Sent back")
    LIVE = "live", _("Live")
    NEWER = "newer", _("Live, with a newer draft")


class InReview(Exception):
    """Raised when an edition lies with PSESD and so can't be changed or sent."""


class NotInReview(Exception):
    """Raised when there is nothing to take back."""


class NobodyApproves(Exception):
    """Raised when editors have switched the workflow of editions off."""


class NothingToSend(Exception):
    """Raised when all that is written is live already, or nothing is written."""


def state_of(edition: Edition | None, current: WorkflowState | None) -> State:
    """Where ``edition`` stands; ``current`` is its workflow that is under way, if any."""
    if edition is None or edition.pk is None:
        return State.NONE
    if current:
        return State.SENT if current.status == WorkflowState.STATUS_IN_PROGRESS else State.RETURNED
    if edition.live:
        return State.NEWER if edition.has_unpublished_changes else State.LIVE
    return State.DRAFT


def reviews_of(editions) -> dict[int, WorkflowState]:
    """The workflow that is under way for each of ``editions``, by the edition's primary key. One query."""
    kind = ContentType.objects.get_for_model(Edition)
    active = WorkflowState.objects.active().filter(
        base_content_type=kind, object_id__in=[str(edition.pk) for edition in editions]
    )
    states = active.select_related("current_task_state__finished_by", "requested_by")
    return {int(state.object_id): state for state in states}


def review_of(edition: Edition) -> WorkflowState | None:
    """The workflow that is under way for ``edition``. One query."""
    return reviews_of([edition]).get(edition.pk) if edition.pk else None


def send(*, edition: Edition, by: User) -> None:
    """Send the newest draft to PSESD; after it was sent back, send it again.

    Raises:
        InReview: it is there already.
        NothingToSend: there is no draft that isn't live.
        NobodyApproves: there is no workflow for editions.
    """
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        review = review_of(edition)
        if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
            raise InReview
        if not (edition.latest_revision_id and edition.has_unpublished_changes):
            raise NothingToSend
        workflow = edition.get_workflow()
        if review:
            review.resume(user=by)
        elif workflow is None:
            raise NobodyApproves
        else:
            review = workflow.start(edition, by)
        audit.record(actor=by, action="sent edition", subject=edition, details=_details(edition))
        review.refresh_from_db()
        _tell_psesd(edition, review, by)


def take_back(*, edition: Edition, by: User) -> None:
    """Take the draft back from PSESD, to go on writing.

    Raises:
        NotInReview: PSESD doesn't have it (any more).
    """
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        review = review_of(edition)
        if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
            raise NotInReview
        review.cancel(user=by)
        audit.record(actor=by, action="took back edition", subject=edition, details=_details(edition))


def set_up() -> None:
    """Have moderators approve editions; safe to repeat. Another workflow that editors chose instead stays."""
    task, _new = GroupApprovalTask.objects.get_or_create(name=TASK)
    task.groups.add(Group.objects.get(name=MODERATORS))
    workflow, _new = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Edition), defaults={"workflow": workflow}
    )


#: Signal, receiver, sender and key, as Wagtail's admin connects them.
_WAGTAILS_EMAILS = [
    (
        signals.task_submitted,
        mailing.task_submission_email_notifier,
        TaskState,
        "group_approval_task_submitted_email_notification",
    ),
    (
        signals.workflow_submitted,
        mailing.workflow_submission_email_notifier,
        WorkflowState,
        "workflow_state_submitted_email_notification",
    ),
    (
        signals.workflow_rejected,
        mailing.workflow_rejection_email_notifier,
        WorkflowState,
        "workflow_state_rejected_email_notification",
    ),
    (
        signals.workflow_approved,
        mailing.workflow_approval_email_notifier,
        WorkflowState,
        "workflow_state_approved_email_notification",
    ),
]


# --- what follows a decision in the admin -----------------------------------------------------------------


def listen() -> None:
    """Begin to tell authors what PSESD decided."""
    signals.workflow_rejected.connect(_sent_back, dispatch_uid="cms.approving.sent_back")
    signals.workflow_approved.connect(_approved, dispatch_uid="cms.approving.approved")


def speak_for_wagtail() -> None:
    """Leave the emails about editions to our own notices; called when Wagtail's admin has made its own ready.

    Its emails lead into the admin, where the authors can't go; for pages they stay.
    """
    for signal, notifier, sender, uid in _WAGTAILS_EMAILS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(_but_for_editions(notifier), sender=sender, dispatch_uid=uid, weak=False)


def _but_for_editions(notifier):
    def notify(sender, instance, **kwargs):
        review = instance.workflow_state if isinstance(instance, TaskState) else instance
        if _edition_of(review) is None:
            notifier(sender=sender, instance=instance, **kwargs)

    return notify


def _sent_back(sender, instance, user=None, **kwargs):
    edition = _edition_of(instance)
    if edition is None:
        return
    task = instance.current_task_state
    audit.record(
        actor=user,
        action="sent back edition",
        subject=edition,
        details=_details(edition, comment=task.comment),
    )
    telling.tell_each(
        people=authors.of(edition),
        kind=Kind.CONTENT,
        key=f"edition-back:{task.pk}",
        title=_("PSESD sent back your edition of “%(course)s”"),
        body="%(comment)s" if task.comment else _("Look at it once more, please."),
        names={"course": lazy(authors.title, str)(edition), "comment": task.comment},
        url=authors.address(edition),
    )


def _approved(sender, instance, user=None, **kwargs):
    edition = _edition_of(instance)
    if edition is None:
        return
    audit.record(actor=user, action="approved edition", subject=edition, details=_details(edition))
    telling.tell_each(
        people=authors.of(edition),
        kind=Kind.CONTENT,
        key=f"edition-live:{instance.pk}",
        title=_("Your edition of “%(course)s” is live"),
        body=_("Your staff see it from now on."),
        names={"course": lazy(authors.title, str)(edition)},
        url=authors.address(edition),
    )


def _tell_psesd(edition, review, by):
    readers = User.objects.filter(groups__name=MODERATORS, is_active=True).exclude(pk=by.pk).distinct()
    telling.tell_each(
        people=readers,
        kind=Kind.CONTENT,
        key=f"edition-sent:{review.current_task_state_id}",
        title=_("%(place)s sent its edition of “%(course)s” to be read"),
        names={"place": edition.owner, "course": lazy(authors.title, str)(edition)},
        url=reverse("wagtailsnippets_cms_edition:edit", args=[edition.pk]),
    )


def _edition_of(review) -> Edition | None:
    is_edition = review.base_content_type == ContentType.objects.get_for_model(Edition)
    return (
        Edition.objects.select_related("building", "district").get(pk=review.object_id)
        if is_edition
        else None
    )


def _details(edition, **more):
    return {"course": authors.title(edition), "course_key": edition.course_key, **more}
