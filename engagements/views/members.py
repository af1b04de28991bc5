"""Who is in an engagement: seen by all of them, changed by who steers it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements import joining
from engagements.forms import MemberForm, NamedMemberForm
from engagements.models import Member
from engagements.scopes import people_to_invite
from engagements.seats import Seat
from engagements.views.own import for_seat, for_steering

FOUND_AT_MOST = 12


@for_seat
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the team; to who steers it, also whom they can bring in."""
    if not seat.is_whole:
        raise Http404
    return _page(request, seat)


@for_steering
@require_POST
def create(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Bring in a person who was found, or, by name, somebody without an account."""
    _only_while_open(seat)
    settings = seat.plan.settings
    if pk := request.POST.get("person"):
        person = get_object_or_404(people_to_invite(seat.engagement), pk=pk if pk.isdecimal() else 0)
        _add(request, seat, person=person, role=Member.Role.MEMBER)
        return redirect("engagements:members", seat.engagement.pk)
    form = NamedMemberForm(request.POST, settings=settings)
    if not form.is_valid():
        return _page(request, seat, form=form, status=422)
    _add(request, seat, name=form.cleaned_data["name"], **form.said)
    return redirect("engagements:members", seat.engagement.pk)


@for_steering
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, seat: Seat, member_pk: int) -> HttpResponse:
    """Give a member another role, term, or others to speak for."""
    _only_while_open(seat)
    member = _member(seat, member_pk)
    names = ("role", "constituency", "term_from", "term_to")
    form = MemberForm(
        request.POST or None,
        settings=seat.plan.settings,
        has_account=member.person_id is not None,
        initial={name: getattr(member, name) for name in names},
    )
    if form.is_valid():
        try:
            joining.change(member=member, by=request.user, **form.said)
            messages.success(request, _("Saved."))
            return redirect("engagements:members", seat.engagement.pk)
        except joining.LastToSteer:
            form.add_error("role", _("Somebody has to coach or lead it: make another member lead first."))
    context = {"seat": seat, "engagement": seat.engagement, "member": member, "form": form}
    return render(request, "engagements/member.html", context, status=422 if form.is_bound else 200)


@for_seat
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, seat: Seat, member_pk: int) -> HttpResponse:
    """End a member's place: one's own, or, for who steers, anybody's."""
    _only_while_open(seat)
    member = _member(seat, member_pk)
    is_own = seat.member is not None and seat.member.pk == member.pk
    if not (is_own or seat.steers):
        raise Http404
    if request.method != "POST":
        context = {"seat": seat, "engagement": seat.engagement, "member": member, "is_own": is_own}
        return render(request, "engagements/leave.html", context)
    try:
        joining.leave(member=member, by=request.user)
    except joining.LastToSteer:
        messages.warning(request, _("Somebody has to coach or lead it: make another member lead first."))
        return redirect("engagements:members", seat.engagement.pk)
    if is_own:
        messages.success(request, _("You have left it. What you wrote stays, under your name."))
        return redirect("engagements:list")
    messages.success(request, _("%s is no longer in it. What they wrote stays.") % member.called)
    return redirect("engagements:members", seat.engagement.pk)


def _page(request, seat: Seat, form=None, status: int = 200) -> HttpResponse:
    engagement = seat.engagement
    may_change = seat.steers and engagement.is_open
    settings = seat.plan.settings
    sought = request.GET.get("q", "").strip()[:80]
    members = list(engagement.members.present().select_related("person"))
    context = {
        "seat": seat,
        "engagement": engagement,
        "members": members,
        "left": list(engagement.members.exclude(left_at=None).select_related("person")),
        "missing": joining.missing_constituencies(engagement) if settings.has_terms else [],
        "may_change": may_change,
        "has_terms": settings.has_terms,
        "sought": sought,
        "found": people_to_invite(engagement, sought)[:FOUND_AT_MOST] if may_change and sought else [],
        "form": (form or NamedMemberForm(settings=settings)) if may_change else None,
        "create_url": reverse("engagements:member_new", args=[engagement.pk]),
    }
    return render(request, "engagements/members.html", context, status=status)


def _add(request, seat: Seat, **who) -> None:
    try:
        member = joining.add(engagement=seat.engagement, by=request.user, **who)
    except joining.AlreadyIn:
        messages.info(request, _("They are in it already."))
    else:
        messages.success(request, _("%s is in it now.") % member.called)


def _member(seat: Seat, pk: int) -> Member:
    member = get_object_or_404(seat.engagement.members.present().select_related("person"), pk=pk)
    member.engagement = seat.engagement
    return member


def _only_while_open(seat: Seat) -> None:
    """Once it has ended, who was in it is a part of the record."""
    if not seat.engagement.is_open:
        raise Http404
