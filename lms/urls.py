"""Every address of the site: the apps' own first, Wagtail's pages for all that is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms import views
from roster.views import set_language

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error

urlpatterns = [
    path("health/", views.health, name="health"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("roster.urls")),
    path("", include("notices.urls")),
    path("", include("courses.urls")),
    path("", include("engagements.urls")),
    path("", include("reports.urls")),
    path("", include("cms.urls")),
]

if settings.SERVE_MEDIA:
    # Not documents: those go out through Wagtail's own view, which asks who may have them.
    media = rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>(?!documents/).*)$"
    urlpatterns.append(re_path(media, serve, {"document_root": settings.MEDIA_ROOT}))

# A page in another language has its language in front of its address: /es/cursos/.
urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)
