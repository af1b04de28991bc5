"""A team's report: as it stands, as it was kept, on paper, and what became of it later."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagements import printing, reporting
from engagements.forms import FollowUpForm
from engagements.models import Report
from engagements.seats import Seat
from engagements.views.own import for_seat, for_steering


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the report as it stands now, and those that were kept."""
    _must_read(seat)
    return _page(request, seat, FollowUpForm())


@for_steering
@require_POST
def keep(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep it as it stands."""
    report = reporting.make(engagement=seat.engagement, by=seat.member)
    messages.success(request, _("Report %(number)s is kept as it stands.") % {"number": report.number})
    return redirect("engagements:report", seat.engagement.pk)


@for_seat
@never_cache
@require_safe
def pdf(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Give a kept report as PDF; number 0 is how it stands now."""
    _must_read(seat)
    if number:
        report = get_object_or_404(seat.engagement.reports, number=number)
        report.engagement = seat.engagement
    else:
        contents = reporting.compose(seat.engagement)
        report = Report(engagement=seat.engagement, number=0, contents=contents)
    name = slugify(f"{seat.engagement.title}-{number}" if number else seat.engagement.title) or "report"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(printing.report_pdf(report), content_type="application/pdf", headers=headers)


@for_seat
@require_POST
def follow_up(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write what became of it."""
    if seat.member is None or not seat.member.works:
        raise Http404
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    reporting.follow_up(engagement=seat.engagement, by=seat.member, text=form.cleaned_data["text"])
    messages.success(request, _("Written down. It stands at the end of the report from now on."))
    return redirect("engagements:report", seat.engagement.pk)


def _must_read(seat: Seat) -> None:
    if not seat.is_whole:
        raise Http404


def _page(request: HttpRequest, seat: Seat, form: FollowUpForm, *, status: int = 200) -> HttpResponse:
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "report": reporting.compose(seat.engagement),
        "kept": list(seat.engagement.reports.select_related("made_by__person")),
        "later": list(seat.engagement.follow_ups.select_related("by__person")),
        "form": form,
        "may_write": seat.member is not None and seat.member.works,
    }
    return render(request, "engagements/report.html", context, status=status)
