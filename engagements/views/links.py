"""Links for guests: seen by the team with what became of each, made and taken back by who steers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagements import inviting
from engagements.guest_forms import LinkForm
from engagements.protocols import NotInProtocol
from engagements.seats import Seat
from engagements.views.own import for_seat, for_steering


@for_seat
@never_cache
@require_safe
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the links and what became of each."""
    if not seat.is_whole:
        raise Http404
    return _page(request, seat, initial={"step": request.GET.get("step", "")})


@for_steering
@never_cache
@require_POST
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make a link and show its address, this once: nothing that is kept leads back to it."""
    if not seat.engagement.is_open:
        raise Http404
    form = LinkForm(request.POST, engagement=seat.engagement)
    if not form.is_valid():
        return _page(request, seat, form=form, status=422)
    link, address = inviting.invite(by=seat.member, **form.cleaned_data)
    context = {"seat": seat, "engagement": seat.engagement, "link": link, "address": address}
    return render(request, "engagements/link_made.html", context)


@for_steering
@require_POST
def revoke(request: HttpRequest, seat: Seat, link_pk: int) -> HttpResponse:
    """Let a link open nothing more."""
    link = get_object_or_404(seat.engagement.guest_links.select_related("member"), pk=link_pk)
    link.engagement = seat.engagement
    inviting.revoke(link=link, by=seat.member)
    messages.success(request, _("The link opens nothing from now on. What was written by it stays."))
    return redirect("engagements:links", seat.engagement.pk)


def _page(request, seat: Seat, form=None, initial=None, status: int = 200) -> HttpResponse:
    engagement = seat.engagement
    may_make = seat.steers and engagement.is_open and bool(inviting.steps_for_guests(engagement))
    rows = engagement.guest_links.select_related("member__person", "made_by__person")
    context = {
        "seat": seat,
        "engagement": engagement,
        "links": [(link, _title(seat, link.step_id)) for link in rows],
        "form": (form or LinkForm(engagement=engagement, initial=initial)) if may_make else None,
    }
    return render(request, "engagements/links.html", context, status=status)


def _title(seat: Seat, step_id: str) -> str:
    try:
        return seat.plan.step(step_id).title
    except NotInProtocol:
        return ""
