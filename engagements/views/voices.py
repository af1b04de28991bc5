"""The voices of stakeholders at one prompt."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.views.sent import whole_number
from engagements import hearing, versioning
from engagements.forms import VoiceForm
from engagements.guest_forms import ChangedForm
from engagements.models import Voice
from engagements.protocols import Prompt
from engagements.seats import Seat
from engagements.views.own import for_seat, prompt_or_404
from engagements.working import step_url


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Write a voice down."""
    step, prompt = _asked(seat, prompt_id)
    form = VoiceForm(request.POST or None)
    if form.is_valid():
        hearing.write_down(member=seat.member, prompt=prompt, words=form.cleaned_data)
        messages.success(request, _("The voice is written down."))
        return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")
    return _form(request, seat, step, prompt, form)


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, prompt_id: str, voice_pk: int) -> HttpResponse:
    """Change a voice; who read an older text of it gets both to choose from."""
    step, prompt = _asked(seat, prompt_id)
    voice = _voice(seat, prompt, voice_pk)
    # What somebody wrote by a link is theirs: its words, and how far they may go.
    form_of = ChangedForm if voice.link_id else VoiceForm
    form = form_of(request.POST or None, initial={n: getattr(voice, n) for n in form_of.Meta.fields})
    if not form.is_valid():
        return _form(request, seat, step, prompt, form, voice=voice)
    based_on = whole_number(request.POST.get("based_on"))
    try:
        hearing.rewrite(voice=voice, by=seat.member, words=form.cleaned_data, based_on=based_on)
    except versioning.Stale as stale:
        return _form(request, seat, step, prompt, form, voice=stale.current, other=stale.current)
    messages.success(request, _("Saved."))
    return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")


@for_seat
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, seat: Seat, prompt_id: str, voice_pk: int) -> HttpResponse:
    """Take a voice out for good."""
    step, prompt = _asked(seat, prompt_id)
    voice = _voice(seat, prompt, voice_pk)
    back_url = f"{step_url(seat, step)}#prompt-{prompt.id}"
    if request.method == "POST":
        hearing.take_out(voice=voice, by=seat.member)
        messages.success(request, _("The voice is gone, from here and from all reports."))
        return redirect(back_url)
    return render(request, "engagements/voice_delete.html", {"voice": voice, "back_url": back_url})


def _asked(seat: Seat, prompt_id: str):
    step, prompt = prompt_or_404(seat, prompt_id, to_write=True)
    if prompt.kind != "voices":
        raise Http404
    return step, prompt


def _voice(seat: Seat, prompt: Prompt, pk: int) -> Voice:
    voices = hearing.voices_read_by(engagement=seat.engagement, member=seat.member)
    return get_object_or_404(voices, pk=pk, prompt_id=prompt.id)


def _form(request, seat, step, prompt, form, voice=None, other=None) -> HttpResponse:
    context = {
        "seat": seat,
        "step": step,
        "prompt": prompt,
        "form": form,
        "voice": voice,
        "other": other,
        "back_url": f"{step_url(seat, step)}#prompt-{prompt.id}",
    }
    status = 409 if other else 422 if form.is_bound else 200
    return render(request, "engagements/voice.html", context, status=status)
