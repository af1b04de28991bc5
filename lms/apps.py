"""The project as an app: its checks and commands."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class LmsConfig(AppConfig):
    """Registers the checks that keep an unsafe production from starting."""

    name = "lms"

    def ready(self) -> None:
        """Register the deployment checks."""
        from lms.checks import check_production

        register(check_production, Tags.security, deploy=True)
