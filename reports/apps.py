"""The app's registration with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Read only: dashboards and exports over all the other apps."""

    name = "reports"
