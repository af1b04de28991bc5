"""Pages of the admin beside Wagtail's own: coverage, and how far an audience reaches."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

from cms.admin.coverage import coverage_of
from cms.admin.forms import RuleForm
from cms.admin.reach import reach_of
from cms.models import CoursePage

editors_only = permission_required("cms.change_audience")


@require_POST
@editors_only
def audience_reach(request):
    """A fragment: whom the ticked boxes cover today."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    include, exclude = form.rule("include"), form.rule("exclude")
    context = {"reach": reach_of(include, exclude), "rule_given": bool(include or exclude)}
    return render(request, "cms/admin/reach.html", context)


@require_GET
@editors_only
def coverage_list(request):
    """The courses whose coverage can be looked at."""
    courses = CoursePage.objects.live().order_by("title")
    return render(request, "cms/admin/coverage_list.html", {"courses": courses})


@require_GET
@editors_only
def coverage(request, course_key):
    """One course's matrix: modules by buildings."""
    return render(request, "cms/admin/coverage.html", {"coverage": coverage_of(course_or_404(course_key))})


@require_GET
@editors_only
def coverage_csv(request, course_key):
    """The matrix as a file, one line a building and module."""
    found = coverage_of(course_or_404(course_key))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="coverage-{found.course.slug}.csv"'
    lines = csv.writer(response)
    lines.writerow([_("District"), _("Building"), _("Module"), _("Standing"), _("Added"), _("Varied")])
    for row in found.rows:
        for module, cell in zip(found.modules, row.cells, strict=True):
            place = [row.building.district.name, row.building.name]
            lines.writerow([*map(_harmless, [*place, module.title]), cell.standing, cell.added, cell.varied])
    return response


def course_or_404(key):
    """The live course of that key.

    Raises:
        Http404: there is none.
    """
    course = CoursePage.objects.live().filter(translation_key=key).order_by("pk").first()
    if course is None:
        raise Http404
    return course


def _harmless(text):
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
