"""Teaming up: where a course or a module leads when it is done, with which service, and why just then.

What the reader's own team does already is known to the apps above; they add it (:mod:`cms.joining`).
"""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cms.models import CoursePage, ModulePage
from cms.standpoints import Standpoint


@dataclass(frozen=True)
class WayOn:
    """What a team could do after ``course_key``. ``words`` are the editor's, "" for those that always fit."""

    service: str
    service_name: str
    words: str
    language: str
    course_key: UUID
    course_title: str
    standpoint: Standpoint

    @property
    def service_url(self) -> str:
        """Where the service is told of, whichever page it is on: an address that costs no query."""
        return reverse("cms:service", args=[self.service])


def way_on_from(page: CoursePage | ModulePage, course: CoursePage, standpoint: Standpoint) -> WayOn | None:
    """Where ``page`` (``course``, or a module of it) leads; None where it leads nowhere."""
    if not page.team_service:
        return None
    return WayOn(
        service=page.team_service,
        service_name=page.get_team_service_display(),
        words=page.team_words,
        language=_language_of_words(page),
        course_key=course.translation_key,
        course_title=course.title,
        standpoint=standpoint,
    )


def _language_of_words(page) -> str:
    """The language of the page's words; the source's where its translation has none of its own."""
    spoken, source = getattr(page, "spoken", None), getattr(page, "written", page)
    if spoken is None:
        return ""
    is_the_source_s = page is source or page.team_words == source.team_words
    return spoken.source if is_the_source_s else spoken.language
