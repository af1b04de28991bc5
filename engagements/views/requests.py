"""Requests for a service: asking, following, and PSESD's answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.enrolling import last_cycles
from engagements import requesting, serving
from engagements.models import ServiceRequest
from engagements.request_forms import (
    AgreeForm,
    DeclineForm,
    QueueForm,
    RequestForm,
    TakeUpForm,
    places_of,
)
from engagements.scopes import engagements_visible_to, requests_answered_by, requests_visible_to
from roster.standing import standing_of

REQUESTS_A_PAGE = 25

FAULTS = {
    requesting.AlreadyAnswered: gettext_lazy("This request was answered or taken back in the meantime."),
    requesting.NotACoach: gettext_lazy("That person doesn't coach for PSESD any more. Please choose again."),
    requesting.WrongProtocol: gettext_lazy("That protocol belongs to another service."),
    requesting.NeedsWords: gettext_lazy("Please say why not now: it is what helps who asked."),
}


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the requests that this person may see: to answer, the longest waiting first; else the newest."""
    places = places_of(request.user)
    standing = standing_of(request.user)
    rows = requests_visible_to(request.user)
    if not (places or standing.is_admin or standing.coaches or rows.exists()):
        raise Http404
    answers = standing.is_admin or standing.coaches
    form = QueueForm(request.GET)
    # Who asks has a few, and wants to see what became of each; who answers has a queue.
    rows = _narrowed(rows, form).order_by("asked_at", "pk") if answers else rows.order_by("-asked_at", "-pk")
    rows = rows.select_related("building", "district", "asked_by", "coach", "engagement")
    context = {
        "form": form,
        "page_obj": Paginator(rows, REQUESTS_A_PAGE).get_page(request.GET.get("page")),
        "may_ask": bool(places),
        "answers": answers,
        "is_admin": standing.is_admin,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
    }
    part = "engagements/requests/_list.html" if request.htmx else "engagements/requests/index.html"
    return render(request, part, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Ask for a service. Asked twice, show the request that waits already."""
    places = places_of(request.user)
    if not places:
        raise Http404
    after_course = _course_taken(request)
    if request.method != "POST":
        chosen = {name: request.GET[name] for name in ("service", "place") if name in request.GET}
        form = RequestForm(places=places, initial={"language": request.user.language, **chosen})
        return render(request, "engagements/requests/new.html", {"form": form, "after_course": after_course})
    form = RequestForm(request.POST, places=places)
    if not form.is_valid():
        context = {"form": form, "after_course": after_course}
        return render(request, "engagements/requests/new.html", context, status=422)
    try:
        made = requesting.ask(by=request.user, after_course=after_course, **form.wishes())
    except requesting.AlreadyWaiting as waiting:
        messages.info(request, _("This was asked already, and waits for PSESD's answer. Here it is."))
        return redirect("engagements:request", waiting.request.pk)
    messages.success(request, _("PSESD has your request. You hear of it here and by email."))
    return redirect("engagements:request", made.pk)


@require_safe
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request and where it stands; to who answers it, the ways to answer."""
    return _page(request, _visible(request, pk))


@require_POST
@login_required
def coach(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to a coach to look at."""
    wanted = _answerable(request, pk)
    form = TakeUpForm(request.POST)
    if not form.is_valid():
        return _page(request, wanted, take_up=form, status=422)
    done = (
        _("The request is with its coach.") if form.cleaned_data["coach"] else _("It is back in the queue.")
    )
    return _do(
        request,
        wanted,
        done,
        lambda: requesting.take_up(request=wanted, by=request.user, coach=form.cleaned_data["coach"]),
    )


@require_POST
@login_required
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes, and open the engagement."""
    wanted = _answerable(request, pk)
    form = AgreeForm(request.POST, request=wanted)
    if not form.is_valid():
        return _page(request, wanted, agree=form, status=422)
    given = form.cleaned_data
    return _do(
        request,
        wanted,
        _("The work begins. Everybody who is in it has been told."),
        lambda: requesting.agree(
            request=wanted,
            by=request.user,
            version=given["version"],
            title=given["title"],
            answer=given["answer"],
            **form.people(),
        ),
    )


@require_POST
@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say not now."""
    wanted = _answerable(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, wanted, decline=form, status=422)
    return _do(
        request,
        wanted,
        _("Your answer is sent. You can look at the request again at any time."),
        lambda: requesting.decline(request=wanted, by=request.user, answer=form.cleaned_data["answer"]),
    )


@require_POST
@login_required
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a "not now" back."""
    wanted = _answerable(request, pk)
    return _do(
        request,
        wanted,
        _("The request waits again."),
        lambda: requesting.look_again(request=wanted, by=request.user),
    )


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it isn't needed any more: whoever leads the place may."""
    wanted = _visible(request, pk)
    if not _may_take_back(request, wanted):
        raise Http404
    return _do(
        request,
        wanted,
        _("You have taken your request back."),
        lambda: requesting.take_back(request=wanted, by=request.user),
    )


def _page(request: HttpRequest, wanted: ServiceRequest, *, status: int = 200, **forms) -> HttpResponse:
    answers = requests_answered_by(request.user).filter(pk=wanted.pk).exists()
    waits = wanted.state in ServiceRequest.WAITING
    engagement = engagements_visible_to(request.user).filter(request=wanted).first()
    context = {
        "wanted": wanted,
        "waits": waits,
        "answers": answers,
        "engagement": engagement,
        "may_take_back": waits and _may_take_back(request, wanted),
    }
    if answers and waits:
        context |= {
            "take_up": forms.get("take_up") or TakeUpForm(initial={"coach": wanted.coach_id}),
            "agree": forms.get("agree") or AgreeForm(request=wanted),
            "decline": forms.get("decline") or DeclineForm(),
            "said": next(iter(forms), ""),
            "services": serving.services(),
        }
    return render(request, "engagements/requests/show.html", context, status=status)


def _do(request: HttpRequest, wanted: ServiceRequest, done: str, verb) -> HttpResponse:
    try:
        verb()
    except tuple(FAULTS) as fault:
        messages.warning(request, FAULTS[type(fault)])
    else:
        messages.success(request, done)
    return redirect("engagements:request", wanted.pk)


def _narrowed(rows, form: QueueForm):
    wish = form.cleaned_data if form.is_valid() else {}
    state = wish.get("state") or ""
    if not state:
        rows = rows.filter(state__in=ServiceRequest.WAITING)
    elif state != "all":
        rows = rows.filter(state=state)
    if wish.get("service"):
        rows = rows.filter(service=wish["service"])
    if wish.get("coach"):
        rows = rows.filter(coach=wish["coach"])
    return rows


def _may_take_back(request: HttpRequest, wanted: ServiceRequest) -> bool:
    return wanted.asked_by_id == request.user.pk or wanted.place in places_of(request.user).values()


def _course_taken(request: HttpRequest) -> str:
    """The title of the course that the address says they come from; "" unless they are in it themselves."""
    try:
        key = UUID(request.GET.get("after", ""))
    except ValueError:
        return ""
    enrollment = last_cycles(person=request.user, course_keys=[key]).get(key)
    return enrollment.course_title if enrollment else ""


def _visible(request: HttpRequest, pk: int) -> ServiceRequest:
    rows = requests_visible_to(request.user).select_related(
        "building__district", "district", "asked_by", "coach"
    )
    return get_object_or_404(rows, pk=pk)


def _answerable(request: HttpRequest, pk: int) -> ServiceRequest:
    return get_object_or_404(requests_answered_by(request.user), pk=pk)
