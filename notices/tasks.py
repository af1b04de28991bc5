"""Background work: each task is one call of a verb, and may run twice."""

from celery import shared_task

from notices import emailing
from notices.models import Notice


@shared_task
def send_email(pk: int) -> None:
    """Send the email of one notice; nothing happens when it is gone or sent."""
    notice = Notice.objects.select_related("person").filter(pk=pk).first()
    if notice:
        emailing.send(notice)


@shared_task
def send_waiting() -> None:
    """Send the emails that are still waiting."""
    emailing.send_waiting()
