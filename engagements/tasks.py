"""Background work: one line round a verb, safe to run twice."""

from celery import shared_task

from engagements import answering


@shared_task
def nightly() -> None:
    """Thin out what every save left behind."""
    answering.thin_versions()
