"""The app's registration with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Telling people: notices in the product, email, and what each person wants to hear."""

    name = "notices"
