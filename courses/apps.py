"""The app's registration with Django."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """What a person does with a course: enrolling, progress, reflections, certificates, clock hours."""

    name = "courses"

    def ready(self) -> None:
        """Join the pages and signals of the apps below."""
        from courses.joining import join

        join()
