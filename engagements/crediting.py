"""Crediting: what a team's attendance comes to in clock hours, and giving them.

A meeting counts when it was held on a day for which the course was approved (WAC 181-85: the approval comes
before the offering). Its minutes are added up for each person, and given once a PSESD administrator says so;
said again after more meetings or a correction, what was given follows.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import tailoring
from cms.models import CoursePage
from courses import clock_hours, completing, evaluating, participating
from courses.clock_hours import Offer
from courses.models import Certificate, Enrollment
from courses.participating import Attended, Day
from engagements import registering
from engagements.models import Attendance, Engagement, Meeting, Member, Offering, Registration
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import User


class CourseAway(Exception):
    """The course isn't published at the moment: nothing says what it offers."""


@dataclass(frozen=True)
class Counted:
    """A meeting, and ``why_not`` it counts: ``to-come``, ``early``, ``late``, ``unnoted``, or "" if so."""

    meeting: Meeting
    why_not: str


@dataclass
class Line:
    """What one of the team attended of the meetings that count, and how it stands with their hours.

    ``offered`` is what the course offers; empty where the meetings count for none.
    """

    member: Member
    offered: list[Offer]
    asks_for_evaluation: bool = False
    meetings: int = 0
    days: list[Day] = field(default_factory=list)
    enrollment: Enrollment | None = None
    #: Their last enrollment in the course where it isn't of this team: it may stand in the way.
    other: Enrollment | None = None

    @property
    def minutes(self) -> int:
        """All minutes that count."""
        return sum(day.minutes for day in self.days)

    @property
    def by_category(self) -> list[Offer]:
        """The hours that they come to, by category."""
        return clock_hours.attended_of(self.offered, self.minutes)

    @property
    def hours(self) -> Decimal:
        """The hours that they come to in all: whole half hours, never rounded up."""
        if not self.offered:
            return self.minutes // clock_hours.STEP_MINUTES * clock_hours.STEP
        return clock_hours.total(of.hours for of in self.by_category)

    @property
    def given(self) -> Decimal | None:
        """The hours that were given; None before that. A certificate may state fewer: what they claim."""
        vouched = self.vouched
        if vouched is None:
            return None
        return clock_hours.total(of.hours for of in clock_hours.attended_of(self.offered, vouched.minutes))

    @property
    def vouched(self):
        """The attendance that somebody vouched for (``courses.models.Participation``), or None."""
        return getattr(self.enrollment, "participation", None)

    @cached_property
    def certificate(self) -> Certificate | None:
        """The certificate in force, or revoked."""
        return next(iter(self.enrollment.in_force), None) if self.enrollment else None

    @property
    def is_due(self) -> bool:
        """Is there something to give, or to correct?"""
        return self.state in ("to-give", "to-correct")

    @property
    def state(self) -> str:
        """In one word: what is missing, or what comes next.

        ``no-account``, ``left``, ``elsewhere``, ``nothing``, ``to-give``, ``to-correct``, ``revoked``,
        ``evaluation``, ``modules``, ``done``.
        """
        if self._in_the_way:
            return self._in_the_way
        if self.vouched is None:
            return "to-give" if self.minutes >= clock_hours.STEP_MINUTES else "nothing"
        if self.certificate and self.certificate.status == "revoked":
            return "revoked"
        if self.vouched.days != participating.by_date(self.days):
            return "to-correct"
        if self.enrollment.is_complete:
            return "done"
        sends = self.asks_for_evaluation and not hasattr(self.enrollment, "evaluation")
        return "evaluation" if sends and self.enrollment.progress == completing.NEARLY_ALL else "modules"

    @property
    def _in_the_way(self) -> str:
        if self.member.person_id is None:
            return "no-account"
        row = self.enrollment or self.other
        if row and row.status == Enrollment.Status.WITHDRAWN and registering.left_by_themselves(row):
            return "left"
        is_elsewhere = self.enrollment is None and self.other is not None and self.other.is_open
        return "elsewhere" if is_elsewhere and hasattr(self.other, "registration") else ""


@dataclass
class Account:
    """All meetings of an engagement and all of its team, and what they come to.

    ``course`` is None where the meetings count for none, or it isn't published at the moment.
    """

    engagement: Engagement
    offering: Offering | None
    course: CoursePage | None
    offered: list[Offer]
    meetings: list[Counted]
    lines: list[Line]

    @property
    def offered_hours(self) -> Decimal:
        """All hours that the course offers."""
        return clock_hours.total(offer.hours for offer in self.offered)

    @property
    def due(self) -> list[Line]:
        """Those to whom something is to be given, or corrected."""
        return [line for line in self.lines if line.is_due] if self.course else []


def account_of(engagement: Engagement, *, person: User | None = None) -> Account:
    """What the attendance of all of the team comes to, or of ``person`` alone. A handful of queries."""
    offering = getattr(engagement, "offering", None)
    course = tailoring.course_of(offering.course_key) if offering else None
    offered = clock_hours.offers_of(course) if course else []
    noted = _noted(engagement, person)
    meetings = [
        Counted(meeting, _why_not(meeting, course, has_notes=meeting.noted))
        for meeting in engagement.meetings.filter(called_off_at=None)
        .annotate(noted=_has_notes())
        .order_by("starts_at", "pk")
    ]
    counting = {one.meeting.pk for one in meetings if not one.why_not}
    lines = _lines(engagement, person, noted)
    for line in lines.values():
        line.offered = offered
        line.asks_for_evaluation = bool(course) and course.asks_for_evaluation
    for row in noted:
        if row.meeting_id in counting and row.was_there:
            line = lines[_who(row.member)]
            line.meetings += 1
            line.days.append(Day(timezone.localdate(row.meeting.starts_at), row.minutes_there))
    if offering:
        _bring_enrollments(offering, lines)
    ordered = sorted(lines.values(), key=lambda line: (line.member.called, line.member.pk))
    return Account(engagement, offering, course, offered, meetings, ordered)


def give(*, engagement: Engagement, by: User) -> tuple[int, int]:
    """Give the hours that are due, and correct those that were given; return how many people each was.

    Doing it twice does nothing more. Whoever joined since is registered first.

    Raises:
        registering.Confidential: the work is.
        CourseAway: it counts for no course, or for one that isn't published.
    """
    if engagement.is_confidential:
        raise registering.Confidential(engagement)
    with transaction.atomic():
        row = Engagement.objects.select_for_update().get(pk=engagement.pk)
        account = account_of(row)
        if account.course is None:
            raise CourseAway(engagement)
        attended = [line.member.person for line in account.lines if line.member.person_id and line.minutes]
        people = {person.pk: person for person in [*registering.learners_of(row), *attended]}
        registering.register(offering=account.offering, course=account.course, people=people.values(), by=by)
        new = corrected = 0
        for line in account_of(row).due:
            if line.enrollment is None:
                continue
            new, corrected = new + (line.vouched is None), corrected + (line.vouched is not None)
            _give_one(line, by)
        if new or corrected:
            details = {"given": new, "corrected": corrected}
            audit.record(actor=by, action="gave clock hours", subject=engagement, details=details)
    return new, corrected


def own_line(engagement: Engagement, person: User) -> tuple[Account, Line] | None:
    """How it stands with the person's own hours; None where the meetings don't count, or not for them."""
    if engagement.is_confidential or getattr(engagement, "offering", None) is None:
        return None
    account = account_of(engagement, person=person)
    return (account, account.lines[0]) if account.course and account.lines else None


def attended_in(enrollments: Iterable[Enrollment], courses: Mapping[UUID, CoursePage]) -> dict[int, Attended]:
    """What was attended, up to now, of those enrollments that a team's meetings count for. One query."""
    found: dict[int, Attended] = {}
    minutes: dict[int, int] = defaultdict(int)
    rows = list(_registered_with_meetings(enrollments))
    for row in rows:
        course = courses.get(row["offering__course_key"])
        if course and _is_own_and_counts(row, course):
            minutes[row["enrollment"]] += row["minutes"]
    for row in rows:
        if course := courses.get(row["offering__course_key"]):
            whole = [Offer("", "", course.hours)]
            hours = clock_hours.attended_of(whole, minutes[row["enrollment"]])[0].hours
            address = reverse("engagements:show", args=[row["offering__engagement"]])
            found[row["enrollment"]] = Attended(hours, title=row["offering__engagement__title"], url=address)
    return found


def _registered_with_meetings(enrollments: Iterable[Enrollment]):
    """Each registration beside each attendance that anybody of its team has; once where there is none."""
    meeting = "offering__engagement__meetings"
    rows = Registration.objects.filter(
        enrollment__in=enrollments, offering__engagement__is_confidential=False
    ).order_by("pk")
    return rows.values(
        "enrollment",
        "person",
        "offering__course_key",
        "offering__engagement",
        "offering__engagement__title",
        starts_at=F(f"{meeting}__starts_at"),
        held_at=F(f"{meeting}__held_at"),
        minutes=F(f"{meeting}__attendance__minutes_there"),
        attended_by=F(f"{meeting}__attendance__member__person"),
        role=F(f"{meeting}__attendance__member__role"),
    )


def _is_own_and_counts(row: dict, course: CoursePage) -> bool:
    """Is it an attendance of the registered person's own, at a meeting that counts?"""
    is_own = row["attended_by"] == row["person"] and row["role"] in registering.LEARNS
    was_held = row["held_at"] is not None
    return is_own and was_held and _is_approved(course, timezone.localdate(row["starts_at"]))


def _give_one(line: Line, by: User) -> None:
    before = line.vouched
    person = line.member.person
    with translation.override(person.language):
        reason = _reason(before, line.days)
    try:
        participation = participating.vouch(enrollment=line.enrollment, days=line.days, by=by, reason=reason)
    except (participating.HasLeft, participating.NothingAttended):
        return
    line.enrollment.refresh_from_db()
    # Whose course is complete is told of the certificate, issued or superseded.
    if not line.enrollment.is_complete:
        _tell(line, participation)


def _reason(before, days: list[Day]) -> str:
    kept = before.days if before else []
    now = participating.by_date(days)
    if all(day in now for day in kept):
        return _("More meetings of your team count now.")
    return _("What was noted of your attendance was corrected.")


def _tell(line: Line, participation) -> None:
    enrollment = line.enrollment
    offered = clock_hours.total(offer.hours for offer in line.offered)
    waits = evaluating.is_due(enrollment)
    body = gettext_lazy("Send the evaluation of “%(course)s”: it completes your certificate.")
    if not waits:
        body = gettext_lazy(
            "Finish the modules of “%(course)s” that are still open: then comes the evaluation."
        )
    tell_each(
        people=[line.member.person],
        kind=Kind.ENGAGEMENT,
        key=f"hours:{enrollment.pk}:{participation.at:%Y%m%d%H%M%S%f}",
        title=gettext_lazy("Your hours with your coach: %(hours)s of %(offered)s"),
        body=body,
        url=reverse("courses:evaluation" if waits else "courses:course", args=[enrollment.pk]),
        names={
            "hours": _said(line.hours),
            "offered": _said(offered),
            "course": enrollment.course_title,
        },
    )


_said = lazy(lambda hours: number_format(hours, 1), str)


def _why_not(meeting: Meeting, course: CoursePage | None, *, has_notes: bool) -> str:
    if meeting.held_at is None:
        return "to-come"
    day = timezone.localdate(meeting.starts_at)
    if course and not _is_approved(course, day):
        return "early" if course.approved_on is None or day < course.approved_on else "late"
    return "" if has_notes else "unnoted"


def _is_approved(course: CoursePage, day: datetime.date) -> bool:
    since, until = course.approved_on, course.approved_until
    return since is not None and since <= day and (until is None or day <= until)


def _has_notes():
    return Exists(Attendance.objects.filter(meeting=OuterRef("pk")))


def _noted(engagement, person) -> list[Attendance]:
    rows = Attendance.objects.filter(meeting__engagement=engagement, member__role__in=registering.LEARNS)
    if person:
        rows = rows.filter(member__person=person)
    return list(rows.select_related("member__person", "meeting").order_by("meeting__starts_at", "pk"))


def _who(member: Member):
    """Who comes back gets a new row and is the same person; without an account each row is somebody."""
    return ("person", member.person_id) if member.person_id else ("member", member.pk)


def _lines(engagement, person, noted) -> dict:
    members = engagement.members.present().filter(role__in=registering.LEARNS).select_related("person")
    if person:
        members = members.filter(person=person)
    lines = {_who(member): Line(member, []) for member in members}
    for row in noted:
        if row.was_there:
            lines.setdefault(_who(row.member), Line(row.member, []))
    return lines


def _bring_enrollments(offering: Offering, lines: dict) -> None:
    current = Certificate.objects.filter(superseded_by=None).select_related("revocation")
    people = [who[1] for who in lines if who[0] == "person"]
    rows = (
        Enrollment.objects.filter(course_key=offering.course_key, person__in=people)
        .select_related("registration", "withdrawal", "participation", "evaluation")
        .prefetch_related(Prefetch("certificates", queryset=current, to_attr="in_force"))
        .order_by("cycle")
    )
    for row in rows:
        line = lines["person", row.person_id]
        registration = getattr(row, "registration", None)
        if registration and registration.offering_id == offering.pk:
            line.enrollment = row
        else:
            line.other = row
