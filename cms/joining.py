"""Where higher apps join the public pages: what a person's own record adds to a course, a card, a module.

The content doesn't know of enrollments. Who does registers a function here, in its ``AppConfig.ready``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Section:
    """A section that an app above adds to a page: a template, and what it draws (as ``part``)."""

    template: str
    context: dict


_course_contexts: list[Callable] = []
_card_contexts: list[Callable] = []
_module_doors: list[Callable] = []
_people_under_way: list[Callable] = []
_service_parts: list[Callable] = []
_team_sections: list[Callable] = []


def register_course_context(function: Callable) -> None:
    """Let ``function(request, course, standpoint) -> dict`` add to a course page's context."""
    _course_contexts.append(function)


def register_card_context(function: Callable) -> None:
    """Let ``function(request, keys) -> {key: dict}`` add to the cards of the courses ``keys``."""
    _card_contexts.append(function)


def register_module_door(function: Callable) -> None:
    """Let ``function(request, course, module) -> HttpResponse | None`` answer for a module's address."""
    _module_doors.append(function)


def register_service_part(function: Callable) -> None:
    """Let ``function(request, service) -> Section | None`` add a section to a service's page."""
    _service_parts.append(function)


def register_team_section(function: Callable) -> None:
    """Let ``function(request, way) -> Section | None`` say how far the reader's team is on a ``WayOn``."""
    _team_sections.append(function)


def register_people_under_way(function: Callable) -> None:
    """Let ``function(course_key) -> {building's key or None: count}`` say who is in the midst of a course."""
    _people_under_way.append(function)


def people_under_way(course_key: UUID) -> Counter:
    """How many people are in the midst of a course, by the building where they take it (None: at none).

    Totals for PSESD only: whoever shows them hides those of fewer than ten (design, section 7).
    """
    counts = Counter()
    for function in _people_under_way:
        counts.update(function(course_key))
    return counts


def course_context(request: HttpRequest, course, standpoint) -> dict:
    """All that the higher apps add to a course page."""
    context = {}
    for function in _course_contexts:
        context.update(function(request, course, standpoint))
    return context


def service_parts(request: HttpRequest, service: str) -> list[Section]:
    """The sections that the higher apps add to a service's page, in the order in which they registered."""
    parts = (function(request, service) for function in _service_parts)
    return [part for part in parts if part is not None]


def team_section(request: HttpRequest, way) -> Section | None:
    """The first section that a higher app has for the reader of a :class:`cms.teaming_up.WayOn`."""
    sections = (function(request, way) for function in _team_sections)
    return next((section for section in sections if section is not None), None)


def card_context(request: HttpRequest, keys: Iterable[UUID]) -> dict[UUID, dict]:
    """All that the higher apps add to the cards, by course key."""
    cards = {key: {} for key in keys}
    for function in _card_contexts:
        for key, extra in function(request, list(cards)).items():
            cards[key].update(extra)
    return cards


def module_door(request: HttpRequest, course, module) -> HttpResponse | None:
    """The first answer that a higher app gives for a module's address."""
    answers = (function(request, course, module) for function in _module_doors)
    return next((answer for answer in answers if answer is not None), None)
