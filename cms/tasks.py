"""Background work on content: one line round a verb, idempotent."""

from uuid import UUID

from celery import shared_task

from cms import changing, editions, translating


@shared_task
def tell_misfits(course_key: str | None):
    """Tell authors what of their editions no longer fits; of every course, when any may be meant."""
    editions.tell_misfits(UUID(course_key) if course_key else None)


@shared_task
def work_out_change(pk: int):
    """Work out for whom a change of content matters."""
    changing.work_out(pk)


@shared_task
def renew_source(pk: int):
    """Tell translators what of a page that was published anew waits for them."""
    translating.renew_source(pk)


@shared_task
def take_up_translation(pk: int, language: str):
    """Take up an imported translation among the sentences that Wagtail's translators work on."""
    translating.take_up(pk, language)
