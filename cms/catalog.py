"""The catalog: finding a course."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cms import languages, tailoring
from cms.models import CoursePage, Edition, ModulePage
from cms.standpoints import Standpoint

#: A course counts as short, an evening or a longer stretch by the minutes of its modules.
LENGTHS = {"short": (0, 90), "medium": (91, 180), "long": (181, 10_000)}


@dataclass(frozen=True)
class CourseCard:
    """A course on the shelf. ``minutes`` are those of its modules as written; ``hours`` are clock hours.

    ``tailored_by`` names the reader's building or district where it has an edition of the course.
    """

    page: CoursePage
    hours: Decimal
    minutes: int
    modules: int
    tailored_by: str = ""

    @property
    def key(self) -> UUID:
        """The identity that records hang on."""
        return self.page.translation_key


@dataclass(frozen=True)
class Wishes:
    """What somebody looks for; an empty wish doesn't narrow.

    ``topic`` and ``service`` are short names, ``standard`` is a code, ``hours`` a category of clock hours,
    ``length`` one of :data:`LENGTHS`, ``language`` a code in which the course must be there.
    """

    query: str = ""
    topic: str = ""
    standard: str = ""
    service: str = ""
    length: str = ""
    hours: str = ""
    language: str = ""


def shelf_of(standpoint: Standpoint, *, everything: bool = False):
    """All courses that the reader may take, or with ``everything`` all that there are, as a queryset."""
    return tailoring.live_courses() if everything else tailoring.open_courses(standpoint)


def find(
    *, standpoint: Standpoint, wishes: Wishes | None = None, everything: bool = False, shelf=None
) -> list[CourseCard]:
    """The courses that the reader may take and that fit all that is wished for, the best match first.

    ``everything`` is for editors: courses for anybody. ``shelf`` is :func:`shelf_of`, where it is known.
    """
    wishes = wishes or Wishes()
    courses = shelf_of(standpoint, everything=everything) if shelf is None else shelf
    lookups = {
        "tagged_topics__tag__slug": wishes.topic,
        "standards__code": wishes.standard,
        "service": wishes.service,
        "clock_hours__category__slug": wishes.hours,
    }
    courses = courses.filter(**{lookup: value for lookup, value in lookups.items() if value})
    if wishes.language:
        courses = courses.filter(translation_key__in=_written_in(wishes.language))
    cards = _cards(_searched(courses.distinct(), wishes.query), standpoint)
    shortest, longest = LENGTHS.get(wishes.length, (0, 10_000))
    return [card for card in cards if shortest <= card.minutes <= longest]


def _written_in(language: str):
    pages = CoursePage.objects.live().filter(locale__language_code=language, alias_of=None)
    return pages.values("translation_key")


def _searched(courses, query: str) -> list[CoursePage]:
    courses = courses.select_related("image", "locale")
    courses = courses.prefetch_related("clock_hours__category", "image__renditions")
    if not query.strip():
        return list(courses.order_by("path"))
    # The search backend takes no joined querysets: it ranks among the ones that are left, in their own words
    # and in those of the reader's language.
    keys, own = [page.translation_key for page in courses], [page.pk for page in courses]
    spoken = CoursePage.objects.live().filter(
        translation_key__in=keys, alias_of=None, locale__language_code=languages.speaking()
    )
    ranked = CoursePage.objects.filter(pk__in=[*own, *spoken.values_list("pk", flat=True)])
    found = [page.translation_key for page in ranked.search(query.strip()[:200], operator="or")]
    courses = [page for page in courses if page.translation_key in found]
    return sorted(courses, key=lambda page: found.index(page.translation_key))


def _cards(courses: list[CoursePage], standpoint: Standpoint) -> list[CourseCard]:
    lengths = _lengths(courses)
    tailored = _tailored(standpoint)
    return [
        CourseCard(
            page=spoken,
            hours=course.hours,
            minutes=sum(lengths[course.path]),
            modules=len(lengths[course.path]),
            tailored_by=tailored.get(course.translation_key, ""),
        )
        for course, spoken in zip(courses, languages.spoken_courses(courses), strict=True)
    ]


def _lengths(courses) -> dict[str, list[int]]:
    """The minutes of each course's modules, by the course's path. One query."""
    paths = {course.path for course in courses}
    found = defaultdict(list)
    for path, minutes in ModulePage.objects.live().values_list("path", "minutes"):
        parent = path[: -ModulePage.steplen]
        if parent in paths:
            found[parent].append(minutes)
    return found


def _tailored(standpoint: Standpoint) -> dict[UUID, str]:
    """Who of the reader's building and district has an edition of which course. One query, or none."""
    buildings = {place.building_id: place.building_name for place in standpoint.places if place.building_id}
    districts = {place.district_id: place.district_name for place in standpoint.places if place.district_id}
    if not districts:
        return {}
    editions = Edition.objects.filter(live=True)
    editions = editions.filter(building__in=buildings) | editions.filter(district__in=districts)
    found = {}
    for key, building, district in editions.values_list("course_key", "building", "district"):
        if building or key not in found:
            found[key] = buildings[building] if building else districts[district]
    return found
