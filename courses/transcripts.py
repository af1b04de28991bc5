"""Transcripts: all clock hours that a person earned, by category and year, and what a renewal still asks."""

import csv
import datetime
import io
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses import certifying, clock_hours, printing
from courses.clock_hours import RenewalStanding
from courses.models import Certificate
from roster.models import User


@dataclass(frozen=True)
class Line:
    """One category of one certificate: what was claimed of it, and whether it still counts."""

    certificate: Certificate
    completed_on: datetime.date
    category: str
    category_name: str
    hours: Decimal

    @property
    def counts(self) -> bool:
        """Does it count? A revoked certificate's hours don't."""
        return self.certificate.status == "valid"


@dataclass(frozen=True)
class Transcript:
    """What a person completed, newest first, and its hours added up. Only certificates in force."""

    person: User
    lines: list[Line]
    renewal: list[RenewalStanding]

    @cached_property
    def categories(self) -> dict[str, str]:
        """Name of each category that hours were earned in, by its short name."""
        named = {line.category: line.category_name for line in self.lines if line.category}
        return dict(sorted(named.items(), key=lambda pair: pair[1]))

    @cached_property
    def years(self) -> list[tuple[int, list[Decimal], Decimal]]:
        """For each year, newest first: the hours of each category, and all together."""
        sums: dict = defaultdict(lambda: defaultdict(Decimal))
        for line in self.lines:
            if line.counts and line.category:
                sums[line.completed_on.year][line.category] += line.hours
        return [
            (year, [of[name] for name in self.categories], clock_hours.total(of.values()))
            for year, of in sorted(sums.items(), reverse=True)
        ]

    @cached_property
    def by_category(self) -> list[Decimal]:
        """All hours of each category."""
        return [clock_hours.total(year[1][at] for year in self.years) for at in range(len(self.categories))]

    @cached_property
    def total(self) -> Decimal:
        """All hours."""
        return clock_hours.total(year[2] for year in self.years)


def transcript_of(person: User) -> Transcript:
    """The transcript of ``person``, from their certificates: what is printed on them is what it says."""
    rows = Certificate.objects.filter(enrollment__person=person, superseded_by=None)
    rows = rows.select_related("revocation", "superseded_by", "enrollment")
    lines = [line for certificate in rows for line in _lines_of(certificate)]
    lines.sort(key=lambda line: (line.completed_on, line.certificate.pk), reverse=True)
    return Transcript(person, lines, clock_hours.renewal_standing(person))


def as_csv(transcript: Transcript) -> str:
    """The transcript as CSV, a line for each category of each certificate, in UTF-8 that Excel recognizes."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(
        [_("Completed"), _("Course"), _("Category"), _("Clock hours"), _("Certificate"), _("Status")]
    )
    for line in transcript.lines:
        kept = line.certificate.snapshot
        hours = line.hours if line.counts else clock_hours.NONE
        cells = [line.completed_on, kept["course"], line.category_name, hours, line.certificate.code]
        writer.writerow([safe_cell(cell) for cell in [*cells, status_label(line.certificate)]])
    return text.getvalue()


def as_pdf(transcript: Transcript) -> bytes:
    """The transcript as a PDF (PDF/UA-1), in the active language."""
    return printing.render("transcript", _words(transcript), at=timezone.now())


def safe_cell(value):
    """Return ``value`` so that no spreadsheet takes it for a formula."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def status_label(certificate: Certificate) -> str:
    """The certificate's status, as a word."""
    return {"valid": _("Valid"), "superseded": _("Superseded"), "revoked": _("Revoked")}[certificate.status]


def _lines_of(certificate) -> list[Line]:
    kept = certificate.snapshot
    completed_on = parse_date(kept["completed_on"])
    plain = {"category": "", "name": "", "hours": clock_hours.NONE}
    return [
        Line(certificate, completed_on, row["category"], row["name"], Decimal(row["hours"]))
        for row in kept["hours"] or [plain]
    ]


def _words(transcript) -> dict:
    person = transcript.person
    contact = certifying.contact()
    return {
        "language": translation.get_language(),
        "title": _("Transcript of clock hours: %s") % person.full_name,
        "provider": certifying.PROVIDER,
        "department": certifying.DEPARTMENT,
        "heading": _("Transcript of clock hours"),
        "name": person.full_name,
        "number": _("Educator certificate number %s") % person.certificate_number
        if person.certificate_number
        else "",
        "as_of": _("As of %s") % date_format(timezone.localdate(), "DATE_FORMAT"),
        "footer": _("%(name)s: clock hours recorded by %(provider)s")
        % {"name": person.full_name, "provider": certifying.PROVIDER},
        "keep": printing.keep_words(contact),
        **_renewal_words(transcript),
        **_year_words(transcript),
        **_row_words(transcript),
    }


def _renewal_words(transcript) -> dict:
    return {
        "renewal_heading": _("Toward renewal"),
        "renewal_columns": [_("What is asked"), _("Hours"), _("Earned here"), _("Still to earn")],
        "renewal": [
            [rule_label(row), f"{row.rule.hours:.1f}", f"{row.earned:.1f}", f"{row.missing:.1f}"]
            for row in transcript.renewal
        ],
        "renewal_note": renewal_note(transcript),
    }


def _year_words(transcript) -> dict:
    rows = [
        [str(year), *(f"{hours:.1f}" for hours in of), f"{together:.1f}"]
        for year, of, together in transcript.years
    ]
    if rows:
        rows.append(
            [_("Total"), *(f"{hours:.1f}" for hours in transcript.by_category), f"{transcript.total:.1f}"]
        )
    return {
        "years_heading": _("Hours by year and category"),
        "years_columns": [_("Year"), *transcript.categories.values(), _("Total")],
        "years": rows,
        "empty": _("No clock hours yet."),
    }


def _row_words(transcript) -> dict:
    return {
        "rows_heading": _("Courses"),
        "rows_columns": [_("Completed"), _("Course"), _("Category"), _("Certificate"), _("Hours")],
        "rows": [
            [
                date_format(line.completed_on, "SHORT_DATE_FORMAT"),
                line.certificate.snapshot["course"],
                line.category_name,
                line.certificate.code,
                f"{line.hours:.1f}" if line.counts else _("revoked"),
            ]
            for line in transcript.lines
        ],
    }


def rule_label(standing: RenewalStanding) -> str:
    """What a renewal rule asks for, in words."""
    return standing.rule.category.name if standing.rule.category else _("Clock hours of any kind")


def renewal_note(transcript: Transcript) -> str:
    """What the renewal figures count, and what they can't know."""
    if not transcript.renewal:
        return ""
    since = date_format(min(row.since for row in transcript.renewal), "DATE_FORMAT")
    said = _("Counted are hours earned here since %s. Hours from other providers and growth plans count too.")
    return said % since
