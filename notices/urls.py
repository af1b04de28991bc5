"""Addresses of this app."""

from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.index, name="list"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/preferences/calendar/", views.calendar_feed, name="calendar_feed"),
    path("notices/calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("notices/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("notices/<int:pk>/", views.show, name="show"),
    path("notices/<int:pk>/read/", views.read, name="read"),
]
