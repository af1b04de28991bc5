"""Addresses of this app."""

app_name = "roster"

urlpatterns = []
