"""What a team says beside a step: changed and taken out by who wrote it, settled by all who work in it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from engagements import talking
from engagements.models import Comment
from engagements.seats import Seat
from engagements.talk_forms import CommentForm
from engagements.views.own import for_seat, step_or_404
from engagements.working import step_url


@for_seat
@require_POST
def create(request: HttpRequest, seat: Seat, step_id: str) -> HttpResponse:
    """Say something."""
    step = _step(seat, step_id)
    form = CommentForm(request.POST, step=step, called=talking.can_be_called(seat.member))
    if not form.is_valid():
        return _form(request, seat, step, form)
    talking.say(by=seat.member, step=step, **form.cleaned_data)
    return redirect(f"{step_url(seat, step)}#comments")


@for_seat
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, step_id: str, comment_pk: int) -> HttpResponse:
    """Change one's own words; with ``out``, take them out."""
    step = _step(seat, step_id)
    comment = get_object_or_404(_comments(seat, step), pk=comment_pk, by=seat.member)
    back_url = f"{step_url(seat, step)}#comments"
    if "out" in request.POST:
        talking.take_out(comment=comment, by=seat.member)
        messages.success(request, _("Your comment is taken out."))
        return redirect(back_url)
    now = {
        "text": comment.text,
        "mentions": [str(pk) for pk in comment.mentions.values_list("pk", flat=True)],
    }
    form = CommentForm(
        request.POST or None, step=step, called=talking.can_be_called(seat.member), initial=now
    )
    form.fields.pop("prompt_id", None)
    if not form.is_valid():
        return _form(request, seat, step, form, comment=comment)
    talking.rewrite(
        comment=comment,
        by=seat.member,
        text=form.cleaned_data["text"],
        mentions=form.cleaned_data.get("mentions", []),
    )
    return redirect(back_url)


@for_seat
@require_POST
def settle(request: HttpRequest, seat: Seat, step_id: str, comment_pk: int) -> HttpResponse:
    """Say that nothing is left to do about it, or, with ``again``, that there is."""
    step = _step(seat, step_id)
    comment = get_object_or_404(_comments(seat, step), pk=comment_pk)
    if "again" in request.POST:
        talking.reopen(comment=comment)
    else:
        talking.settle(comment=comment, by=seat.member)
    return redirect(f"{step_url(seat, step)}#comments")


def _step(seat: Seat, step_id: str):
    step = step_or_404(seat, step_id)
    if not seat.works:
        raise Http404
    return step


def _comments(seat: Seat, step):
    return Comment.objects.filter(engagement=seat.engagement, step_id=step.id)


def _form(request, seat: Seat, step, form, comment=None) -> HttpResponse:
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "step": step,
        "form": form,
        "comment": comment,
        "back_url": f"{step_url(seat, step)}#comments",
    }
    return render(request, "engagements/comment.html", context, status=422 if form.is_bound else 200)
