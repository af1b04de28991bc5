"""Curricula: what one person gets of a course, module by module, from where they stand.

Everything that a person does with a course asks here first, so that the player, completion and saves
agree on what there is to do.
"""

import dataclasses
from functools import cached_property

from django.utils import translation

from cms import shelving, tailoring
from cms.models import CoursePage
from cms.resolved import ModuleFor, ResolvedBlock, ResolvedModule
from cms.standpoints import MASTER, Standpoint, standpoint_of, standpoints_of
from cms.tailoring import Tailoring
from courses.models import Enrollment
from roster.standing import NOBODY, standing_of


class CourseAway(Exception):
    """The course isn't published at the moment; the person's record stands all the same."""


class NotAModule(Exception):
    """The course has no such module for this person."""


class Curriculum:
    """A course as it is for one standpoint."""

    def __init__(self, shelf: Tailoring, standpoint: Standpoint):
        self.course: CoursePage = shelf.course
        self.standpoint = standpoint
        self._shelf = shelf
        self._resolved: dict = {}

    @property
    def language(self) -> str:
        """The code of the language that the course is read in."""
        return self.course.locale.language_code

    @cached_property
    def modules(self) -> list[ModuleFor]:
        """The modules that the person gets, in order."""
        return self._shelf.modules_for(self.standpoint)

    @cached_property
    def asked(self) -> list[ModuleFor]:
        """The modules that must be complete before the course is.

        Where an edition has made all of them optional it is all of them: an empty list would be complete
        the moment that somebody enrolls. A course with a coach asks for attendance before all.
        """
        required = [module for module in self.modules if module.is_required]
        return required if required or self.course.is_facilitated else self.modules

    def module(self, key) -> ModuleFor:
        """The module of that key.

        Raises:
            NotAModule: this person doesn't get it.
        """
        for module in self.modules:
            if module.key == key:
                return module
        raise NotAModule(key)

    def resolve(self, key) -> ResolvedModule:
        """The blocks that the person gets of a module.

        Raises:
            NotAModule: this person doesn't get it.
        """
        if key not in self._resolved:
            self._resolved[key] = self._shelf.resolve(self.module(key).page, self.standpoint)
        return self._resolved[key]

    def prompt_named(self, anchor: str) -> tuple | None:
        """Module key and block id of the reflection prompt of that name, whoever it is shown to."""
        return self._shelf.prompt_named(anchor)

    def block(self, module_key, block_id: str, kind: str) -> ResolvedBlock | None:
        """A block of that kind, when this person gets it."""
        try:
            block = self.resolve(module_key).block(block_id)
        except NotAModule:
            return None
        return block if block and block.type == kind else None


class Curricula:
    """One course for many people: loaded once a language, and worked out once for each standpoint."""

    def __init__(self, course: CoursePage):
        self._course = course
        self._shelves: dict[str, Tailoring] = {}
        self._known: dict[tuple[Standpoint, str], Curriculum] = {}
        self._standpoints: dict[int, Standpoint] = {}

    def meet(self, people) -> None:
        """Look up where ``people`` stand before :meth:`of` is asked: two queries for all of them."""
        self._standpoints = {person.pk: MASTER for person in people}
        self._standpoints |= standpoints_of([person for person in people if person.is_active])

    def of(self, enrollment: Enrollment) -> Curriculum:
        """The curriculum of the person of ``enrollment``; two queries where they weren't met."""
        if enrollment.person_id in self._standpoints:
            standpoint = _at_first(enrollment, self._standpoints[enrollment.person_id])
        else:
            standpoint = standpoint_in(enrollment)
        # What is to do is the same in every language; the titles that a record keeps are their own.
        language = enrollment.person.language
        if (standpoint, language) not in self._known:
            self._known[standpoint, language] = Curriculum(self._shelf(language), standpoint)
        return self._known[standpoint, language]

    def _shelf(self, language: str) -> Tailoring:
        if language not in self._shelves:
            with translation.override(language):
                self._shelves[language] = tailoring.load(self._course)
        return self._shelves[language]


def curriculum_of(enrollment: Enrollment) -> Curriculum:
    """What the person of ``enrollment`` gets, in their language as far as the course is in it.

    Raises:
        CourseAway: the course is not published.
    """
    standing = standing_of(enrollment.person) if enrollment.person.is_active else NOBODY
    with translation.override(enrollment.person.language):
        shelf = shelving.shelf_for(enrollment.course_key, standing)
    if shelf.tailoring is None:
        raise CourseAway(enrollment.course_key)
    return Curriculum(shelf.tailoring, _at_first(enrollment, shelf.standpoint))


def standpoint_in(enrollment: Enrollment) -> Standpoint:
    """Where the person reads from in this course: their positions, the one it is taken at first."""
    standpoint = standpoint_of(enrollment.person) if enrollment.person.is_active else MASTER
    return _at_first(enrollment, standpoint)


def _at_first(enrollment, standpoint) -> Standpoint:
    here = (enrollment.building_id, enrollment.district_id)
    places = sorted(standpoint.places, key=lambda place: not _is_at(place, *here))
    return dataclasses.replace(standpoint, places=tuple(places))


def _is_at(place, building_id, district_id) -> bool:
    if building_id:
        return place.building_id == building_id
    return bool(district_id) and place.building_id is None and place.district_id == district_id
