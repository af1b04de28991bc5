"""The buildings that a leader sees: the list, one of them, its brief, its downloads."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.assignment_forms import word_of
from courses.scopes import may_moderate
from reports import exporting, teamwork
from reports.building_report import COURSES_ACROSS, BuildingReport
from reports.counting import Tally, by_building_among, staff_counts
from reports.forms import SearchForm, StaffForm
from roster.models import Building, Position
from roster.scopes import buildings_visible_to, districts_visible_to, may_lead
from roster.standing import standing_of

STAFF_A_PAGE = 25
BUILDINGS_A_PAGE = 30


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the places that this person sees; where there is just one, go there."""
    standing = standing_of(request.user)
    if standing.is_editor and not standing.is_admin:
        return redirect("reports:region")
    buildings = buildings_visible_to(request.user).select_related("district")
    districts = list(districts_visible_to(request.user))
    first = list(buildings[:2])
    if len(districts) == 1 and not standing.leads_buildings | standing.coaches_buildings:
        return redirect("reports:district", slug=districts[0].slug)
    if not first and not districts:
        raise Http404
    if len(first) == 1 and not districts:
        return redirect("reports:building", slug=first[0].slug)
    form = SearchForm(request.GET)
    page = Paginator(_sought(buildings, form.sought), BUILDINGS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "rows": _with_tallies(page), "districts": districts}
    return render(request, "reports/index.html", context)


@require_safe
@never_cache
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one building: how far its staff are, course by course and person by person."""
    building = _visible(request, slug)
    report = BuildingReport(building)
    courses = [one.course for one in report.courses]
    form = StaffForm(
        request.GET, roles={role for member in report.staff for role in member.roles}, courses=courses
    )
    wishes = form.wishes
    across = [course for course in courses if str(course.key) == wishes["course"]] or courses[:COURSES_ACROSS]
    listed = report.listed(sought=wishes["q"], role=wishes["role"], order=wishes["order"])
    page = Paginator(listed, STAFF_A_PAGE).get_page(request.GET.get("page"))
    for member in page:
        member.row = [(course, member.cells.get(course.key)) for course in across]
    leads = may_lead(request.user, building)
    to_nudge = report.overdue_to_nudge(request.user) if leads else {}
    context = {
        "building": building,
        "report": report,
        "form": form,
        "across": across,
        "left_out": 0 if wishes["course"] else len(courses) - len(across),
        "page_obj": page,
        "is_narrowed": any(wishes.values()),
        "leads": leads,
        "moderates": may_moderate(request.user, building),
        "place_word": word_of(building),
        "to_nudge": list(to_nudge),
        "nudge_people": len(set(to_nudge.values())),
        "works": [] if request.htmx else teamwork.at_building(building, request.user),
        "ask_url": teamwork.ask_url(building, request.user),
    }
    template = "reports/_staff.html" if request.htmx else "reports/building.html"
    return render(request, template, context)


@require_safe
@never_cache
@login_required
def brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the building on one page made for paper. Without names: a brief is passed around."""
    building = _visible(request, slug)
    return render(request, "reports/brief.html", {"building": building, "report": BuildingReport(building)})


@require_safe
@never_cache
@login_required
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the building's staff and courses as a file."""
    building = _visible(request, slug)
    rows = exporting.building_rows(BuildingReport(building))
    answer = exporting.as_xlsx if kind == "xlsx" else exporting.as_csv
    return answer(rows, f"{building.slug}-completion")


def _visible(request, slug) -> Building:
    return get_object_or_404(buildings_visible_to(request.user).select_related("district"), slug=slug)


def _sought(buildings, sought):
    for word in sought.split()[:6]:
        buildings = buildings.filter(name__icontains=word)
    return buildings.order_by("district__name", "name")


def _with_tallies(page) -> list[tuple]:
    """Each building with the number of its staff and the tally of all its courses together."""
    buildings = list(page)
    tallies = by_building_among(buildings)
    staff = staff_counts(Position.objects.current().filter(building__in=buildings))
    return [
        (building, staff.get(building.pk, 0), sum(tallies.get(building.pk, {}).values(), start=Tally()))
        for building in buildings
    ]
