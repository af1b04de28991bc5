"""How an engagement ends, what follows, and how it moves to a newer protocol: for who steers it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import answering, closing, opening, renewing
from engagements.forms import ClosingForm, StoppingForm
from engagements.seats import Seat
from engagements.views.own import for_steering
from engagements.working import step_url


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what is still open; close it when nothing is."""
    form = ClosingForm(request.POST or None)
    if not form.is_valid():
        return _page(request, seat, form, status=422 if form.is_bound else 200)
    try:
        closing.close(engagement=seat.engagement, by=request.user, words=form.cleaned_data["words"])
    except closing.NotReady:
        return _page(request, seat, form, status=422)
    except closing.Ended:
        messages.info(request, _("It has ended already."))
    else:
        messages.success(request, _("It is closed. What you did together stays here to read."))
    return redirect(seat.url)


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """End it before it is done, with the reason."""
    form = StoppingForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "engagements/stop.html", {"seat": seat, "form": form}, status=status)
    try:
        closing.stop(engagement=seat.engagement, by=request.user, words=form.cleaned_data["words"])
    except closing.Ended:
        messages.info(request, _("It has ended already."))
    return redirect(seat.url)


@for_steering
@require_POST
def follow(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Begin the next cycle."""
    try:
        following = opening.open_next_cycle(engagement=seat.engagement, by=request.user)
    except (opening.NotEnded, opening.DoesNotRepeat):
        raise Http404 from None
    messages.success(request, _("The next cycle is under way, with the same people."))
    return redirect("engagements:show", following.pk)


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Move to the newest version of the protocol, with all that was written."""
    newer = renewing.newer_version(seat.engagement)
    if newer is None or not seat.engagement.is_open:
        raise Http404
    if request.method == "POST":
        renewing.renew(engagement=seat.engagement, by=request.user)
        messages.success(request, _("You follow the newer version now. What you wrote came along."))
        return redirect(seat.url)
    asked = {prompt.id for prompt in newer.plan.prompts}
    written = [answer for answer in answering.of_protocols(seat.engagement) if answer.value]
    gone = [answer for answer in written if answer.prompt_id not in asked]
    return render(request, "engagements/renew.html", {"seat": seat, "newer": newer, "gone": gone})


def _page(request, seat: Seat, form: ClosingForm, status: int) -> HttpResponse:
    gaps = closing.gaps_of(seat.engagement)
    context = {
        "seat": seat,
        "form": form,
        "gaps": gaps,
        "open_prompts": [(step, prompt, step_url(seat, step)) for step, prompt in gaps.unanswered],
    }
    return render(request, "engagements/close.html", context, status=status)
