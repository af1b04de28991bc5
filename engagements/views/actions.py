"""What members took on: all of it, one thing of it, and how it went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagements import acting
from engagements.action_forms import ActionForm, OutcomeForm
from engagements.models import ActionItem
from engagements.seats import Seat
from engagements.views.own import for_seat, prompt_or_404
from engagements.working import step_url


@for_seat
@never_cache
@require_safe
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show all items."""
    if not seat.is_whole:
        raise Http404
    form = ActionForm(engagement=seat.engagement, member=seat.member) if seat.works else None
    return _page(request, seat, form)


@for_seat
@require_POST
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Add an item, at the prompt that the form names or by itself."""
    if not seat.works:
        raise Http404
    prompt, back_url = _asked_at(request, seat)
    form = ActionForm(request.POST, engagement=seat.engagement)
    if not form.is_valid():
        return _page(request, seat, form, prompt=prompt, status=422)
    acting.take_on(by=seat.member, prompt=prompt, **form.cleaned_data)
    messages.success(request, _("Written down. Whoever has taken it on is reminded in time."))
    return redirect(back_url)


@for_seat
@never_cache
@require_safe
def show(request: HttpRequest, seat: Seat, action_pk: int) -> HttpResponse:
    """Show one item; to who works in the team, with what they can change."""
    return _item_page(request, seat, _item(seat, action_pk))


@for_seat
@require_POST
def update(request: HttpRequest, seat: Seat, action_pk: int) -> HttpResponse:
    """Change an item while the work goes on, and say how it went even after its end."""
    item = _item(seat, action_pk)
    if not _may_settle(seat):
        raise Http404
    outcome = OutcomeForm(request.POST)
    form = ActionForm(request.POST, engagement=seat.engagement) if seat.works else None
    if not outcome.is_valid() or not (form is None or form.is_valid()):
        return _item_page(request, seat, item, posted=request.POST)
    acting.settle(item=item, **outcome.cleaned_data)
    if form is not None:
        acting.change(item=item, by=seat.member, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("engagements:actions", seat.engagement.pk)


@for_seat
@require_POST
def end(request: HttpRequest, seat: Seat, action_pk: int) -> HttpResponse:
    """Say in one press that it is done."""
    if not _may_settle(seat):
        raise Http404
    item = _item(seat, action_pk)
    acting.settle(item=item, outcome="done")
    messages.success(request, _("Done. Open it to say how it went."))
    return redirect(f"{reverse('engagements:actions', args=[seat.engagement.pk])}#action-{item.pk}")


def _may_settle(seat: Seat) -> bool:
    return seat.member is not None and seat.member.works


def _item(seat: Seat, pk: int) -> ActionItem:
    if not seat.is_whole:
        raise Http404
    rows = seat.engagement.action_items.select_related("owner__person", "made_by__person")
    item = get_object_or_404(rows, pk=pk)
    item.engagement = seat.engagement
    return item


def _asked_at(request: HttpRequest, seat: Seat):
    """The prompt that the form stands at, and where to go back to."""
    if not request.POST.get("prompt"):
        return None, reverse("engagements:actions", args=[seat.engagement.pk])
    step, prompt = prompt_or_404(seat, request.POST["prompt"], to_write=True)
    if prompt.kind != "actions":
        raise Http404
    return prompt, f"{step_url(seat, step)}#prompt-{prompt.id}"


def _item_page(request, seat: Seat, item: ActionItem, posted=None) -> HttpResponse:
    stands = {"outcome": OutcomeForm.outcome_of(item), "how_it_went": item.how_it_went}
    now = {"what": item.what, "owner": item.owner_id, "due_on": item.due_on}
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "item": item,
        "form": ActionForm(posted, engagement=seat.engagement, initial=now) if seat.works else None,
        "outcome": OutcomeForm(posted, initial=stands) if _may_settle(seat) else None,
    }
    return render(request, "engagements/action.html", context, status=422 if posted is not None else 200)


def _page(request, seat: Seat, form, prompt=None, status: int = 200) -> HttpResponse:
    items = acting.items_of(seat.engagement)
    context = {
        "seat": seat,
        "engagement": seat.engagement,
        "open_items": [item for item in items if item.is_open],
        "settled": [item for item in items if not item.is_open],
        "form": form,
        "prompt": prompt,
        "may_settle": _may_settle(seat),
    }
    return render(request, "engagements/actions.html", context, status=status)
