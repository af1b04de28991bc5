"""What a team writes at a prompt: saved as it is typed, its versions, agreements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagements import agreeing
from engagements.parts import part_of
from engagements.seats import Seat
from engagements.views import writing
from engagements.views.own import for_seat, prompt_or_404
from engagements.working import WorkingStep, step_url


@for_seat
@require_POST
def update(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Save what was typed (:func:`writing.save`)."""
    step, prompt = prompt_or_404(seat, prompt_id, to_write=True)
    return writing.save(request, part_of(WorkingStep(seat, step), prompt))


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Show who wrote what when; a POST brings a version back."""
    step, prompt = prompt_or_404(seat, prompt_id, to_write=request.method == "POST")
    return writing.versions(request, part_of(WorkingStep(seat, step), prompt), of=step.title)


@for_seat
@require_POST
def agreement(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Agree, or, with ``back``, take it back: only ever for oneself."""
    step, prompt = prompt_or_404(seat, prompt_id, to_write=True)
    if prompt.kind != "agreement":
        return HttpResponse(status=404)
    if "back" in request.POST:
        agreeing.take_back(member=seat.member, prompt=prompt)
    else:
        agreeing.agree(member=seat.member, prompt=prompt)
    return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")
