"""Assignments: a leader's list of them, making one, watching it, taking it back."""

import datetime
import uuid
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import editions
from courses import assigning, nudging, watching
from courses.assignment_forms import AssignmentForm, PlaceForm, places_of, word_of
from courses.models import Assignment
from courses.scopes import assignments_visible_to, enrollments_led_by
from roster.scopes import may_lead

ASSIGNMENTS_A_PAGE = 20
PEOPLE_A_PAGE = 50

FAULTS = {
    assigning.PastDue: gettext_lazy("The due date is past by now. Choose today or a later day."),
    assigning.NotStaff: gettext_lazy(
        "Somebody you chose doesn't work there any more. Please look at your choice again."
    ),
    assigning.NobodyMeant: gettext_lazy(
        "This course is open to nobody among those you chose, so nobody would get it."
    ),
    assigning.NotTheirPlace: gettext_lazy("This form was used already. Please begin a new one."),
}


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the assignments that this person may see, the newest first."""
    assignments = assignments_visible_to(request.user)
    places = places_of(request.user)
    if not places and not assignments.exists():
        raise Http404
    rows = assignments.select_related("building", "district", "by")
    page = Paginator(rows, ASSIGNMENTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = watching.count_up(page.object_list)
    return render(request, "courses/assignments/index.html", {"page_obj": page, "may_assign": bool(places)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Ask what to assign to whom, show whom it reaches, and assign: one address, one step after the other."""
    places = places_of(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    word = asked.get("place") or next(iter(places), "")
    if word not in places:
        raise Http404
    steps = {"find": _edit, "edit": _edit, "preview": _preview, "confirm": _confirm}
    if request.method == "POST":
        form = AssignmentForm(request.POST, place=places[word])
        return steps.get(request.POST.get("step"), _preview)(request, form, places)
    form = AssignmentForm(place=places[word], initial=_initial(request, places[word]))
    return _ask(request, form, places)


@require_safe
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the people of an assignment are. Asked by htmx for its progress, answer with that part."""
    assignment = _visible(request, pk)
    if request.htmx and request.GET.get("part") == "progress":
        response = render(request, "courses/assignments/_progress.html", {"assignment": _counted(assignment)})
        if assignment.reached_at or assignment.withdrawn_at:
            response["HX-Refresh"] = "true"
        return response
    leads = may_lead(request.user, assignment.place)
    watched = watching.Watched(assignment, request.GET)
    page = Paginator(watched.rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    waiting = nudging.nudgeable(watched.enrollments, by=request.user) if leads else watched.enrollments.none()
    context = {
        "assignment": _counted(assignment),
        "watched": watched,
        "page_obj": page,
        "leads": leads,
        "nudge_count": waiting.count(),
        "nudgeable": set(waiting.filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True)),
        "may_restore": leads and assigning.may_restore(assignment),
        "place_word": word_of(assignment.place),
    }
    return render(request, "courses/assignments/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking it back would do, and do it."""
    assignment = _led(request, pk)
    if assignment.withdrawn_at:
        return redirect("courses:assignment", pk=pk)
    if request.method != "POST":
        context = {"assignment": assignment, **assigning.standing_after_withdrawal(assignment)}
        return render(request, "courses/assignments/withdraw.html", context)
    assigning.withdraw(assignment=assignment, by=request.user)
    messages.success(request, _("The assignment is withdrawn. You can bring it back for seven days."))
    return redirect("courses:assignment", pk=pk)


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn assignment back."""
    try:
        assigning.restore(assignment=_led(request, pk), by=request.user)
    except assigning.TooLate:
        messages.error(
            request, _("It was withdrawn too long ago to be brought back. Assign the course anew.")
        )
    else:
        messages.success(request, _("The assignment is back, for the same people."))
    return redirect("courses:assignment", pk=pk)


@require_POST
@login_required
def nudge(request: HttpRequest) -> HttpResponse:
    """Remind those who haven't finished: of an ``assignment``, or of the ``enrollment``s that are named."""
    led = enrollments_led_by(request.user)
    if word := request.POST.get("assignment"):
        assignment = _led(request, int(word) if _is_id(word) else 0)
        enrollments = led.filter(reaches__assignment=assignment)
    else:
        ids = [int(word) for word in request.POST.getlist("enrollment") if _is_id(word)]
        enrollments = led.filter(pk__in=ids)
        if not ids or not enrollments.exists():
            raise Http404
    count = nudging.nudge(enrollments=enrollments, by=request.user)
    if count:
        said = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Everybody there has finished, or was reminded today already."))
    return redirect(_way_back(request))


# --- the steps of making one ------------------------------------------------------------------------------


def _ask(request, form, places, status=200):
    sought = form.data.get("sought", "") if form.is_bound else ""
    context = {
        "form": form,
        "place": form.place,
        "place_word": word_of(form.place),
        "place_form": PlaceForm({"place": word_of(form.place)}, places=places) if len(places) > 1 else None,
        "sought": sought,
        "people": form.people_to_choose(sought),
        "staff_count": form.staff.count(),
    }
    template = "courses/assignments/_people.html" if _is_search(request) else "courses/assignments/new.html"
    return render(request, template, context, status=status)


def _edit(request, form, places):
    """Go on with the form as it is: somebody is being looked for, or something is to be changed."""
    form.full_clean()
    form.errors.clear()
    return _ask(request, form, places)


def _preview(request, form, places):
    if not form.is_valid():
        return _ask(request, form, places, status=422)
    seen = assigning.preview(form.wish)
    if not seen.reached:
        return _refuse(request, form, places, assigning.NobodyMeant())
    context = {
        "form": form,
        "wish": form.wish,
        "place_word": word_of(form.place),
        "preview": seen,
        "groups": watching.groups_of(seen),
        "buildings": watching.buildings_of(form.wish, seen) if form.wish.is_to_a_district else [],
    }
    return render(request, "courses/assignments/preview.html", context)


def _confirm(request, form, places):
    if not form.is_valid():
        return _ask(request, form, places, status=422)
    try:
        assignment = assigning.assign(wish=form.wish, by=request.user, token=form.cleaned_data["token"])
    except assigning.CannotAssign as fault:
        return _refuse(request, form, places, fault)
    messages.success(request, _("“%s” is assigned.") % assignment.course_title)
    return redirect("courses:assignment", pk=assignment.pk)


def _refuse(request, form, places, fault):
    form.add_error(None, FAULTS[type(fault)])
    return _ask(request, form, places, status=422)


def _initial(request, place) -> dict:
    """The course and people that the address names, due when the place's edition of the course proposes."""
    initial = {"course": request.GET.get("course", ""), "token": uuid.uuid4()}
    if people := request.GET.getlist("people"):
        initial |= {"whom": AssignmentForm.Whom.PEOPLE, "people": people}
    with suppress(ValueError):
        days = editions.due_in_days(uuid.UUID(initial["course"]), place)
        if days:
            initial["due_on"] = timezone.localdate() + datetime.timedelta(days=days)
    return initial


def _is_search(request) -> bool:
    return bool(request.htmx) and request.POST.get("step") == "find"


# --- finding one --------------------------------------------------------------------------------------------


def _visible(request, pk) -> Assignment:
    rows = assignments_visible_to(request.user).select_related("building__district", "district", "by")
    return get_object_or_404(rows, pk=pk)


def _led(request, pk) -> Assignment:
    assignment = _visible(request, pk)
    if not may_lead(request.user, assignment.place):
        raise Http404
    return assignment


def _counted(assignment) -> Assignment:
    assignment.reached_count = assignment.reaches.count()
    return assignment


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 16


def _way_back(request) -> str:
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, request.get_host(), require_https=request.is_secure()):
        return back
    return "courses:assignments"
