"""Addresses of this app."""

app_name = "cms"

urlpatterns = []
