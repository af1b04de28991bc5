"""Files of a team: listed, put there, fetched and taken away, each within what a person may see."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.views.sent import whole_number
from engagements import filing
from engagements import meeting as meetings
from engagements.file_forms import FileForm
from engagements.models import EngagementFile, Meeting
from engagements.seats import Seat
from engagements.views.own import for_seat, meeting_or_404, prompt_or_404
from engagements.working import step_url


@for_seat
@never_cache
@require_safe
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show all files of the work."""
    if not seat.is_whole:
        raise Http404
    return _page(request, seat, FileForm())


@for_seat
@require_POST
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep a file, at the prompt or the meeting that the form names, or beside the whole work."""
    if not seat.works:
        raise Http404
    place, back_url = _place(request, seat)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            filing.put(by=seat.member, upload=form.cleaned_data["file"], **place)
            messages.success(request, _("The file is here."))
            return redirect(back_url)
        except filing.AboutStudents:
            form.add_error("file", _("This is a table of single students. It isn't taken, and not kept."))
    return _page(request, seat, form, status=422, **place)


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat, file_pk: int) -> HttpResponse:
    """Give the file, to be saved and never opened as a page of this site."""
    file = _file(seat, file_pk)
    try:
        opened = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        opened, as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_seat
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, seat: Seat, file_pk: int) -> HttpResponse:
    """Take a file away for good."""
    file = _file(seat, file_pk)
    if not seat.works or not filing.may_take_away(file, seat.member):
        raise Http404
    back_url = _papers_of(file.meeting) if file.meeting else _all_of(seat)
    if request.method != "POST":
        return render(request, "engagements/file_delete.html", {"file": file, "back_url": back_url})
    filing.take_away(file=file, by=seat.member)
    messages.success(request, _("The file is deleted."))
    return redirect(back_url)


def _file(seat: Seat, pk: int) -> EngagementFile:
    if not seat.is_whole:
        raise Http404
    return get_object_or_404(seat.engagement.files, pk=pk)


def _place(request: HttpRequest, seat: Seat) -> tuple[dict, str]:
    """Where the file belongs, as ``filing.put`` takes it, and the address to go back to."""
    if request.POST.get("prompt"):
        step, prompt = prompt_or_404(seat, request.POST["prompt"], to_write=True)
        if prompt.kind != "file":
            raise Http404
        return {"prompt": prompt}, f"{step_url(seat, step)}#prompt-{prompt.id}"
    if request.POST.get("meeting"):
        meeting = meeting_or_404(seat, whole_number(request.POST["meeting"]))
        if meeting.called_off_at:
            raise Http404
        return {"meeting": meeting}, _papers_of(meeting)
    return {}, _all_of(seat)


def _papers_of(meeting: Meeting) -> str:
    return f"{meetings.url_of(meeting)}#papers"


def _all_of(seat: Seat) -> str:
    return reverse("engagements:files", args=[seat.engagement.pk])


def _page(
    request, seat: Seat, form: FileForm, *, prompt=None, meeting=None, status: int = 200
) -> HttpResponse:
    rows = seat.engagement.files.select_related("by__person", "meeting")
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "files": [(file, seat.works and filing.may_take_away(file, seat.member)) for file in rows],
        "form": form if seat.works else None,
        "prompt": prompt,
        "meeting": meeting,
    }
    return render(request, "engagements/files.html", context, status=status)
