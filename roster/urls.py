"""Addresses of this app."""

from django.urls import path

from roster import views

app_name = "roster"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("device/", views.device, name="device"),
    path("buildings/<slug:slug>/profile/", views.building_profile, name="building_profile"),
]
