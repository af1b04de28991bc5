"""Printing: certificates and transcripts as PDF, tagged for screen readers (PDF/UA-1), in any script we have.

The Typst sources in ``print/`` hold the look and no word; every word is data, so that nothing that a person
or an editor wrote is ever read as markup. A compiler is kept for each thread: it has read the fonts once.
"""

import datetime
import importlib.resources
import json
import logging
import re
import threading
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Certificate

logger = logging.getLogger(__name__)

_SOURCES = Path(__file__).parent / "print"
_FONT_PACKAGES = (
    "fontpkg_source_serif_4",
    "fontpkg_noto_sans",
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_khmer",
    "justmytype_intl_africa",
    "cvttf_NotoSansCJK_Regular",
)
_kept = threading.local()


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as it is printed, in the language of the course."""
    with translation.override(certificate.snapshot["language"]):
        return render("certificate", certificate_words(certificate), at=certificate.issued_at)


def render(source: str | Path, words: dict, *, at: datetime.datetime) -> bytes:
    """Print ``words`` by ``print/<source>.typ``, or by a source of another app's; the PDF is dated ``at``.

    A name in a script that none of our fonts holds can't be PDF/UA: it is printed without that promise
    rather than not at all.
    """
    how = {
        "input": str(source if isinstance(source, Path) else _SOURCES / f"{source}.typ"),
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(words)},
        "timestamp": int(at.timestamp()),
    }
    try:
        return _compiler().compile(**how, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        # What the compiler quotes may be a person's own words, which belong into no log.
        logger.warning("Printed %s without PDF/UA: %s", source, re.sub(r"`.*?`", "…", str(error)))
        return _compiler().compile(**how)


def qr_address(address: str) -> str:
    """A code that a camera reads, as a ``data:`` address for an ``<img>``, with its own white ground."""
    return segno.make(address, error="m").svg_data_uri(border=2, light="#fff", dark="#16302b")


def _qr_svg(address: str) -> str:
    return segno.make(address, error="m").svg_inline(border=2, dark="#16302b")


def verify_url(certificate: Certificate) -> str:
    """The public address that says whether the certificate holds."""
    return settings.SITE_URL + reverse("courses:certificate_check", args=[certificate.code])


def certificate_words(certificate: Certificate) -> dict:
    """All that is printed on a certificate, from its snapshot, in the active language."""
    kept = certificate.snapshot
    address = verify_url(certificate)
    has_hours = bool(kept["hours"])
    return {
        "language": translation.get_language(),
        "design": kept["design"],
        "title": _("Certificate: %(course)s, %(name)s") % kept,
        "warning": _warning(certificate),
        "provider": kept["provider"],
        "department": kept["department"],
        "heading": _("Certificate of completion and record of clock hours")
        if has_hours
        else _("Certificate of completion"),
        "name": kept["name"],
        "number": _number(kept["certificate_number"]),
        "completed": _("has completed"),
        "course": kept["course"],
        "when": _when(kept),
        "place": ", ".join(part for part in (kept["building"], kept["district"]) if part),
        "hours_heading": _("Clock hours"),
        "no_hours": _("This course carries no clock hours; this is not clock-hour documentation."),
        "category_label": _("Category"),
        "claimed_label": _("Hours claimed"),
        "hours": [{"name": row["name"], "hours": _claimed(row)} for row in kept["hours"]],
        "total_label": _("Total"),
        "total": kept["total_hours"],
        "approval": _approval(kept),
        "standards_heading": _("Standards met"),
        "standards": kept["standards"],
        "signatory": kept["signatory"],
        "signatory_title": kept["signatory_title"],
        "issued": _issued(certificate),
        "keep": keep_words(kept["contact"]) if has_hours else "",
        "verify_label": _("Verify this certificate"),
        "code": certificate.code,
        "verify_url": address,
        "verify_shown": address.partition("://")[2],
        "qr": _qr_svg(address),
        "qr_alt": _("QR code of the address where this certificate is verified"),
    }


def keep_words(contact: str) -> str:
    """How long to keep a record of clock hours and how to have it corrected (WAC 181-85-205)."""
    return _(
        "A clock hour is 60 minutes of instruction. Keep this record: you may have to show it when your "
        "certificate is renewed or audited. We keep ours for seven calendar years. If hours or attendance "
        "are recorded wrongly, write to %(contact)s with the code of the certificate."
    ) % {"contact": contact}


def day(iso: str) -> str:
    """A day of a snapshot, as the active language writes it."""
    return date_format(parse_date(iso), "DATE_FORMAT") if iso else ""


def _compiler() -> typst.Compiler:
    if not hasattr(_kept, "compiler"):
        _kept.compiler = typst.Compiler(
            str(_SOURCES / "certificate.typ"),
            root=str(settings.BASE_DIR),  # a source of another app's reads the look from here
            font_paths=[str(importlib.resources.files(name)) for name in _FONT_PACKAGES],
            ignore_system_fonts=True,
        )
    return _kept.compiler


def _when(kept: dict) -> str:
    """Its first and last day; of a course with a coach, every day on which the person was there."""
    days = kept.get("attended", {}).get("days")
    if days:
        shown = " · ".join(date_format(parse_date(iso), "SHORT_DATE_OF_YEAR_FORMAT") for iso in days)
        return _("In meetings with a coach. Attended: %(days)s") % {"days": shown}
    ends = {"begun": day(kept["enrolled_on"]), "completed": day(kept["completed_on"])}
    return _("Begun %(begun)s, completed %(completed)s") % ends


def _number(number: str) -> str:
    return _("Educator certificate number %s") % number if number else ""


def _claimed(row: dict) -> str:
    if row["hours"] == row["offered"]:
        return row["hours"]
    return _("%(hours)s of %(offered)s") % row


def _approval(kept: dict) -> str:
    if not kept["approval_number"]:
        return ""
    words = {
        "number": kept["approval_number"],
        "since": day(kept["approved_on"]),
        "until": day(kept["approved_until"]),
    }
    if words["since"] and words["until"]:
        return _("Approval %(number)s, from %(since)s to %(until)s") % words
    if words["since"]:
        return _("Approval %(number)s, from %(since)s") % words
    return _("Approval %(number)s") % words


def _issued(certificate: Certificate) -> str:
    said = _("Issued %s.") % date_format(timezone.localdate(certificate.issued_at), "DATE_FORMAT")
    correction = certificate.snapshot.get("correction")
    if correction:
        said += " " + _("It takes the place of %s.") % correction["of"]
    return said


def _warning(certificate: Certificate) -> str:
    match certificate.status:
        case "revoked":
            return _("Revoked: this certificate no longer holds.")
        case "superseded":
            return _("Superseded: %s took its place.") % certificate.superseded_by.code
        case _:
            return ""
