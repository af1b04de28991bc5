"""The pages of coverage: a course's matrix, narrowed, a page at a time, and as a file."""

import csv
import io

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from cms import languages
from cms.admin.coverage import coverage_of
from cms.admin.views import course_or_404, editors_only
from roster.models import Building, District

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CoverageForm(forms.Form):
    """Which buildings to show."""

    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[("", gettext_lazy("All levels")), *Building.Level.choices],
        required=False,
    )
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("", gettext_lazy("All buildings")),
            ("tailored", gettext_lazy("Only tailored")),
            ("plain", gettext_lazy("Only not tailored")),
        ],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = District.objects.order_by("name").values_list("slug", "name")
        self.fields["district"].choices = [("", _("All districts")), *districts]

    def narrowed(self, rows) -> list:
        """Those of ``rows`` that were asked for; all when what was asked makes no sense."""
        chosen = self.cleaned_data if self.is_valid() else {}
        district, level, show = (chosen.get(name) for name in ("district", "level", "show"))
        return [
            row
            for row in rows
            if (not district or row.building.district.slug == district)
            and (not level or row.building.level == level)
            and (not show or row.is_plain == (show == "plain"))
        ]


@require_GET
@editors_only
def index(request):
    """The courses whose coverage can be looked at."""
    courses = languages.sources().live().order_by("title")
    return render(request, "cms/admin/coverage_list.html", {"courses": courses})


@require_GET
@editors_only
def show(request, course_key):
    """One course's matrix: buildings by modules, fifty buildings a page."""
    found, form = coverage_of(course_or_404(course_key)), CoverageForm(request.GET)
    rows = form.narrowed(found.rows)
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "coverage": found,
        "form": form,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "shown": len(rows),
        "plain": len(found.plain),
        "query": query.urlencode(),
    }
    return render(request, "cms/admin/coverage.html", context)


@require_GET
@editors_only
def as_csv(request, course_key):
    """The chosen buildings as a CSV file, one line a building and module."""
    course, rows = _asked(request, course_key)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    # The mark at the beginning tells Excel that this is UTF-8.
    return _download("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"coverage-{course.slug}.csv")


@require_GET
@editors_only
def as_xlsx(request, course_key):
    """The chosen buildings as a workbook of one sheet."""
    course, rows = _asked(request, course_key)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Coverage"))
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return _download(content.getvalue(), XLSX, f"coverage-{course.slug}.xlsx")


def _asked(request, course_key):
    found = coverage_of(course_or_404(course_key))
    return found.course, _lines(found, CoverageForm(request.GET).narrowed(found.rows))


def _lines(found, rows):
    head = [_("District"), _("Building"), _("Level"), _("Module"), _("Standing"), _("Added"), _("Replaced")]
    yield [*head, _("Left out")]
    for row in rows:
        building = row.building
        for module, cell in zip(found.modules, row.cells, strict=True):
            words = [building.district.name, building.name, building.get_level_display(), module.title]
            yield [*map(_harmless, words), cell.standing, cell.added, cell.replaced, cell.hidden]


def _harmless(text):
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if str(text)[:1] in tuple("=+-@\t\r") else str(text)


def _download(content, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
