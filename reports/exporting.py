"""Exporting: the reports as rows, and rows as CSV or as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from reports.building_report import BuildingReport, Cell
from reports.district_report import DistrictReport

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: A spreadsheet takes a text that begins with one of these for a formula and runs it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def building_rows(report: BuildingReport) -> Iterator[list]:
    """A line for each person of the staff, three columns for each course. Completion only."""
    courses = [one.course for one in report.courses]
    head = [_("Name"), _("Email"), _("What they do"), _("Last seen")]
    for course in courses:
        head += [course.title, _("%s: due") % course.title, _("%s: finished") % course.title]
    yield head
    for member in report.staff:
        row = [member.person.sorted_name, member.person.email, member.job, _day(member.last_seen)]
        for course in courses:
            row += _cells(member.cells.get(course.key))
        yield row


def district_rows(report: DistrictReport) -> Iterator[list]:
    """A line for each building, four columns for each course."""
    head = [_("Building"), _("Staff")]
    for course in report.courses:
        head += [
            _("%s: in it") % course.title,
            _("%s: finished") % course.title,
            _("%s: percent") % course.title,
            _("%s: overdue") % course.title,
        ]
    yield head
    for row in report.rows:
        line = [str(row.name), row.staff]
        for tally in row.tallies:
            line += [tally.total, tally.done, "" if tally.percent is None else tally.percent, tally.late]
        yield line


def as_csv(rows: Iterable[list], name: str) -> HttpResponse:
    """Answer with a CSV file, which a spreadsheet opens with its accents right."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(value) for value in row] for row in rows)
    # The mark at the beginning tells Excel that this is UTF-8.
    return _download("\ufeff" + text.getvalue(), CSV, f"{name}.csv")


def as_xlsx(rows: Iterable[list], name: str) -> HttpResponse:
    """Answer with a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Completion"))
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([_harmless(value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return _download(content.getvalue(), XLSX, f"{name}.xlsx")


def _cells(cell: Cell | None) -> list:
    if cell is None:
        return ["", "", ""]
    words = {
        "complete": _("Done"),
        "under-way": _("Under way"),
        "not-started": _("Not started"),
        "overdue": _("Overdue"),
    }
    return [words[cell.state], cell.due_on or "", _day(cell.completed_at)]


def _day(moment):
    return timezone.localtime(moment).date() if moment else ""


def _harmless(value):
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def _download(content, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
