"""Requesting: a building or district asks for a service, PSESD answers, and a yes becomes an engagement."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements import opening, publishing
from engagements.models import Engagement, ProtocolVersion, ServiceRequest
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import Building, Position, User

State = ServiceRequest.State


class AlreadyWaiting(Exception):
    """The same place waits for an answer about the same service; where it is confidential, the same person.

    ``request`` is that one.
    """

    def __init__(self, request: ServiceRequest):
        super().__init__(request)
        self.request = request


class AlreadyAnswered(Exception):
    """It was agreed, declined or taken back meanwhile."""


class NotACoach(Exception):
    """Who is to look at it is no coach of PSESD's."""


class NeedsWords(Exception):
    """A "not now" without a reason helps nobody who asked."""


class WrongProtocol(Exception):
    """The protocol is another service's."""


def ask(*, by: User, place, service: str, needs: str, **wishes: str) -> ServiceRequest:
    """Ask PSESD for ``service`` at ``place`` (a building or district that ``by`` leads).

    Args:
        wishes: any of ``goals``, ``who``, ``wished_time``, ``language`` and ``after_course``.

    Raises:
        AlreadyWaiting: somebody asked the same for the same place, and waits for the answer.
    """
    at = {"building": place} if isinstance(place, Building) else {"district": place}
    with transaction.atomic():
        # Two clicks, or two leaders of one building: the place's own row lets one go first.
        type(place).objects.select_for_update().get(pk=place.pk)
        request = ServiceRequest(
            asked_by=by,
            service=service,
            is_confidential=publishing.is_confidential(service),
            needs=needs,
            **{name: text for name, text in wishes.items() if text},
            **at,
        )
        if first := _same_that_waits(request):
            raise AlreadyWaiting(first)
        request.save()
        _tell(_administrators(), f"request:{request.pk}", _("%(place)s asks for %(service)s"), request)
    return request


def take_up(*, request: ServiceRequest, by: User, coach: User | None) -> ServiceRequest:
    """Look at it, and say which coach has it in mind; None gives it back to the queue.

    Raises:
        AlreadyAnswered: too late.
        NotACoach: ``coach`` isn't one.
    """
    if coach is not None and not is_coach(coach):
        raise NotACoach(coach)
    with transaction.atomic():
        _still(request, ServiceRequest.WAITING)
        before = request.coach_id
        _write(request, state=State.LOOKED_AT if coach else State.SENT, coach=coach)
        if coach is not None and coach.pk not in (before, by.pk):
            _tell(
                [coach],
                f"request-given:{request.pk}",
                _("Please look at what %(place)s asks: %(service)s"),
                request,
            )
    return request


def agree(
    *,
    request: ServiceRequest,
    by: User,
    version: ProtocolVersion,
    title: str,
    coaches: Iterable[User],
    leads: Iterable[User],
    answer: str = "",
) -> Engagement:
    """Say yes: the engagement begins, along ``version``, and its people hear of it. Twice is once.

    Raises:
        AlreadyAnswered: it was declined or taken back.
        WrongProtocol: ``version`` belongs to another service.
        NotACoach: among ``coaches`` is somebody who isn't one, or nobody.
    """
    coaches = list(coaches)
    if version.service != request.service:
        raise WrongProtocol(version)
    if not coaches or not all(is_coach(coach) for coach in coaches):
        raise NotACoach(coaches)
    with transaction.atomic():
        _still(request, [*ServiceRequest.WAITING, State.AGREED])
        is_new = request.state != State.AGREED
        engagement = opening.open_engagement(
            by=by,
            version=version,
            place=request.place,
            title=title,
            coaches=coaches,
            leads=leads,
            about=request.needs,
            request=request,
        )
        if is_new:
            is_confidential = request.is_confidential or engagement.is_confidential
            _answer(request, by, State.AGREED, answer, coach=coaches[0], is_confidential=is_confidential)
            _tell_of_yes(request, engagement, by)
    return engagement


def decline(*, request: ServiceRequest, by: User, answer: str) -> ServiceRequest:
    """Say not now, and why.

    Raises:
        AlreadyAnswered: too late.
        NeedsWords: without a reason.
    """
    if not answer.strip():
        raise NeedsWords(request)
    with transaction.atomic():
        _still(request, ServiceRequest.WAITING)
        _answer(request, by, State.DECLINED, answer)
        if request.asked_by_id != by.pk:
            _tell(
                [request.asked_by],
                f"request-answered:{request.pk}:{request.answered_at:%s}",
                _("PSESD's answer about %(service)s: not now"),
                request,
                body=answer,
            )
    return request


def look_again(*, request: ServiceRequest, by: User) -> ServiceRequest:
    """Take a "not now" back: the request waits again, and keeps its place in the queue.

    Raises:
        AlreadyAnswered: it wasn't declined, or the same is asked anew already.
    """
    with transaction.atomic():
        _still(request, [State.DECLINED])
        if _same_that_waits(request):
            raise AlreadyAnswered(request)
        state = State.LOOKED_AT if request.coach_id else State.SENT
        _write(request, state=state, answer="", answered_by=None, answered_at=None)
        audit.record(actor=by, action="looked again at service request", subject=request)
    return request


def take_back(*, request: ServiceRequest, by: User) -> ServiceRequest:
    """Let the asker say that it isn't needed any more.

    Raises:
        AlreadyAnswered: PSESD has answered.
    """
    with transaction.atomic():
        _still(request, ServiceRequest.WAITING)
        _write(request, state=State.TAKEN_BACK)
        audit.record(actor=by, action="took back service request", subject=request)
        if request.coach_id:
            _tell(
                [request.coach],
                f"request-taken-back:{request.pk}",
                _("%(place)s took back what it asked: %(service)s"),
                request,
            )
    return request


def is_coach(person: User) -> bool:
    """Say whether ``person`` coaches for PSESD today, at whatever place."""
    return Position.objects.current().filter(person=person, role=Position.Role.COACH).exists()


def _same_that_waits(request: ServiceRequest) -> ServiceRequest | None:
    """Find what waits already. Of what is confidential, two leaders don't learn of each other."""
    waiting = ServiceRequest.objects.filter(
        building=request.building,
        district=request.district,
        service=request.service,
        state__in=ServiceRequest.WAITING,
    )
    if request.is_confidential:
        waiting = waiting.filter(asked_by=request.asked_by)
    return waiting.first()


def _still(request: ServiceRequest, states) -> None:
    """Hold the row until the end of the transaction, and see that nobody answered meanwhile."""
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    request.state, request.answered_at = row.state, row.answered_at
    if row.state not in states:
        raise AlreadyAnswered(request)


def _answer(request: ServiceRequest, by: User, state: str, answer: str, **fields) -> None:
    _write(request, state=state, answer=answer, answered_by=by, answered_at=timezone.now(), **fields)
    audit.record(actor=by, action=f"answered service request: {state}", subject=request)


def _write(request: ServiceRequest, **fields) -> None:
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=list(fields))


def _administrators() -> list[User]:
    held = Position.objects.current().filter(role=Position.Role.PSESD_ADMIN)
    return list(User.objects.filter(is_active=True, pk__in=held.order_by().values("person")))


def _tell_of_yes(request: ServiceRequest, engagement: Engagement, by: User) -> None:
    """Tell everybody who is in it now, and who asked; who said yes knows."""
    members = engagement.members.select_related("person")
    team = [member.person for member in members if member.person_id not in (None, by.pk)]
    key, title = f"request-agreed:{request.pk}", _("%(service)s begins at %(place)s")
    page = reverse("engagements:show", args=[engagement.pk])
    _tell(team, key, title, request, body=request.answer, url=page)
    if request.asked_by_id != by.pk and request.asked_by not in team:
        _tell([request.asked_by], key, title, request, body=request.answer)


def _tell(people: Iterable[User], key: str, title, request: ServiceRequest, *, body="", url="") -> None:
    tell_each(
        people=people,
        kind=Kind.ENGAGEMENT,
        key=key,
        title=title,
        body="%(answer)s",
        names={"place": request.place, "service": lazy(request.get_service_display, str)(), "answer": body},
        url=url or reverse("engagements:request", args=[request.pk]),
    )
