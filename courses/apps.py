"""The app's registration with Django."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """What a person does with a course: enrolling, progress, reflections, certificates, clock hours."""

    name = "courses"

    def ready(self) -> None:
        """Join the pages and signals of the apps below, and tell Wagtail who sees records there."""
        from courses import permissions
        from courses.joining import join

        join()
        permissions.register()
