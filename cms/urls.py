"""Addresses of this app; the pages' own are Wagtail's."""

from django.urls import path

from cms import views

app_name = "cms"

urlpatterns = [
    path("catalog/", views.catalog, name="catalog"),
]
