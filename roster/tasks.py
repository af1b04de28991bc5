"""Background work: each task is one call of a verb, and may run twice."""

from celery import shared_task

from roster import appointing, invitations
from roster.models import User


@shared_task
def send_invitation(pk: int) -> None:
    """Send one person's invitation; nothing happens when they have a password by now."""
    if person := User.objects.filter(pk=pk).first():
        invitations.send(person)


@shared_task
def follow_the_calendar() -> None:
    """Tell of the positions that begin or ended with the day."""
    appointing.follow_the_calendar()
