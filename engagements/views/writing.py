"""What a team writes, wherever it writes it: saved as it is typed, heard by the others, its versions.

The views of steps and of meetings find the part that a person may write in; the rest is here.
"""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from courses.views.sent import wants_json, whole_number
from engagements import answering, kinds, presence
from engagements.kinds import KINDS, Typed
from engagements.minuting import WorkingMeeting
from engagements.models import Answer
from engagements.parts import Part, said_saved
from engagements.working import WorkingStep


def save(request: HttpRequest, part: Part) -> HttpResponse:
    """Save. A script gets JSON, a form a page. 409 holds both texts, 413 gives the text back."""
    prompt, member = part.prompt, part.work.seat.member
    if not isinstance(KINDS.get(prompt.kind), Typed):
        raise Http404
    fields = {name: request.POST.getlist(name) for name in request.POST}
    try:
        saved = answering.save(
            member=member,
            prompt=prompt,
            fields=fields,
            based_on=whole_number(request.POST.get("based_on")),
            base=_base(request),
        )
    except answering.Conflict as met:
        return _met(request, part, met)
    except kinds.TooLong:
        return HttpResponse(_("That is more than fits. Your words are still on the page before."), status=413)
    if wants_json(request):
        return JsonResponse({**_shown(part, saved.answer), "merged": saved.was_merged})
    if saved.was_merged:
        messages.info(request, _("Saved, together with what others wrote meanwhile."))
    else:
        messages.success(request, _("Saved."))
    return redirect(part.back_url)


def versions(request: HttpRequest, part: Part, *, of: str) -> HttpResponse:
    """Show who wrote what when, in what is called ``of``; a POST brings a version back."""
    prompt, seat = part.prompt, part.work.seat
    answer = get_object_or_404(
        seat.engagement.answers.select_related("saved_by__person"), prompt_id=prompt.id
    )
    if request.method == "POST":
        version = get_object_or_404(answer.versions, pk=whole_number(request.POST.get("version")))
        answering.restore(member=seat.member, prompt=prompt, version=version)
        messages.success(request, _("That version is back. The one before it stays here too."))
        return redirect(part.back_url)
    kept = answer.versions.select_related("by__person")[:60]
    lines = KINDS[prompt.kind].lines
    context = {
        "of": of,
        "prompt": prompt,
        "answer": answer,
        "versions": [(version, lines(prompt, version.value)) for version in kept],
        "may_write": part.may_write,
        "back_url": part.back_url,
    }
    return render(request, "engagements/versions.html", context)


def now(request: HttpRequest, work: WorkingStep | WorkingMeeting) -> HttpResponse:
    """Tell a script what others changed since it looked, and who is here.

    ``have`` is what the page has: a prompt's id and version, joined by a colon, once for each.
    """
    if work.seat.member is not None:
        presence.note(member=work.seat.member, step_id=work.place, prompt_id=request.GET.get("at", "")[:36])
    has = dict(pair.partition(":")[::2] for pair in request.GET.getlist("have"))
    changed = {
        part.prompt.id: _shown(part, part.answer)
        for part in work.parts
        if part.prompt.id in has and part.answer and str(part.answer.version) != has[part.prompt.id]
    }
    markup = render_to_string("engagements/parts/here.html", {"here": work.here}, request)
    return JsonResponse({"changed": changed, "here": markup})


def _met(request: HttpRequest, part: Part, met: answering.Conflict) -> HttpResponse:
    prompt, kind = part.prompt, KINDS[part.prompt.kind]
    theirs, mine = kind.lines(prompt, met.current.value), kind.lines(prompt, met.sent)
    if wants_json(request):
        current = {**_shown(part, met.current), "lines": theirs}
        return JsonResponse({"current": current, "mine": mine}, status=409)
    sent = kind.fields(prompt, met.sent)
    context = {
        "prompt": prompt,
        "current": met.current,
        "theirs": theirs,
        "mine": mine,
        "fields": [(name, value) for name, values in sent.items() for value in values],
        "save_url": part.url,
        "back_url": part.back_url,
    }
    return render(request, "engagements/conflict.html", context, status=409)


def _shown(part: Part, answer: Answer) -> dict:
    """An answer as a script takes it up."""
    return {
        "version": answer.version,
        "fields": KINDS[part.prompt.kind].fields(part.prompt, answer.value),
        "saved": said_saved(answer, part.work.seat.member),
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
