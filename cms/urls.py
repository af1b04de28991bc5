"""Addresses of this app; the pages' own are Wagtail's."""

from django.urls import path

from cms.views import catalog

app_name = "cms"

urlpatterns = [
    path("catalog/", catalog.catalog, name="catalog"),
]
