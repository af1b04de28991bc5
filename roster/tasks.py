"""Background work: each task is one call of a verb, and may run twice."""

from celery import shared_task

from roster import appointing
from roster.models import User


@shared_task
def send_invitation(pk: int) -> None:
    """Send one person's invitation; nothing happens when they have a password by now."""
    from roster import inviting  # it asks for this task, so it can't be imported at the top

    if person := User.objects.filter(pk=pk).first():
        inviting.send_invitation(person)


@shared_task
def follow_the_calendar() -> None:
    """Tell of the positions that begin or ended with the day."""
    appointing.follow_the_calendar()
