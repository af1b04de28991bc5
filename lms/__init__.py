"""The project: settings, addresses, the worker. Wires the apps and holds no domain logic."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
