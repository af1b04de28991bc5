"""Every address that the header may name, so that its tests don't wait for the pages themselves."""

from django.http import HttpResponse
from django.urls import include, path


def here(request, **parts):
    """Answer with nothing: only the address matters."""
    return HttpResponse()


def app(name, *addresses):
    """Return one app's named addresses."""
    return path("", include(([path(url, here, name=view) for view, url in addresses], name)))


urlpatterns = [
    app("courses", ("learning", "learning/"), ("journal", "journal/"), ("shared", "shared/")),
    app("cms", ("catalog", "catalog/")),
    app(
        "reports",
        ("home", "buildings/"),
        ("district", "districts/<slug:slug>/"),
        ("region", "region/"),
    ),
    app(
        "engagements",
        ("list", "engagements/"),
        ("desk", "engagements/desk/"),
        ("requests", "engagements/requests/"),
    ),
    app("notices", ("list", "notices/")),
    path("cms/", here, name="wagtailadmin_home"),
    path("accounts/login/", here, name="account_login"),
    path("accounts/logout/", here, name="account_logout"),
]
