"""An action step that a person takes on, and how it went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import committing
from courses.forms import DayForm, OutcomeForm
from courses.models import Commitment, Enrollment
from courses.views.modules import open_lesson, part_answer
from courses.views.own import for_own_enrollment


@for_own_enrollment
@require_POST
def update(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Take it on until a day, or change the day."""
    form = DayForm(request.POST)
    problem = ""
    if form.is_valid():
        try:
            committing.commit(
                enrollment=enrollment,
                module_key=module_key,
                block_id=block_id,
                due_on=form.cleaned_data["due_on"],
                own_words=form.cleaned_data["own_words"],
            )
        except committing.NotAnAction as error:
            raise Http404 from error
        except committing.AlreadySettled:
            problem = _("You have said how it went already.")
    else:
        problem = " ".join(words for field in form.errors.values() for words in field)
    lesson = open_lesson(enrollment, module_key)
    if block_id not in lesson.parts:
        raise Http404
    status = 422 if problem else 200
    return part_answer(request, lesson, block_id, status=status, day_problem=problem, focused=True)


@for_own_enrollment
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, enrollment: Enrollment, module_key, block_id: str) -> HttpResponse:
    """Say how it went. Works from the person's own row, whatever became of the module."""
    commitment = get_object_or_404(enrollment.commitments, module_key=module_key, block_id=block_id)
    started = {
        "outcome": request.GET.get("outcome") or commitment.outcome,
        "how_it_went": commitment.how_it_went,
    }
    form = OutcomeForm(request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _settle(commitment, form.cleaned_data))
        return redirect("courses:learning")
    context = {"form": form, "commitment": commitment, "enrollment": enrollment}
    return render(request, "courses/outcome.html", context, status=422 if form.is_bound else 200)


def _settle(commitment: Commitment, said: dict) -> str:
    """Write down what the person said; return what to tell them."""
    committing.settle(
        commitment=commitment, outcome=said["outcome"], how_it_went=said["how_it_went"].replace("\r\n", "\n")
    )
    if said["outcome"] == Commitment.Outcome.NOT_YET and said["due_on"]:
        committing.change_day(commitment=commitment, due_on=said["due_on"])
        return _("Your new day is set. We'll ask again then.")
    return _("Thank you. It is kept with what you took on.")
