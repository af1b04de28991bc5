"""Background work: one line round a verb, safe to run twice."""

from celery import shared_task

from engagements import acting, answering


@shared_task
def nightly() -> None:
    """Remind of what was taken on, and thin out what every save left behind."""
    acting.remind()
    answering.thin_versions()
