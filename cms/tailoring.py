"""Tailoring: one course, written once, is right for each building. Nothing is copied.

:func:`resolve` is the one answer to "what does this person get?". The player, completion, previews,
coverage, search and exports all ask it. The rules, in full:

- A block, variant or module is shown when it names no audience, or one that the reader matches.
- A reader with several positions gets the union: they match an audience when any one position does by
  itself; a module stands for them as in the position that asks most (required, optional, left out); and
  each position's edition adds its blocks, the primary one first.
- At each place of a module, a building's edition goes before its district's, and that before the master.
- A reader with no position gets the master.
- No block comes twice: the first of an identity stays.

:class:`Tailoring` holds all that one course needs, loaded in three queries, and then answers for any number
of standpoints without the database.
"""

from dataclasses import dataclass, field, replace
from uuid import UUID

from cms import bringing_back, languages
from cms.audiences import Matcher, matching
from cms.blocks import EditionChanges
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.resolved import (
    HIDDEN,
    OPTIONAL,
    REQUIRED,
    ModuleFor,
    ResolvedBlock,
    ResolvedModule,
    WelcomeWords,
)
from cms.standpoints import MASTER, Place, Standpoint

_DEMAND = {HIDDEN: 0, OPTIONAL: 1, REQUIRED: 2}
_PASSAGE = EditionChanges().child_blocks["addition"].child_blocks["blocks"]


class Tailoring:
    """One course with all that tailors it, loaded once; pure for a standpoint from there on.

    ``editions`` may hold unpublished ones (a preview of a draft). ``keys`` maps primary keys of module pages
    to their translation keys, for editions that were written on a translation of the course.
    """

    def __init__(self, course: CoursePage, *, modules, audiences, editions, keys=None):
        self.course = course
        self.modules = list(modules)
        self.audiences = list(audiences)
        self._matcher = Matcher(self.audiences)
        self.editions = [edition for edition in editions if edition.course_key == course.translation_key]
        self._by_building = {edition.building_id: edition for edition in self.editions if edition.building_id}
        self._by_district = {edition.district_id: edition for edition in self.editions if edition.district_id}
        self.keys = {**(keys or {}), **{module.pk: module.translation_key for module in self.modules}}
        self._changes = {id(edition): self._read(edition) for edition in self.editions}

    def modules_for(self, standpoint: Standpoint) -> list[ModuleFor]:
        """The modules that the reader gets, in the order that their edition advises, else the course's."""
        found = ((module, self.standing(module, standpoint)) for module in self._in_order(standpoint))
        return [
            ModuleFor(module, standing, self._touches(module, standpoint))
            for module, standing in found
            if standing != HIDDEN
        ]

    def _in_order(self, standpoint: Standpoint) -> list[ModulePage]:
        order = next((edition.order for edition in self._of(standpoint) if edition.order), [])
        turns = {key: turn for turn, key in enumerate(order)}
        return sorted(self.modules, key=lambda module: turns.get(str(module.translation_key), len(turns)))

    def standing(self, module: ModulePage, standpoint: Standpoint) -> str:
        """``required``, ``optional`` or ``hidden``: what the reader's most demanding position asks."""
        places = standpoint.places or (None,)
        return max((self._standing_at(module, place) for place in places), key=_DEMAND.__getitem__)

    def resolve(self, module: ModulePage, standpoint: Standpoint) -> ResolvedModule:
        """What the reader gets of ``module``, block by block."""
        matched = self._matcher.matching(standpoint)
        blocks = {}
        for block in self._all_blocks(module, standpoint, matched):
            blocks.setdefault(block.id, _spoken(block, module))
        return ResolvedModule(
            module, self.standing(module, standpoint), tuple(blocks.values()), tuple(self._of(standpoint))
        )

    def at_place(self, module: ModulePage, name: str, standpoint: Standpoint) -> tuple[ResolvedBlock, ...]:
        """What the reader gets at a place of ``module``: an edition's blocks, or what the master has."""
        matched = self._matcher.matching(standpoint)
        added = tuple(self._added(module, name, standpoint, matched))
        masters = (
            child.value.get("otherwise")
            for child in module.body
            if child.block_type == "local" and child.value.get("anchor") == name
        )
        return added or tuple(_plain(next(masters, ()), "master", matched))

    def prompt_named(self, anchor: str) -> tuple | None:
        """Module key and block id of the reflection prompt of that name, the master's before an edition's.

        Whoever it is shown to: what was answered there may be brought back all the same
        (:mod:`cms.bringing_back`). Stored blocks are looked through, so that none need be built.
        """
        added = ((at[0], blocks) for edition in self.editions for at, blocks in self._added_by(edition))
        masters = ((module.translation_key, module.body.raw_data) for module in self.modules)
        for key, stored in (*masters, *added):
            for prompt in bringing_back.prompts_in(stored, ""):
                if prompt.anchor == anchor:
                    return key, prompt.block_id
        return None

    def _added_by(self, edition: Edition):
        for at, raws in self._changes[id(edition)].additions.items():
            for raw in raws:
                yield at, raw

    def words(self, standpoint: Standpoint) -> WelcomeWords | None:
        """The welcome of the reader's own building, or of its district where the building says nothing."""
        editions = [edition for edition in self._of(standpoint) if edition.welcome or edition.goal]
        if not editions:
            return None
        first = editions[0]
        said = {name: _first(editions, name) for name in ("welcome", "goal", "credit")}
        return WelcomeWords(owner=first.owner, **said)

    def likeness(self, standpoint: Standpoint, module: ModulePage | None = None) -> tuple:
        """Two readers of one likeness get the same of every module, or of the one that is given."""
        # Who has several positions may get what neither alone would, so places count one by one.
        return tuple(
            (self._matcher.matching(Standpoint((place,))), self._speaking(place, module))
            for place in standpoint.places
        )

    def _speaking(self, place: Place, module: ModulePage | None) -> tuple[int, ...]:
        key = module and module.translation_key
        heard = self._at(place)
        return tuple(id(one) for one in heard if key is None or self._changes[id(one)].touches(key))

    # --- places and editions -------------------------------------------------------------------------

    def _of(self, standpoint: Standpoint):
        """The editions that speak to the reader: each position's building, then its district; each once."""
        # By object and not by primary key: the preview of an edition not yet saved has none.
        return list(
            {id(edition): edition for place in standpoint.places for edition in self._at(place)}.values()
        )

    def _at(self, place: Place) -> list[Edition]:
        both = (self._by_building.get(place.building_id), self._by_district.get(place.district_id))
        return [edition for edition in both if edition]

    def _standing_at(self, module: ModulePage, place: Place | None) -> str:
        here = Standpoint((place,)) if place else MASTER
        for edition in self._at(place) if place else ():
            standing = self._changes[id(edition)].standings.get(module.translation_key)
            if standing:
                return standing
        if not is_shown(module.audiences, self._matcher.matching(here)):
            return HIDDEN
        return REQUIRED if module.required else OPTIONAL

    def _touches(self, module: ModulePage, standpoint: Standpoint) -> bool:
        return any(
            self._changes[id(edition)].touches(module.translation_key) for edition in self._of(standpoint)
        )

    def _read(self, edition: Edition) -> "_Changes":
        changes = _Changes()
        for raw in edition.changes.raw_data:
            key = self.keys.get(raw["value"].get("module"))
            if key is None:
                continue
            if raw["type"] == "standing":
                changes.standings[key] = raw["value"]["standing"]
            else:
                at = (key, raw["value"].get("place") or "end")
                changes.additions.setdefault(at, []).append(raw["value"].get("blocks") or [])
        return changes

    # --- blocks ---------------------------------------------------------------------------------------

    def _all_blocks(self, module, standpoint, matched):
        yield from self._added(module, "start", standpoint, matched)
        for child in module.body:
            yield from self._of_child(child, module, standpoint, matched)
        yield from self._added(module, "end", standpoint, matched)

    def _of_child(self, child, module, standpoint, matched):
        if not is_shown(child.value.get("shown_to"), matched):
            return
        if child.block_type == "variants":
            yield from _plain(_chosen(child.value, matched), "master", matched)
        elif child.block_type == "local":
            added = list(self._added(module, child.value.get("anchor"), standpoint, matched))
            yield from added or _plain(child.value.get("otherwise"), "master", matched)
        else:
            yield _resolved(child, "master")

    def _added(self, module, place_name, standpoint, matched):
        """What the editions add at a place: of each position the building's, or else the district's."""
        for place in standpoint.places:
            for edition in self._at(place):
                raws = self._changes[id(edition)].additions.get((module.translation_key, place_name))
                if raws:
                    source = "building" if edition.building_id else "district"
                    for raw in raws:
                        yield from _plain(_PASSAGE.to_python(raw), source, matched)
                    break


@dataclass
class _Changes:
    """What an edition does, by module key: read from its raw stream, so that no page is fetched."""

    standings: dict = field(default_factory=dict)
    additions: dict = field(default_factory=dict)

    def touches(self, key) -> bool:
        return key in self.standings or any(at[0] == key for at in self.additions)


def is_shown(slugs, matched: frozenset[str]) -> bool:
    """Does a thing shown to the audiences ``slugs`` reach a reader who matches ``matched``?"""
    return not slugs or not matched.isdisjoint(slugs)


def _chosen(variants, matched):
    for option in variants.get("options"):
        if is_shown(option.get("audiences"), matched):
            return option.get("blocks")
    return variants.get("otherwise")


def _plain(stream, source, matched):
    for child in stream or ():
        if is_shown(child.value.get("shown_to"), matched):
            yield _resolved(child, source)


def _resolved(child, source) -> ResolvedBlock:
    return ResolvedBlock(str(child.id), child.block_type, child.value, source, child)


def _spoken(block: ResolvedBlock, module: ModulePage) -> ResolvedBlock:
    spoken = getattr(module, "spoken", None)
    if spoken is None:
        return block
    # An edition is written once, for everybody at its place, whatever language they read (decision 0028).
    language = spoken.of_block(block.id) if block.source == "master" else spoken.source
    return replace(block, language=language)


def _first(editions, name) -> str:
    return next((getattr(edition, name) for edition in editions if getattr(edition, name)), "")


# --- asking the database -------------------------------------------------------------------------------


def load(course: CoursePage, standpoint: Standpoint | None = None, *, bodies: bool = True) -> Tailoring:
    """A course with all that tailors it, in four queries, and two more where it is in several languages.

    With a ``standpoint`` only its editions are fetched, without one all. ``bodies=False`` leaves the text
    of the modules in the database, for pages that only list them. The words are those of ``course`` where
    it is a translation, else of the language in force.
    """
    source, pages = languages.at_hand(course)
    language = languages.speaking() if course.pk == source.pk else course.locale.language_code
    modules = ModulePage.objects.child_of(source).live()
    if not bodies:
        modules = modules.defer("body")
    modules = languages.spoken_modules(source, list(modules), language, bodies=bodies)
    words, offered = languages.words_among(pages, language, also=course)
    course = languages.spoken_course(source, words, language, offered)
    editions = Edition.objects.filter(course_key=course.translation_key, live=True)
    if standpoint is not None:
        editions = editions.filter(building__in=_ids(standpoint, "building_id")) | editions.filter(
            district__in=_ids(standpoint, "district_id")
        )
    editions = list(editions.select_related("building", "district"))
    keys = _translated(editions, modules)
    return Tailoring(course, modules=modules, audiences=Audience.objects.all(), editions=editions, keys=keys)


def resolve(module: ModulePage, standpoint: Standpoint) -> ResolvedModule:
    """What the reader gets of ``module``, block by block."""
    course = module.get_parent().specific
    return load(course, standpoint).resolve(module, standpoint)


def modules_for(course: CoursePage, standpoint: Standpoint) -> list[ModuleFor]:
    """The modules of ``course`` that the reader gets, in order, without their texts."""
    return load(course, standpoint, bodies=False).modules_for(standpoint)


def edition_for(course: CoursePage, standpoint: Standpoint) -> WelcomeWords | None:
    """What the reader's building or district says of ``course``; None where neither says anything."""
    return load(course, standpoint, bodies=False).words(standpoint)


def is_open(course: CoursePage, standpoint: Standpoint) -> bool:
    """May somebody who reads from there take ``course``?"""
    if not course.audiences:
        return True
    return is_shown(course.audiences, matching(Audience.objects.all(), standpoint))


def open_courses(standpoint: Standpoint):
    """The live courses that the reader may take, as a queryset of their sources (:mod:`cms.languages`)."""
    audiences = matching(Audience.objects.all(), standpoint)
    rows = live_courses().values_list("pk", "audiences")
    return CoursePage.objects.filter(pk__in=[pk for pk, slugs in rows if is_shown(slugs, audiences)])


def live_courses():
    """Every live course once, by its source (:mod:`cms.languages`)."""
    return languages.sources().live().public().order_by("path")


def course_of(key) -> CoursePage | None:
    """The course of that key in the active language where it is there; None while it isn't published."""
    pages = languages.in_every_language([key])[UUID(str(key))]
    if not pages or not pages[0].live:
        return None
    words, offered = languages.words_among(pages, languages.speaking())
    course = languages.spoken_course(pages[0], words, languages.speaking(), offered)
    course.pages = pages
    return course


def _translated(editions, modules) -> dict:
    """Keys of the pages that editions name and that aren't ``modules``: those of another language."""
    named = {raw["value"].get("module") for edition in editions for raw in edition.changes.raw_data}
    others = named - {module.pk for module in modules} - {None}
    if not others:
        return {}
    return dict(ModulePage.objects.filter(pk__in=others).values_list("pk", "translation_key"))


def _ids(standpoint: Standpoint, name: str) -> set[int]:
    return {getattr(place, name) for place in standpoint.places} - {None}
