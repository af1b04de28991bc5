"""The app's registration with Django."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Who works where: people, districts, buildings, positions, and what each may see."""

    name = "roster"

    def ready(self) -> None:
        """Let Wagtail's groups follow people's positions, and tell Wagtail who keeps the roster."""
        from roster import groups, permissions

        groups.connect()
        permissions.register()
