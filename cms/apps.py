"""The app's registration with Django."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """What PSESD writes: pages, blocks, audiences and editions, learning standards."""

    name = "cms"

    def ready(self):
        """Begin to tell the apps above of changes, and authors of what PSESD decides."""
        from cms import approving, telling

        telling.listen()
        approving.listen()
