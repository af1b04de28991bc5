"""A table of figures at a prompt: pasted or uploaded, refused or shown with its chart."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from courses.views.sent import whole_number
from engagements import answering, charting, figures
from engagements.figure_forms import SIZE_LIMIT_BYTES, FiguresForm, ShownForm, said_why
from engagements.seats import Seat
from engagements.views.own import for_seat, prompt_or_404
from engagements.working import step_url


def in_memory(view: Callable) -> Callable:
    """Let what is uploaded to ``view`` never lie in a temporary file: what is too big for memory isn't read.

    How uploads are taken has to be said before anything looks into the form, which the check of its origin
    does; so that check comes after it, here.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return protected(request, *args, **kwargs)

    return answer


@in_memory
@sensitive_post_parameters("text", "how_many", "source")
@sensitive_variables()
@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Put a table there. What is refused goes nowhere: no row, no draft, and not back into the page."""
    step, prompt, answer = _asked(seat, prompt_id)
    if request.method != "POST":
        return _page(request, seat, step, prompt, answer, FiguresForm())
    form = FiguresForm(request.POST, request.FILES)
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * SIZE_LIMIT_BYTES:
        form.add_error("file", form.too_big)
    if not form.is_valid():
        return _page(request, seat, step, prompt, answer, form, status=422)
    try:
        saved = charting.put(
            member=seat.member,
            prompt=prompt,
            based_on=whole_number(request.POST.get("based_on")),
            **form.cleaned_data,
        )
    except figures.Refused as refused:
        reasons = [said_why(reason) for reason in refused.reasons]
        return _page(request, seat, step, prompt, answer, form, status=422, reasons=reasons)
    except answering.Conflict as met:
        return _page(request, seat, step, prompt, met.current, form, status=409, met=True)
    hidden = sum(cell is None for row in saved.answer.value["rows"] for cell in row)
    messages.success(
        request, _("The table is here. Small numbers are hidden.") if hidden else _("The table is here.")
    )
    return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")


@for_seat
@require_POST
def set_out(request: HttpRequest, seat: Seat, prompt_id: str) -> HttpResponse:
    """Draw another column of it, or say where it comes from."""
    step, prompt, answer = _asked(seat, prompt_id)
    if answer is None or not answer.value:
        raise Http404
    form = ShownForm(request.POST, value=answer.value)
    if not form.is_valid():
        return _page(request, seat, step, prompt, answer, FiguresForm(), status=422, shown=form)
    try:
        charting.set_out(
            member=seat.member,
            answer=answer,
            prompt=prompt,
            based_on=whole_number(request.POST.get("based_on")),
            **form.cleaned_data,
        )
    except answering.Conflict as met:
        return _page(request, seat, step, prompt, met.current, FiguresForm(), status=409, met=True)
    messages.success(request, _("Saved."))
    return redirect(f"{step_url(seat, step)}#prompt-{prompt.id}")


def _asked(seat: Seat, prompt_id: str):
    step, prompt = prompt_or_404(seat, prompt_id, to_write=True)
    if prompt.kind != "data":
        raise Http404
    return step, prompt, seat.engagement.answers.filter(prompt_id=prompt.id).first()


def _page(
    request, seat, step, prompt, answer, form, *, status=200, reasons=(), met=False, shown=None
) -> HttpResponse:
    if form.is_bound and form.errors:
        form.data = form.data.copy()
        form.data["text"] = ""
    elif form.is_bound:
        form = FiguresForm(initial={name: form.cleaned_data[name] for name in ("how_many", "source", "on")})
    value = answer.value if answer else {}
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "step": step,
        "prompt": prompt,
        "answer": answer,
        "form": form,
        "shown": (shown or ShownForm(value=value)) if value else None,
        "reasons": reasons,
        "met": met,
        "back_url": f"{step_url(seat, step)}#prompt-{prompt.id}",
    }
    return render(request, "engagements/figures.html", context, status=status)
