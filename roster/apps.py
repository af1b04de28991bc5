"""The app's registration with Django."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Who works where: people, districts, buildings, positions, and what each may see."""

    name = "roster"

    def ready(self) -> None:
        """Let Wagtail's groups follow people's positions."""
        from roster import groups

        groups.connect()
