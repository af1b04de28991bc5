"""What a team writes at a prompt: saved as it is typed, its versions, agreements."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagements import agreeing, answering, kinds
from engagements.kinds import KINDS
from engagements.models import Answer
from engagements.protocols import Prompt
from engagements.seats import Seat
from engagements.views.own import for_seat, prompt_or_404, wants_json
from engagements.working import said_saved, step_url


@for_seat
@require_POST
def update(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Save. A script gets JSON, a form a page. 409 holds both texts, 413 gives the text back."""
    step, prompt = prompt_or_404(seat, prompt_id, to_write=True)
    if prompt.kind not in KINDS or not KINDS[prompt.kind].is_typed:
        return HttpResponse(status=404)
    fields = {name: request.POST.getlist(name) for name in request.POST}
    try:
        saved = answering.save(
            member=seat.member,
            prompt=prompt,
            fields=fields,
            based_on=_whole_number(request.POST.get("based_on")),
            base=_base(request),
        )
    except answering.Conflict as met:
        return _met(request, seat, step, prompt, met)
    except kinds.TooLong:
        return HttpResponse(_("That is more than fits. Your words are still on the page before."), status=413)
    if wants_json(request):
        return JsonResponse({**_fields(prompt, saved.answer, seat), "merged": saved.was_merged})
    if saved.was_merged:
        messages.info(request, _("Saved, together with what others wrote meanwhile."))
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Show who wrote what when; a POST brings a version back."""
    step, prompt = prompt_or_404(seat, prompt_id, to_write=request.method == "POST")
    answer = get_object_or_404(
        seat.engagement.answers.select_related("saved_by__person"), prompt_id=prompt.id
    )
    if request.method == "POST":
        version = get_object_or_404(answer.versions, pk=_whole_number(request.POST.get("version")))
        answering.restore(member=seat.member, prompt=prompt, version=version)
        messages.success(request, _("That version is back. The one before it stays here too."))
        return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")
    kept = answer.versions.select_related("by__person")[:60]
    lines = KINDS[prompt.kind].lines
    context = {
        "seat": seat,
        "step": step,
        "prompt": prompt,
        "answer": answer,
        "versions": [(version, lines(prompt, version.value)) for version in kept],
        "may_write": seat.writes(step),
        "back_url": f"{step_url(seat, step)}#prompt-{prompt.id}",
    }
    return render(request, "engagements/versions.html", context)


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


def _met(request, seat: Seat, step, prompt: Prompt, met: answering.Conflict) -> HttpResponse:
    lines = KINDS[prompt.kind].lines
    if wants_json(request):
        current = {**_fields(prompt, met.current, seat), "lines": lines(prompt, met.current.value)}
        return JsonResponse({"current": current, "mine": lines(prompt, met.sent)}, status=409)
    context = {
        "seat": seat,
        "step": step,
        "prompt": prompt,
        "current": met.current,
        "theirs": lines(prompt, met.current.value),
        "mine": lines(prompt, met.sent),
        "fields": [(name, value) for name, values in _sent(prompt, met).items() for value in values],
        "save_url": request.path,
        "back_url": f"{step_url(seat, step)}#prompt-{prompt.id}",
    }
    return render(request, "engagements/conflict.html", context, status=409)


def _sent(prompt: Prompt, met: answering.Conflict) -> dict[str, list[str]]:
    return KINDS[prompt.kind].fields(prompt, met.sent)


def _fields(prompt: Prompt, answer: Answer, seat: Seat) -> dict:
    return {
        "version": answer.version,
        "fields": KINDS[prompt.kind].fields(prompt, answer.value),
        "saved": said_saved(answer, seat.member),
    }


def _base(request: HttpRequest) -> dict[str, list[str]] | None:
    """What a script says that it began with; anything that isn't fields is as if it had said nothing."""
    try:
        base = json.loads(request.POST.get("base", ""))
    except ValueError:
        return None
    if not isinstance(base, dict):
        return None
    return {
        str(name): [str(value) for value in values]
        for name, values in base.items()
        if isinstance(values, list)
    }


def _whole_number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
