"""Evaluations in Wagtail's admin: each course with a summary, which is kept for an audit (WAC 181-85-205)."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from courses import evaluating
from courses.models import EvaluationAnswers


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the courses that have evaluations, each with what they say in short."""
    if not _may_see(request.user):
        raise PermissionDenied
    context = {
        "summaries": evaluating.summaries(),
        "header_title": _("Evaluations"),
        "page_title": _("Evaluations"),
        "header_icon": "comment",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Evaluations")},
        ],
    }
    return render(request, "courses/administering/evaluations.html", context)


def _may_see(user) -> bool:
    return policy_registry.get_by_type(EvaluationAnswers).user_has_permission(user, "view")


class EvaluationMenuItem(MenuItem):
    """The menu's item, for whom the page opens."""

    def is_shown(self, request):
        """Say whether it is shown."""
        return _may_see(request.user)


class EvaluationViewSet(ViewSet):
    """Evaluations, as an item of the menu."""

    name = "evaluations"
    url_prefix = "evaluations"
    icon = "comment"
    menu_label = gettext_lazy("Evaluations")
    menu_item_class = EvaluationMenuItem

    def get_urlpatterns(self):
        """Return the one page."""
        return [path("", index, name="index")]
