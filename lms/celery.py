"""The Celery application: background work, and how a task is asked for.

The database row is the truth and a task is only a nudge. So work is asked for after the commit, a nudge that
can't be delivered never breaks the page that sent it, and the sweeps of ``beat_schedule`` do what was lost.
"""

import functools
import os

from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")


class Nudge(DjangoTask):
    """A task whose sending after the commit can fail (queue down) without failing the request."""

    abstract = True

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Send the task when the surrounding transaction commits; a failure is logged, not raised."""
        transaction.on_commit(functools.partial(self.delay, *args, **kwargs), robust=True)

    def apply_async_on_commit(self, *args, **kwargs) -> None:
        """Like ``delay_on_commit``, with the options of ``apply_async``."""
        transaction.on_commit(functools.partial(self.apply_async, *args, **kwargs), robust=True)


app = Celery("lms", task_cls=Nudge)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
