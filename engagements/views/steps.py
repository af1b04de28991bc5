"""One step: worked on by several at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.views.sent import wants_json, whole_number
from engagements import kinds, noting, preparing, presence, progressing, versioning
from engagements.seats import Seat
from engagements.views import writing
from engagements.views.own import for_seat, step_or_404
from engagements.working import WorkingStep, step_url


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, seat: Seat, step_id: str) -> HttpResponse:
    """Show the step. Never from a cache: the back button would bring older words back.

    With ``open`` in the query it also says what has no answer yet: somebody wanted to be done with it.
    """
    step = step_or_404(seat, step_id)
    if seat.member is not None:
        presence.note(member=seat.member, step_id=step.id)
    unanswered = progressing.unanswered(seat.engagement, step.prompts) if "open" in request.GET else []
    return render(request, "engagements/step.html", context_of(request, seat, step, unanswered=unanswered))


def context_of(request, seat: Seat, step, **extra) -> dict:
    """All that ``engagements/step.html`` needs beside the request."""
    work = WorkingStep(seat, step)
    previous_url, next_url = work.neighbours
    return {
        "seat": seat,
        "engagement": seat.engagement,
        "work": work,
        "step": step,
        "phase": seat.plan.phase_of(step),
        "outline": work.outline,
        "number": [entry["current"] for entry in work.outline].index(True) + 1,
        "previous_url": previous_url,
        "next_url": next_url,
        "here": work.here,
        "prepared": preparing.prepared(step=step, seat=seat, reader=request.user, members=work.members),
        **extra,
    }


@for_seat
@never_cache
@require_http_methods(["GET"])
def now(request: HttpRequest, seat: Seat, step_id: str) -> HttpResponse:
    """Tell a script what others changed since it looked, and who is here."""
    return writing.now(request, WorkingStep(seat, step_or_404(seat, step_id)))


@for_seat
@require_POST
def done(request: HttpRequest, seat: Seat, step_id: str) -> HttpResponse:
    """Say that the team is done with the step, or, with ``again``, that it is not."""
    step = step_or_404(seat, step_id, to_write=True)
    if "again" in request.POST:
        progressing.reopen_step(engagement=seat.engagement, step=step)
        messages.info(request, _("The step is open again."))
        return redirect(step_url(seat, step))
    try:
        progressing.finish_step(engagement=seat.engagement, step=step, by=seat.member)
    except progressing.Unanswered:
        return redirect(f"{step_url(seat, step)}?open=1#finish")
    messages.success(request, _("“%s” is done.") % step.title)
    return redirect(WorkingStep(seat, step).neighbours[1] or seat.url)


@for_seat
@require_POST
def note(request: HttpRequest, seat: Seat, step_id: str) -> HttpResponse:
    """Save the person's own note beside the step."""
    step = step_or_404(seat, step_id)
    work = WorkingStep(seat, step)
    if not work.has_notes:
        return HttpResponse(status=404)
    text = request.POST.get("text", "")
    try:
        saved = noting.save_note(
            engagement=seat.engagement,
            person=request.user,
            step=step,
            text=text,
            based_on=whole_number(request.POST.get("based_on")),
        )
    except versioning.Stale as stale:
        return _met_note(request, seat, step, stale.current, text)
    except kinds.TooLong:
        return HttpResponse(_("That is more than fits. Your words are still on the page before."), status=413)
    if wants_json(request):
        fields = {"text": [saved.text]}
        return JsonResponse({"version": saved.version, "fields": fields, "saved": _("Saved, for you alone")})
    messages.success(request, _("Your note is saved. Nobody else can read it."))
    return redirect(f"{step_url(seat, step)}#note")


def _met_note(request, seat: Seat, step, current, typed: str) -> HttpResponse:
    """Another tab of the same person saved in between: they read both and choose."""
    if wants_json(request):
        shown = {"fields": {"text": [current.text]}, "lines": current.text.splitlines(), "saved": ""}
        answer = {"current": {"version": current.version, **shown}, "mine": typed.splitlines()}
        return JsonResponse(answer, status=409)
    context = context_of(request, seat, step, other_note=current, typed_note=typed)
    return render(request, "engagements/step.html", context, status=409)
