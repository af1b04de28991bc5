"""A person's first page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.desk import desk_of
from roster import devices
from roster.standing import standing_of

NOON, EVENING = 12, 17


@devices.keepable("desk")
@login_required
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest) -> HttpResponse:
    """Show what is assigned and due, under way, done; hours earned; what they said they would try."""
    primary = standing_of(request.user).primary
    context = {
        "desk": desk_of(request.user),
        "place": (primary.building or primary.district) if primary else None,
        "greeting": _greeting(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "courses/learning.html", context)


def _greeting(user) -> str:
    hour = timezone.localtime().hour
    named = {"name": user.called or user.full_name}
    if hour < NOON:
        return _("Good morning, %(name)s") % named
    return (_("Good afternoon, %(name)s") if hour < EVENING else _("Good evening, %(name)s")) % named
