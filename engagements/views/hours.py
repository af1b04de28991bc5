"""Clock hours of a team's meetings: what attendance comes to, and giving it, for PSESD's administrators."""

import csv
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.transcripts import safe_cell
from engagements import crediting, registering
from engagements.crediting import Line
from engagements.seats import Seat
from engagements.views.own import for_seat
from roster.standing import standing_of


def reads_hours(user, seat: Seat) -> bool:
    """May they see who came how often? Who steers and PSESD's administrators may.

    Nobody of confidential work: it gives no hours, and who came how often to be coached is nobody else's.
    """
    return not seat.engagement.is_confidential and (seat.steers or standing_of(user).is_admin)


def for_giving(view: Callable) -> Callable:
    """As :func:`for_seat`, but only for who gives hours: PSESD's administrators."""

    @for_seat
    @wraps(view)
    def answer(request: HttpRequest, seat: Seat, **kwargs) -> HttpResponse:
        if seat.engagement.is_confidential or not standing_of(request.user).is_admin:
            raise Http404
        return view(request, seat, **kwargs)

    return answer


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show which course the meetings count for, which of them do, and what each of the team attended."""
    if not reads_hours(request.user, seat):
        raise Http404
    return _page(request, seat)


@for_giving
@require_POST
def choose(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say which course with a coach the meetings count for."""
    asked = request.POST.get("course", "")
    offered = registering.courses_on_offer(seat.engagement.service)
    course = next((one for one in offered if str(one.translation_key) == asked), None)
    if course is None:
        return _page(request, seat, problem=_("Choose one of the courses."), status=422)
    try:
        registering.choose(engagement=seat.engagement, course=course, by=request.user)
    except registering.AlreadyGiven:
        messages.warning(request, _("Hours were given for the course already, so it stays."))
    else:
        said = _("The meetings count for “%(course)s”. The team is registered and told.")
        messages.success(request, said % {"course": course.title})
    return redirect("engagements:hours", seat.engagement.pk)


@for_giving
@require_POST
def give(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Give the hours that are due, and correct what was given before."""
    try:
        new, corrected = crediting.give(engagement=seat.engagement, by=request.user)
    except crediting.CourseAway:
        messages.warning(request, _("The meetings count for no course that is published: nothing was given."))
        return redirect("engagements:hours", seat.engagement.pk)
    if new:
        said = ngettext("Hours are given to %d person.", "Hours are given to %d people.", new)
        messages.success(request, said % new)
    if corrected:
        said = ngettext(
            "The hours of %d person are corrected.", "The hours of %d people are corrected.", corrected
        )
        messages.success(request, said % corrected)
    if not (new or corrected):
        messages.info(request, _("Nothing was left to give."))
    return redirect("engagements:hours", seat.engagement.pk)


@for_seat
@require_safe
def export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a file, for the records of the offering."""
    if not reads_hours(request.user, seat):
        raise Http404
    account = crediting.account_of(seat.engagement)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="attendance-{seat.engagement.pk}.csv"'
    response.write("\ufeff")
    file = csv.writer(response)
    heads = [_("Name"), _("Email"), _("Role"), _("Meetings"), _("Days"), _("Minutes"), _("Hours")]
    categories = [safe_cell(offer.name) for offer in account.offered]
    file.writerow([*heads, *categories, _("Where it stands")])
    for line in account.lines:
        file.writerow(_cells(line, registered=account.offering is not None))
    return response


def word_of(line: Line) -> str:
    """Where it stands with somebody's hours, in a few words."""
    return str(
        {
            "no-account": _("Has no account, so no hours"),
            "left": _("Left the course"),
            "elsewhere": _("Counts with another team"),
            "nothing": _("Less than half an hour"),
            "to-give": _("To be given"),
            "to-correct": _("To be corrected"),
            "revoked": _("Certificate revoked"),
            "evaluation": _("Evaluation not sent"),
            "modules": _("Modules still open"),
            "done": _("Certificate issued"),
        }[line.state]
    )


def _cells(line: Line, *, registered: bool) -> list:
    email = line.member.person.email if line.member.person_id else ""
    days = " ".join(day.on.isoformat() for day in line.days)
    said = [line.member.called, email, line.member.get_role_display(), line.meetings, days]
    hours = [line.minutes, line.hours, *(of.hours for of in line.by_category)]
    return [*map(safe_cell, said), *hours, word_of(line) if registered else ""]


def _page(request, seat: Seat, *, problem: str = "", status: int = 200) -> HttpResponse:
    account = crediting.account_of(seat.engagement)
    gives = standing_of(request.user).is_admin
    offering = account.offering
    may_choose = gives and not any(line.vouched for line in account.lines)
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "account": account,
        "lines": [(line, word_of(line) if offering else "") for line in account.lines],
        "due": account.due if gives else [],
        "may_give": gives,
        "on_offer": registering.courses_on_offer(seat.engagement.service) if may_choose else [],
        "problem": problem,
        "may_correct": seat.steers and (seat.engagement.is_open or offering is not None),
    }
    return render(request, "engagements/hours.html", context, status=status)
