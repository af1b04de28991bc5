"""Wagtail's own background work goes through our queue, after the commit."""

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from wagtail.tasks import delete_file_from_storage_task

from lms.task_backend import run


def test_a_wagtail_task_runs_when_the_transaction_commits(db, tmp_path, django_capture_on_commit_callbacks):
    storage = FileSystemStorage(tmp_path)
    storage.save("old-picture.svg", ContentFile(b"<svg/>"))

    with django_capture_on_commit_callbacks(execute=True):
        delete_file_from_storage_task.enqueue(
            ("django.core.files.storage.FileSystemStorage", [str(tmp_path)], {}), "old-picture.svg"
        )
        assert storage.exists("old-picture.svg")
    assert not storage.exists("old-picture.svg")


def test_a_queue_that_is_down_does_not_break_the_page(monkeypatch):
    """A robust callback's failure is logged by Django; the commit stands and the page is answered."""
    asked = []
    monkeypatch.setattr("lms.celery.transaction.on_commit", lambda send, **how: asked.append(how))
    run.delay_on_commit("a.path", [], {})
    assert asked == [{"robust": True}]
