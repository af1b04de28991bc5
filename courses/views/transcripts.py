"""A person's own clock hours: on screen and paper, as PDF and as CSV."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import transcripts


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the person's hours by category and year, and what their renewal asks."""
    transcript = transcripts.transcript_of(request.user)
    context = {"transcript": transcript, "note": transcripts.renewal_note(transcript)}
    return render(request, "courses/transcript.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Give the transcript as a PDF."""
    content = transcripts.as_pdf(transcripts.transcript_of(request.user))
    return _file(content, "application/pdf", "clock-hours.pdf")


@login_required
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Give the transcript as CSV."""
    content = transcripts.as_csv(transcripts.transcript_of(request.user))
    return _file(content, "text/csv; charset=utf-8", "clock-hours.csv")


def _file(content, content_type, name) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
