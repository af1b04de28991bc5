"""A district as its leaders see it, and the region as PSESD does."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.assignment_forms import word_of
from reports import exporting, teamwork
from reports.district_report import DistrictReport
from reports.region_report import RegionReport
from roster.models import District
from roster.scopes import districts_visible_to, may_lead
from roster.standing import standing_of


@require_safe
@never_cache
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a district: buildings and courses, how far the staff of each are."""
    district = _visible(request, slug)
    context = {
        "district": district,
        "report": DistrictReport(district),
        "leads": may_lead(request.user, district),
        "place_word": word_of(district),
        "works": teamwork.in_district(district, request.user),
        "ask_url": teamwork.ask_url(district, request.user),
    }
    return render(request, "reports/district.html", context)


@require_safe
@never_cache
@login_required
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the district's buildings and courses as a file."""
    district = _visible(request, slug)
    rows = exporting.district_rows(DistrictReport(district))
    answer = exporting.as_xlsx if kind == "xlsx" else exporting.as_csv
    return answer(rows, f"{district.slug}-completion")


@require_safe
@never_cache
@login_required
def region(request: HttpRequest) -> HttpResponse:
    """Show all districts: to an administrator everything, to an editor totals that name nobody."""
    standing = standing_of(request.user)
    if not (standing.is_admin or standing.is_editor):
        raise Http404
    report = RegionReport(totals_only=not standing.is_admin)
    kinds = teamwork.in_region() if standing.is_admin else []
    return render(request, "reports/region.html", {"report": report, "kinds": kinds})


def _visible(request, slug) -> District:
    return get_object_or_404(districts_visible_to(request.user), slug=slug)
