"""Languages: each course once, in the words of its reader.

A course has a page for each language that it is in. The one that it was written on is its *source*; it alone
says what there is. The others are translations and give words (:mod:`cms.wording`, decision 0028). Whoever
asks for courses gets sources, *spoken* in a language: the same course, with the same identity, parts and
rules, in the words of that language as far as it has them.

Aliases, which Wagtail makes to fill the tree of a language, are no translations and are passed over.
"""

import copy
import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language, get_language_info
from wagtail.blocks import StreamValue

from cms.models import CoursePage, ModulePage
from cms.wording import worded
from roster.models import LANGUAGES as NAMED

_COURSE_WORDS = ("title", "draft_title", "summary", "for_whom", "why", "image_alt", "seo_title", "team_words")
_MODULE_WORDS = ("title", "draft_title", "summary", "image_alt", "seo_title", "team_words")


@dataclasses.dataclass(frozen=True)
class Spoken:
    """In which language a page's words are.

    ``source`` is the language that it was written in, ``wanted`` the reader's, ``offered`` all that it is in;
    ``unspoken`` are blocks still in the source's words.
    """

    language: str
    source: str
    wanted: str = ""
    offered: tuple[str, ...] = ()
    unspoken: frozenset[str] = frozenset()

    @property
    def is_missing(self) -> bool:
        """Does the reader get another language than theirs?"""
        return bool(self.wanted) and self.language != self.wanted

    @property
    def lags(self) -> bool:
        """Are some of its parts newer than its translation?"""
        return not self.is_missing and bool(self.unspoken)

    def of_block(self, block_id: str) -> str:
        """The language of a block that was written by PSESD."""
        return self.source if block_id in self.unspoken else self.language


def speaking() -> str:
    """The language in force, without its country."""
    return (get_language() or "en").split("-")[0]


def direction_of(language: str) -> str:
    """``rtl`` for a language that is written from right to left."""
    return "rtl" if language.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def name_of(language: str) -> str:
    """What the language in force calls a language; its code where it has no name for it."""
    try:
        return get_language_info(language)["name_translated"]
    except KeyError:
        return str(dict(NAMED).get(language, language))


def translations_of(page) -> list:
    """A page's published pages in all languages, the source first; none while the source isn't published."""
    pages = type(page).objects.filter(translation_key=page.translation_key, alias_of=None)
    pages = list(pages.public().select_related("locale").order_by("pk"))
    return [one for one in pages if one.live] if pages and pages[0].live else []


def sources(model=CoursePage) -> QuerySet:
    """The pages that were written, not translated: the first of each key."""
    earlier = model.objects.filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"), alias_of=None
    )
    return model.objects.filter(alias_of=None).exclude(Exists(earlier))


def is_translation(page) -> bool:
    """Was it translated from another page (or stands in for one)?"""
    earlier = type(page).objects.filter(translation_key=page.translation_key, pk__lt=page.pk)
    return page.alias_of_id is not None or earlier.filter(alias_of=None).exists()


def in_every_language(keys: Iterable) -> dict:
    """The course's pages of each key, live or not, the source first. One query."""
    pages = CoursePage.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale")
    found = defaultdict(list)
    for page in pages.order_by("pk"):
        found[page.translation_key].append(page)
    return found


def spoken_courses(courses: Iterable[CoursePage], language: str = "") -> list[CoursePage]:
    """The courses (sources), each in the language, or the one in force, where it is there. One query."""
    language, courses = language or speaking(), list(courses)
    keys = [course.translation_key for course in courses]
    pages = CoursePage.objects.live().filter(translation_key__in=keys, alias_of=None)
    pages = {
        page.translation_key: page
        for page in pages.filter(locale__language_code=language).select_related("locale").order_by("-pk")
    }
    return [spoken_course(course, pages.get(course.translation_key), language) for course in courses]


def spoken_course(source: CoursePage, page: CoursePage | None, language: str, offered=()) -> CoursePage:
    """``source`` in the words of ``page`` (None: in its own), at the address of that page."""
    if page is None or page.pk == source.pk:
        written = _language_of(source)
        source.spoken = Spoken(written, written, language, tuple(offered) or (written,))
        return source
    again = _worded(getattr(source, "written", source), page, _COURSE_WORDS, "outcomes")
    again.url_path, again.slug = page.url_path, page.slug
    again.locale_id, again.locale = page.locale_id, page.locale
    again.spoken = Spoken(language, _language_of(source), language, tuple(offered), again.spoken.unspoken)
    return again


def at_hand(course: CoursePage) -> tuple[CoursePage, list[CoursePage]]:
    """The source of a course, and all its pages; ``course`` may be any of them, or its draft.

    One query, unless the pages came with the course.
    """
    course = getattr(course, "written", course)
    pages = getattr(course, "pages", None)
    if pages is None:
        pages = in_every_language([course.translation_key])[course.translation_key]
    pages = [course if page.pk == course.pk else page for page in pages] or [course]
    pages[0].pages = course.pages = pages
    return pages[0], pages


def words_among(pages: list[CoursePage], language: str, *, also=None) -> tuple[CoursePage | None, list[str]]:
    """Of a course's published pages (``also`` counts too) the one in the language, and all languages."""
    known = [page for page in pages if page.live or (also is not None and page.pk == also.pk)]
    offered = [_language_of(page) for page in known]
    return next((page for page in known if _language_of(page) == language), None), offered


def title_of(course_key, otherwise: str) -> str:
    """The title of a course in the language in force; ``otherwise`` where it isn't in it. One query."""
    pages = CoursePage.objects.live().filter(translation_key=course_key, alias_of=None)
    found = pages.filter(locale__language_code=speaking()).order_by("pk").values_list("title", flat=True)
    return found.first() or otherwise


def titles_of(keys: Iterable) -> dict:
    """The titles of courses by key, live or not: in the language in force, else the source's. One query."""
    language, found = speaking(), {}
    pages = CoursePage.objects.filter(translation_key__in=list(keys), alias_of=None).order_by("pk")
    for key, title, written in pages.values_list("translation_key", "title", "locale__language_code"):
        if key not in found or written == language:
            found[key] = title
    return found


def spoken_modules(course: CoursePage, modules: list[ModulePage], language: str, *, bodies=True) -> list:
    """The modules of a source in the language where they are there. Two queries; none in one language only.

    ``course`` is the source, its other pages beside it in ``course.pages``.
    """
    written, offered, pages = _language_of(course), defaultdict(list), {}
    keys = [module.translation_key for module in modules]
    if any(page.pk != course.pk for page in getattr(course, "pages", ())):
        others = ModulePage.objects.live().filter(translation_key__in=keys, alias_of=None)
        others = others.exclude(pk__in=[module.pk for module in modules]).order_by("pk")
        chosen = []
        for pk, key, code in others.values_list("pk", "translation_key", "locale__language_code"):
            offered[key].append(code)
            if code == language:
                chosen.append(pk)
        if chosen:
            found = ModulePage.objects.filter(pk__in=chosen)
            pages = {page.translation_key: page for page in (found if bodies else found.defer("body"))}
    spoken = []
    for module in modules:
        page, known = pages.get(module.translation_key), (written, *offered[module.translation_key])
        if page:
            module = spoken_module(module, page, bodies=bodies)
            module.spoken = Spoken(language, written, language, known, module.spoken.unspoken)
        else:
            module.spoken = Spoken(written, written, language, known)
        spoken.append(module)
    return spoken


def spoken_module(source: ModulePage, page: ModulePage, *, bodies=True) -> ModulePage:
    """A module in the words of ``page``, which translates it."""
    again, unspoken = _worded(source, page, _MODULE_WORDS, "objectives"), frozenset()
    if bodies:
        merged, lagging = worded(source.body.stream_block, _raw(source.body), _raw(page.body))
        again.body, unspoken = _stream(source.body, merged), frozenset(lagging)
    again.spoken = Spoken("", "", unspoken=unspoken)
    return again


def _worded(source, page, fields, stream: str):
    again = copy.copy(source)
    again.written = source
    for name in fields:
        # An empty word isn't a translation: an editor who leaves a field empty gets the source's.
        setattr(again, name, getattr(page, name) or getattr(source, name))
    lines = getattr(source, stream)
    merged, unspoken = worded(lines.stream_block, _raw(lines), _raw(getattr(page, stream)))
    setattr(again, stream, _stream(lines, merged))
    again.spoken = Spoken("", "", unspoken=frozenset(unspoken))
    return again


def _raw(value: StreamValue) -> list[dict]:
    return list(value.raw_data)


def _stream(like: StreamValue, raw: list[dict]) -> StreamValue:
    return StreamValue(like.stream_block, raw, is_lazy=True)


def _language_of(page) -> str:
    return page.locale.language_code
