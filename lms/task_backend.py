"""Wagtail's background work on our Celery queue.

Wagtail asks for work through django-tasks (the ``TASKS`` setting). The Celery backend that exists for it
needs a newer Python, and all that it must do is this: put the function's path and its arguments on the queue
after the commit, and call it on the worker. Results are not kept; nothing in Wagtail asks for one.
"""

from celery import shared_task
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id


class CeleryBackend(BaseTaskBackend):
    """Sends tasks to Celery when the transaction commits."""

    def enqueue(self, task: Task, args: tuple, kwargs: dict) -> TaskResult:
        """Queue ``task`` for after the commit; the answer says that it is ready, and never changes."""
        self.validate_task(task)
        result = _ready(task, args, kwargs)
        run.delay_on_commit(task.module_path, result.args, result.kwargs)
        task_enqueued.send(type(self), task_result=result)
        return result


@shared_task(name="lms.run_wagtail_task")
def run(path: str, args: list, kwargs: dict) -> None:
    """Call the django-tasks function at ``path`` on the worker."""
    task: Task = import_string(path)
    if task.takes_context:
        args = [TaskContext(task_result=_ready(task, args, kwargs)), *args]
    task.call(*args, **kwargs)


def _ready(task: Task, args: list | tuple, kwargs: dict) -> TaskResult:
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        finished_at=None,
        last_attempted_at=None,
        args=list(args),
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )
