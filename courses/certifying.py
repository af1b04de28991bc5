"""Certifying: the certificate of a completed course, issued once, never edited, verified by anybody.

Everything that is printed is kept in the certificate's snapshot, as it was that day. A correction is a new
certificate that supersedes; what no longer holds is revoked. Both ask for a reason and are audited.
"""

import re
import secrets
from decimal import Decimal
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import languages
from cms.models import CoursePage
from courses import clock_hours
from courses.clock_hours import NotClaimable
from courses.models import Certificate, ClockHourEntry, Enrollment, Participation, Revocation
from notices.models import Kind
from notices.telling import tell_each
from roster import audit
from roster.models import User

PROVIDER = "Puget Sound Educational Service District"
DEPARTMENT = "Equity in Education"
#: No I, L, O and U: a code is read aloud and typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REASON_LENGTH = Revocation._meta.get_field("reason").max_length


class NotComplete(Exception):
    """Only a completed course has a certificate."""


class CourseGone(Exception):
    """The course's page was deleted before its certificate was issued: nothing says what it offered."""


class NotCurrent(Exception):
    """The certificate was superseded or revoked already."""


class NoReason(ValueError):
    """A certificate is revoked or superseded only with a reason."""


def issue(enrollment: Enrollment) -> Certificate:
    """Issue the certificate of a completed enrollment, and enter its clock hours; again gives the same one.

    Raises:
        NotComplete: the course isn't done.
        CourseGone: the course's page is no more.
    """
    with transaction.atomic():
        row = _locked(enrollment)
        issued = row.certificates.filter(supersedes=None).first()
        if issued:
            return issued
        if not row.is_complete:
            raise NotComplete(row)
        course = _course_of(row)
        entries = clock_hours.credit(enrollment=row, offers=clock_hours.offers_of(course))
        certificate, is_new = Certificate.objects.get_or_create(
            enrollment=row,
            supersedes=None,
            defaults={"code": _new_code(), "snapshot": _snapshot(row, course, entries)},
        )
        if is_new:
            audit.record(actor=None, action="issued certificate", subject=certificate)
    return certificate


def announce(certificate: Certificate) -> None:
    """Tell the person that their certificate is ready, once."""
    _tell(
        certificate,
        key="issued",
        title=gettext_lazy("Your certificate for “%(course)s” is ready"),
        body=gettext_lazy("See it, print it or send its address to whoever asks for it."),
    )


def issue_missing(*, since=None) -> int:
    """Issue and announce what a lost task didn't, for courses completed from the moment ``since`` on.

    Return how many that were.
    """
    rows = Enrollment.objects.filter(status=Enrollment.Status.COMPLETE, certificates=None)
    if since:
        rows = rows.filter(completed_at__gte=since)
    issued = 0
    for enrollment in rows.iterator(chunk_size=500):
        try:
            announce(issue(enrollment))
        except CourseGone:
            continue
        issued += 1
    return issued


def claim(*, enrollment: Enrollment, hours: dict[str, Decimal], by: User) -> None:
    """Claim fewer hours than the whole of a completed course, by category.

    Before the certificate is issued it will say so; one that is issued is superseded by one that does.
    Claiming what is claimed already changes nothing.

    Raises:
        NotComplete: the course isn't done.
        NotCurrent: the certificate was revoked.
        NotClaimable: more than is claimed now, or not in half-hour steps.
    """
    with transaction.atomic():
        row = _locked(enrollment)
        if not row.is_complete:
            raise NotComplete(row)
        certificate = current_of(row)
        if certificate is None:
            clock_hours.credit(enrollment=row, offers=clock_hours.offers_of(_course_of(row)), hours=hours)
            return
        before = hours_of(certificate)
        if any(hours.get(category, most) > most for category, most in before.items()):
            raise NotClaimable("A participant may only claim fewer hours.")
        if {**before, **hours} != before:
            with translation.override(row.person.language):
                reason = _("The participant claims fewer hours than offered.")
            supersede(certificate=certificate, by=by, reason=reason, hours=hours)


def supersede(
    *,
    certificate: Certificate,
    by: User,
    reason: str,
    name: str | None = None,
    certificate_number: str | None = None,
    hours: dict[str, Decimal] | None = None,
) -> Certificate:
    """Issue a corrected certificate in the place of ``certificate``; what isn't named stays as it was.

    A revoked one may be superseded too: that is how a mistaken revocation is mended.

    Raises:
        NoReason: no reason is given.
        NotCurrent: it is superseded already.
        NotClaimable: hours not in half-hour steps within what was offered.
    """
    reason = _reason(reason)
    with transaction.atomic():
        row = _locked(certificate.enrollment)
        if Certificate.objects.filter(supersedes=certificate).exists():
            raise NotCurrent(certificate)
        stated = {**hours_of(certificate), **(hours or {})}
        clock_hours.rewrite(row, stated, is_claim=hours is not None)
        snapshot = _corrected(certificate, row, name=name, certificate_number=certificate_number)
        return _put_in_place(certificate, row, snapshot, by=by, reason=reason)


def follow_attendance(*, enrollment: Enrollment, by: User, reason: str) -> Certificate | None:
    """Let what a completed course with a coach gave follow its attendance, which was just corrected.

    The certificate is superseded by one with the hours and days as they are now, both ways, never beyond what
    the person claims. Nothing happens where it says so already, or is revoked: whoever revoked it decides.

    Raises:
        NoReason: no reason is given.
    """
    reason = _reason(reason)
    with transaction.atomic():
        row = _locked(enrollment)
        certificate = current_of(row)
        entries = clock_hours.entries_of(row)
        if not entries or (certificate and certificate.status == "revoked"):
            return certificate
        clock_hours.follow(row, entries)
        if certificate is None:
            return None
        snapshot = _corrected(certificate, row)
        if snapshot == certificate.snapshot:
            return certificate
        return _put_in_place(certificate, row, snapshot, by=by, reason=reason)


def _put_in_place(certificate, row, snapshot, *, by, reason) -> Certificate:
    """Issue ``snapshot`` in the place of ``certificate``, audit that, and tell the person why."""
    snapshot["correction"] = {"of": certificate.code, "reason": reason}
    better = Certificate.objects.create(
        enrollment=row, code=_new_code(), supersedes=certificate, snapshot=snapshot
    )
    details = {"reason": reason, "superseded": certificate.code}
    audit.record(actor=by, action="superseded certificate", subject=better, details=details)
    _tell(
        better,
        key="superseded",
        title=gettext_lazy("Your certificate for “%(course)s” was corrected"),
        body=gettext_lazy("Why: %(reason)s The earlier one now reads “superseded” when it is verified."),
        reason=reason,
    )
    return better


def revoke(*, certificate: Certificate, by: User, reason: str) -> Revocation:
    """Declare that ``certificate`` no longer holds; its clock hours count no more. Again gives the same.

    Raises:
        NoReason: no reason is given.
        NotCurrent: it is superseded; revoke the one that took its place.
    """
    reason = _reason(reason)
    with transaction.atomic():
        row = _locked(certificate.enrollment)
        if Certificate.objects.filter(supersedes=certificate).exists():
            raise NotCurrent(certificate)
        revocation, is_new = Revocation.objects.get_or_create(
            certificate=certificate, defaults={"by": by, "reason": reason}
        )
        if is_new:
            clock_hours.rewrite(row, dict.fromkeys(hours_of(certificate), clock_hours.NONE))
            details = {"reason": reason}
            audit.record(actor=by, action="revoked certificate", subject=certificate, details=details)
            _tell(
                certificate,
                key="revoked",
                title=gettext_lazy("Your certificate for “%(course)s” was revoked"),
                body=gettext_lazy(
                    "Why: %(reason)s Its clock hours no longer count. Write to us if this is wrong."
                ),
                reason=reason,
            )
    return revocation


def verify(code: str) -> Certificate | None:
    """Find the certificate of a code, however it was typed; None when there is none."""
    rows = Certificate.objects.select_related("revocation", "superseded_by")
    return rows.filter(code=normalized(code)).first()


def current_of(enrollment: Enrollment) -> Certificate | None:
    """The enrollment's certificate that no other supersedes; it may be revoked."""
    rows = Certificate.objects.filter(enrollment=enrollment, superseded_by=None)
    return rows.select_related("revocation", "superseded_by").first()


def hours_of(certificate: Certificate) -> dict[str, Decimal]:
    """The hours that a certificate states, by category."""
    return {line["category"]: Decimal(line["hours"]) for line in certificate.snapshot["hours"]}


def normalized(code: str) -> str:
    """Return a typed code as it is stored: ``o`` is zero, ``i`` and ``l`` are one, dashes don't matter."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper()[:40]).translate(str.maketrans("OIL", "011"))
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def contact() -> str:
    """The address to which a participant writes to have a record corrected."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _locked(enrollment) -> Enrollment:
    rows = Enrollment.objects.select_related("person", "building__district", "district")
    return rows.select_for_update(of=("self",)).get(pk=enrollment.pk)


def _course_of(enrollment) -> CoursePage:
    """The course in the words in which it was taken, else in the person's; unpublished is good enough."""
    pages = languages.in_every_language([enrollment.course_key])[enrollment.course_key]
    if not pages:
        raise CourseGone(enrollment.course_key)
    words = min(
        pages,
        key=lambda page: (
            not page.live,
            page.title != enrollment.course_title,
            page.locale.language_code != enrollment.person.language,
            page.pk,
        ),
    )
    # Hours, standards and who signs are those of the source, whatever language they are told in.
    return languages.spoken_course(pages[0], words, words.locale.language_code)


def _snapshot(enrollment, course, entries) -> dict:
    district = enrollment.district or (enrollment.building and enrollment.building.district)
    return {
        "language": course.spoken.language,
        "name": enrollment.person.full_name,
        "certificate_number": enrollment.person.certificate_number,
        "course": course.title,
        "enrolled_on": _day(enrollment.enrolled_at),
        "completed_on": _day(enrollment.completed_at),
        **_attendance(clock_hours.participation_in(enrollment)),
        **_lines(entries),
        "standards": [
            {"framework": standard.framework, "code": standard.code, "title": standard.title}
            for standard in course.standards.all()
        ],
        "provider": PROVIDER,
        "department": DEPARTMENT,
        "contact": contact(),
        "approval_number": course.approval_number,
        "approved_on": course.approved_on.isoformat() if course.approved_on else "",
        "approved_until": course.approved_until.isoformat() if course.approved_until else "",
        "building": enrollment.building.name if enrollment.building else "",
        "district": district.name if district else "",
        "signatory": course.signatory,
        "signatory_title": course.signatory_title,
        "design": course.certificate_design,
    }


def _corrected(certificate, enrollment, *, name=None, certificate_number=None) -> dict:
    snapshot = {**certificate.snapshot, **_lines(clock_hours.entries_of(enrollment))}
    snapshot |= _attendance(clock_hours.participation_in(enrollment))
    if name is not None:
        snapshot["name"] = name
    if certificate_number is not None:
        snapshot["certificate_number"] = certificate_number
    return snapshot


def _attendance(participation: Participation | None) -> dict:
    """The days with a coach, from the first to the last; nothing for a course that everybody takes alone."""
    if participation is None:
        return {}
    days = [day.isoformat() for day in participation.dates]
    ends = {"enrolled_on": days[0], "completed_on": days[-1]} if days else {}
    return {**ends, "attended": {"minutes": participation.minutes, "days": days}}


def _lines(entries: list[ClockHourEntry]) -> dict:
    return {
        "hours": [
            {
                "category": entry.category,
                "name": entry.category_name,
                "hours": f"{entry.hours:.1f}",
                "offered": f"{entry.offered:.1f}",
            }
            for entry in entries
        ],
        "total_hours": f"{clock_hours.total(entry.hours for entry in entries):.1f}",
    }


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()


def _new_code() -> str:
    """Sixty random bits: nobody guesses one, and no two meet."""
    return normalized("".join(secrets.choice(ALPHABET) for _place in range(12)))


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())[:REASON_LENGTH]
    if not reason:
        raise NoReason
    return reason


def _tell(certificate, *, key, title, body, reason="") -> None:
    tell_each(
        people=[certificate.enrollment.person],
        kind=Kind.CERTIFICATE,
        key=f"certificate-{key}:{certificate.pk}",
        title=title,
        body=body,
        names={"course": certificate.snapshot["course"], "reason": reason},
        url=reverse("courses:certificate", args=[certificate.code]),
    )
