"""A person's enrollment: coming in, going on, leaving, taking it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms import tailoring
from cms.standpoints import standpoint_of
from courses import bringing_back, certifying, clock_hours, enrolling, participating
from courses.curricula import CourseAway, curriculum_of
from courses.forms import WithdrawalForm
from courses.models import Enrollment
from courses.views.own import for_own_enrollment


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, course_key) -> HttpResponse:
    """Ask, and enroll; who is in the course goes on, who left it is asked whether they come back."""
    course = tailoring.course_of(course_key)
    last = enrolling.last_cycles(person=request.user, course_keys=[course_key]).get(course_key)
    if last and last.status != Enrollment.Status.WITHDRAWN:
        return redirect("courses:course", pk=last.pk)
    if course is None or not (last or enrolling.may_begin(course, standpoint_of(request.user))):
        raise Http404
    if request.method == "POST":
        return _enroll(request, course)
    return render(request, "courses/enroll.html", {"course": course, "left": last})


@for_own_enrollment
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Lead the person to where they go on: the module they left, the next open one, or the end."""
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        return redirect("courses:enroll", course_key=enrollment.course_key)
    if enrollment.is_complete:
        return redirect("courses:end", pk=enrollment.pk)
    key = _next_module(enrollment, curriculum_of(enrollment))
    if key is None:
        return redirect("courses:end", pk=enrollment.pk)
    return redirect("courses:module", pk=enrollment.pk, module_key=key)


@for_own_enrollment
@require_http_methods(["GET", "HEAD"])
def end(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Say what is done and what is still open; the certificate and a new cycle are found here."""
    progress = {row.module_key: row for row in enrollment.modules.all()}
    context = {"enrollment": enrollment, "records": progress.values(), "course": None, "open": []}
    try:
        curriculum = curriculum_of(enrollment)
    except CourseAway:
        if not enrollment.is_complete:
            raise
    else:
        done = {key for key, row in progress.items() if row.completed_at}
        asked = [] if enrollment.is_complete else curriculum.asked
        context["open"] = [module for module in asked if module.key not in done]
        context["modules"] = [(module, progress.get(module.key)) for module in curriculum.modules]
        context["course"] = curriculum.course
        context["standpoint"] = curriculum.standpoint
        context["pairs"] = bringing_back.pairs_of(enrollment, curriculum)
    context["asks_evaluation"] = _waits_for_evaluation(enrollment, context)
    context["is_with_coach"] = bool(context["course"]) and context["course"].is_facilitated
    if context["is_with_coach"]:
        courses = {enrollment.course_key: context["course"]}
        context["attended"] = participating.attended([enrollment], courses).get(enrollment.pk)
    context["certificate"] = certifying.current_of(enrollment)
    return render(request, "courses/end.html", context)


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Ask, and take the person out of the course."""
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        return redirect("courses:learning")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enrolling.withdraw(enrollment=enrollment, by=request.user, reason=form.cleaned_data["reason"])
        except enrolling.AlreadyComplete:
            messages.info(request, _("You have finished this course; what you did stays."))
            return redirect("courses:end", pk=enrollment.pk)
        messages.success(
            request, _("You have left “%s”. You can come back at any time.") % enrollment.course_title
        )
        return redirect("courses:learning")
    if enrollment.is_complete:
        return redirect("courses:end", pk=enrollment.pk)
    status = 422 if form.is_bound else 200
    return render(request, "courses/withdraw.html", {"enrollment": enrollment, "form": form}, status=status)


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def retake(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Ask, and begin a new cycle of a completed course."""
    course = curriculum_of(enrollment).course
    if course.is_facilitated:
        raise Http404
    if request.method != "POST":
        return render(request, "courses/retake.html", {"enrollment": enrollment, "course": course})
    try:
        again = enrolling.retake(enrollment=enrollment, course=course)
    except enrolling.NotYetComplete:
        messages.info(request, _("You are still taking this course."))
        return redirect("courses:course", pk=enrollment.pk)
    except enrolling.NotOpenTo:
        messages.info(request, _("This course isn't open to your present position any more."))
        return redirect("courses:end", pk=enrollment.pk)
    return redirect("courses:course", pk=again.pk)


def _enroll(request, course):
    try:
        enrollment = enrolling.enroll(person=request.user, course=course)
    except enrolling.NotOpenTo as error:
        raise Http404 from error
    messages.success(request, _("You are in. Your place is kept whenever you leave."))
    return redirect("courses:course", pk=enrollment.pk)


def _next_module(enrollment, curriculum):
    """The module where the person left, unless it is done; else the first that is open; else none."""
    done = set(enrollment.modules.exclude(completed_at=None).values_list("module_key", flat=True))
    open_ones = [module.key for module in curriculum.asked if module.key not in done]
    here = {module.key for module in curriculum.modules} - done
    if enrollment.resume_module_key in here:
        return enrollment.resume_module_key
    return open_ones[0] if open_ones else None


def _waits_for_evaluation(enrollment, context) -> bool:
    course = context["course"]
    if course is None or enrollment.is_complete or context["open"] or not course.asks_for_evaluation:
        return False
    if course.is_facilitated:
        return clock_hours.participation_in(enrollment) is not None
    return bool(context.get("modules"))
