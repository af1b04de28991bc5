"""Visiting: what the public pages show to whoever comes, from their own standpoint."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms import catalog, joining, languages, tailoring
from cms.forms import CatalogForm
from cms.models import CoursePage, ModulePage, ServicePage
from cms.models.pages import SERVICES
from cms.standpoints import Standpoint, places_of, standpoint_of
from roster import devices
from roster.models import Position
from roster.scopes import buildings_led_by
from roster.standing import standing_of


def sees_all_courses(user) -> bool:
    """May ``user`` see courses that aren't meant for their own positions? PSESD's own people may."""
    standing = standing_of(user)
    return standing.is_editor or standing.is_admin


def standpoint_for(request: HttpRequest) -> Standpoint:
    """Whom the page speaks to: the reader, or in a preview whom the editor chose."""
    return getattr(request, "preview_standpoint", None) or standpoint_of(request.user)


def home_context(request: HttpRequest) -> dict:
    """Services and some courses, for the first page."""
    standpoint = standpoint_for(request)
    order = [service for service, _ in SERVICES]
    services = _in_force(ServicePage.objects.live().public().select_related("locale"))
    return {
        "services": sorted(services, key=lambda page: order.index(page.service)),
        "cards": _joined(request, catalog.find(standpoint=standpoint)[:3]),
        "standpoint": standpoint,
    }


def page_of_service(service: str) -> ServicePage | None:
    """The service's published page, in the language in force where it is there; None where there is none."""
    pages = ServicePage.objects.live().public().filter(service=service).select_related("locale")
    return next(iter(_in_force(pages)), None)


def _in_force(pages) -> list:
    """Each page once: in the language in force where it is there, else the first of its key."""
    found = {}
    for page in pages.order_by("pk"):
        key = page.translation_key
        if key not in found or page.locale.language_code == languages.speaking():
            found[key] = page
    return list(found.values())


def service_context(request: HttpRequest, service: str) -> dict:
    """The courses that belong to a service, and what the apps above add to its page."""
    standpoint = standpoint_for(request)
    wishes = catalog.Wishes(service=service)
    cards = catalog.find(standpoint=standpoint, wishes=wishes, everything=sees_all_courses(request.user))
    parts = joining.service_parts(request, service)
    return {"cards": _joined(request, cards), "standpoint": standpoint, "parts": parts}


def catalog_context(request: HttpRequest) -> dict:
    """The shelf, narrowed by what is asked for."""
    standpoint = standpoint_for(request)
    shelf = catalog.shelf_of(standpoint, everything=sees_all_courses(request.user))
    form = CatalogForm(request.GET, courses=shelf)
    cards = catalog.find(standpoint=standpoint, shelf=shelf, wishes=form.wishes)
    return {"form": form, "cards": _joined(request, cards), "standpoint": standpoint}


def kept_by_reader(request: HttpRequest, response: HttpResponse, course: CoursePage) -> HttpResponse:
    """Let who learns keep the course's page beside its modules; a visitor has nothing to come back to."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return response
    return devices.may_keep(response, kind="course", title=course.title)


def course_context(request: HttpRequest, course: CoursePage) -> dict:
    """A course as the reader gets it: modules, hours, standards, and what their building says of it."""
    standpoint = standpoint_for(request)
    tailored = tailoring.load(course, standpoint, bodies=False)
    modules = tailored.modules_for(standpoint)
    course = tailored.course
    context = {
        "page": course,
        "standpoint": standpoint,
        "modules": modules,
        "minutes": sum(module.minutes for module in modules),
        "words": tailored.words(standpoint),
        "clock_hours": list(course.clock_hours.select_related("category")),
        "standards": list(course.standards.all()),
        "topics": list(course.topics.all()),
        "service_page": page_of_service(course.service) if course.is_facilitated else None,
    }
    return {**context, **joining.course_context(request, course, standpoint)}


def visit_course(request: HttpRequest, course: CoursePage) -> None:
    """Let the reader in, or say that there is no such page: what one may not take doesn't exist.

    Raises:
        Http404: the course's audience leaves this reader out, or its source isn't published.
    """
    user, (course, _pages) = request.user, languages.at_hand(course)
    if not course.live:
        raise Http404
    may = sees_all_courses(user) or tailoring.is_open(course, standpoint_for(request))
    if not (may or _is_open_to_staff_of(user, course)):
        raise Http404


def _is_open_to_staff_of(user, course: CoursePage) -> bool:
    """May staff whom ``user`` leads take it? Who assigns a course must be able to read what it is."""
    if not standing_of(user).leads:
        return False
    buildings = buildings_led_by(user).select_related("district")
    roles = [role for role in Position.Role.values if role not in Position.OF_PSESD]
    staff = [Position(role=role, building=building) for building in buildings for role in roles]
    return tailoring.is_open(course, Standpoint(tuple(places_of(staff))))


def visit_module(request: HttpRequest, module: ModulePage) -> HttpResponse:
    """Take the reader to where they may read the module: nobody reads its text at its public address."""
    course = module.get_parent().specific
    visit_course(request, course)
    return joining.module_door(request, course, module) or redirect(course.get_url(request) or "cms:catalog")


def _joined(request: HttpRequest, cards) -> list[dict]:
    """The cards with what the person's own record says of each, as the course card's part takes them."""
    own = joining.card_context(request, [card.key for card in cards])
    return [{"card": card, **own[card.key]} for card in cards]
