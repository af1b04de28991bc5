"""Addresses of this app; the pages' own are Wagtail's."""

from django.urls import path

from cms.views import catalog, edition_previews, edition_reviews, editions, services

app_name = "cms"


def _editions_of(kind: str, folder: str) -> list:
    """The addresses of the editions of one kind of place: the same for buildings and districts."""
    courses, extra = f"{folder}/<slug:slug>/courses/", {"kind": kind}
    edition = f"{courses}<uuid:course_key>/edition/"
    return [
        path(courses, editions.index, extra, name=f"{kind}_courses"),
        path(edition, editions.edition, extra, name=f"{kind}_edition"),
        path(f"{edition}removal/", editions.take_down, extra, name=f"{kind}_edition_removal"),
        path(f"{edition}review/", edition_reviews.create, extra, name=f"{kind}_edition_review"),
        path(
            f"{edition}review/withdrawal/",
            edition_reviews.withdraw,
            extra,
            name=f"{kind}_edition_withdrawal",
        ),
        path(f"{edition}preview/", edition_previews.course, extra, name=f"{kind}_edition_preview"),
        path(
            f"{edition}preview/<uuid:module_key>/",
            edition_previews.module,
            extra,
            name=f"{kind}_edition_preview_module",
        ),
    ]


urlpatterns = [
    path("catalog/", catalog.catalog, name="catalog"),
    path("service/<slug:service>/", services.show, name="service"),
    *_editions_of("building", "buildings"),
    *_editions_of("district", "districts"),
]
