"""Background work: one call of a verb, which may run twice."""

from celery import shared_task

from notices import emailing


@shared_task
def send_waiting() -> None:
    """Send the emails that are still waiting."""
    emailing.send_waiting()
