"""The evaluation at a course's end, the hours claimed there, and what all evaluations say together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import certifying, clock_hours, evaluating
from courses.curricula import curriculum_of
from courses.ending_forms import ClaimForm, EvaluationForm
from courses.models import Enrollment
from courses.scopes import evaluations_visible_to
from courses.views.own import for_own_enrollment


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Ask for the evaluation and take it once; say politely when it isn't due."""
    if evaluating.is_sent(enrollment):
        return _say(request, enrollment, "sent")
    curriculum = curriculum_of(enrollment)
    if not evaluating.is_due(enrollment, curriculum=curriculum):
        why = _why_not_yet(curriculum.course)
        return _say(request, enrollment, why, status=409 if request.method == "POST" else 200)
    offers = [] if enrollment.is_complete else _claimable(enrollment, curriculum.course)
    form, claim = EvaluationForm(request.POST or None), ClaimForm(request.POST or None, offers=offers)
    if request.method == "POST" and _all_valid(form, claim):
        _send(enrollment, form, claim)
        messages.success(request, _("Thank you. Your answers are stored without your name."))
        return redirect("courses:end", pk=enrollment.pk)
    context = {"enrollment": enrollment, "form": form, "claim": claim, "course": curriculum.course}
    return render(request, "courses/evaluation.html", context, status=422 if form.is_bound else 200)


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Claim fewer hours of a course that is done."""
    entries = clock_hours.entries_of(enrollment)
    certificate = certifying.current_of(enrollment)
    if not entries or certificate is None or certificate.status != "valid":
        raise Http404
    # What is claimed now is the most: only an administrator gives hours back.
    form = ClaimForm(request.POST or None, offers=clock_hours.as_claimed(entries))
    if request.method == "POST" and form.is_valid():
        try:
            certifying.claim(enrollment=enrollment, hours=form.hours, by=request.user)
        except clock_hours.NotClaimable:
            messages.error(request, _("Your hours were changed elsewhere. Here is what you claim now."))
            return redirect("courses:claim", pk=enrollment.pk)
        return redirect("courses:certificate", code=certifying.current_of(enrollment).code)
    context = {"enrollment": enrollment, "form": form, "certificate": certificate}
    return render(request, "courses/claim.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def totals(request: HttpRequest, course_key) -> HttpResponse:
    """Show what the evaluations of a course say together, within what the person may see."""
    title = evaluating.title_of(course_key)
    sights = evaluations_visible_to(request.user, course_key)
    if not (title and sights):
        raise Http404
    panels = [(place, evaluating.totals(sheets)) for place, sheets in sights]
    return render(request, "courses/evaluation_totals.html", {"course_title": title, "panels": panels})


def _why_not_yet(course) -> str:
    if not course.asks_for_evaluation:
        return "unasked"
    return "with-coach" if course.is_facilitated else "early"


def _claimable(enrollment, course) -> list[clock_hours.Offer]:
    """What may be claimed in the same breath: no category of which nothing was attended."""
    most = clock_hours.most_of(enrollment, clock_hours.offers_of(course))
    return [offer for offer in most if offer.hours]


def _all_valid(form, claim) -> bool:
    return all([form.is_valid(), not claim.offers or claim.is_valid()])


@transaction.atomic
def _send(enrollment, form, claim) -> None:
    is_new = evaluating.send(enrollment, form.answers)
    if is_new and enrollment.is_complete and claim.offers and claim.claims_fewer:
        certifying.claim(enrollment=enrollment, hours=claim.hours, by=enrollment.person)


def _say(request, enrollment, why, *, status=200) -> HttpResponse:
    context = {"enrollment": enrollment, "why": why}
    return render(request, "courses/evaluation_not_due.html", context, status=status)
