"""Who serves where: for administrators, all coaches and what they carry; for a coach, their own desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements import desk, serving
from engagements.models import Capacity, Engagement
from engagements.request_forms import CapacityForm, CoachesForm
from engagements.scopes import engagements_read_by
from roster.models import User
from roster.standing import standing_of


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show all coaches: where they serve, what they carry, and the coming weeks."""
    _must_be_admin(request)
    everybody, form = serving.services(), CoachesForm(request.GET)
    services = form.found(everybody)
    readable = engagements_read_by(request.user).filter(state=Engagement.State.UNDER_WAY)
    context = {
        "form": form,
        "has_coaches": bool(everybody),
        "is_narrowed": len(services) < len(everybody),
        "services": services,
        "weeks": services[0].weeks if services else [],
        "has_meetings": any(service.has_meetings for service in services),
        # Of what is confidential an administrator knows that they meet, not about what.
        "readable": set(readable.values_list("pk", flat=True)),
    }
    return render(request, "engagements/coaches/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how much a coach can carry."""
    _must_be_admin(request)
    coach = get_object_or_404(User, pk__in=[person.pk for person in serving.coaches()], pk=pk)
    known = Capacity.objects.filter(coach=coach).first() or Capacity(coach=coach)
    form = CapacityForm(request.POST or None, instance=known)
    if request.method != "POST":
        return render(request, "engagements/coaches/capacity.html", {"form": form, "coach": coach})
    if not form.is_valid():
        return render(
            request, "engagements/coaches/capacity.html", {"form": form, "coach": coach}, status=422
        )
    serving.set_capacity(coach=coach, by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted for %(name)s.") % {"name": coach.full_name})
    return redirect("engagements:coaches")


@require_safe
@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    """Show a coach all that they lead, and what waits for them, the longest first."""
    if not standing_of(request.user).coaches:
        raise Http404
    return render(request, "engagements/coaches/desk.html", {"desk": desk.desk_of(request.user)})


def _must_be_admin(request: HttpRequest) -> None:
    if not standing_of(request.user).is_admin:
        raise Http404
