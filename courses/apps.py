"""The app's registration with Django."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """What a person does with a course: enrolling, progress, reflections, certificates, clock hours."""

    name = "courses"
