"""One staff member, as their leader sees them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.nudging import nudgeable
from courses.scopes import enrollments_led_by
from reports.person_report import PersonReport
from roster.scopes import people_visible_to


@require_safe
@never_cache
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a person takes and has finished."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    led = enrollments_led_by(request.user).filter(person=person)
    context = {
        "report": PersonReport(person, viewer=request.user),
        "nudgeable": set(nudgeable(led, by=request.user).values_list("pk", flat=True)),
    }
    return render(request, "reports/person.html", context)
