"""The app's registration with Django."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """What PSESD writes: pages, blocks, audiences and editions, learning standards."""

    name = "cms"

    def ready(self):
        """Begin to record changes, to tell the apps above of them, and authors of what PSESD decides."""
        from cms import approving, recording, telling

        recording.listen()
        telling.listen()
        approving.listen()
