"""Editions: how a building or district comes to say a course in its own words, and stops saying it.

Drafts and what is live are Wagtail's revisions; sending a draft to PSESD is :mod:`cms.approving`'s.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction

from cms import approving, authors, fitting, tailoring
from cms.approving import State
from cms.audiences import matching
from cms.models import Audience, CoursePage, Edition
from cms.standpoints import Standpoint, places_of
from notices import telling
from notices.models import Kind
from roster import audit
from roster.models import Building, District, Position, User

LEARNERS = [role for role in Position.Role.values if role not in Position.OF_PSESD]
misfits = fitting.misfits


class Stale(Exception):
    """Raised when somebody saved a newer draft since; ``current`` is that draft."""

    def __init__(self, current: Edition):
        self.current = current
        super().__init__(f"There is a newer draft of {current}.")


class NotLive(Exception):
    """Raised when an edition that nobody sees is to be taken down."""


@dataclass(frozen=True)
class Shelved:
    """A course that a place may take, with the place's own edition of it, if any."""

    course: CoursePage
    edition: Edition | None
    state: State
    comment: str = ""


@dataclass(frozen=True)
class Words:
    """All that an author writes. ``changes`` and ``order`` are as the edition keeps them."""

    welcome: str
    goal: str
    credit: str
    due_in_days: int | None
    order: list[str]
    changes: list[dict]


# --- what there is ------------------------------------------------------------------------------------------


def shelf(place: Building | District) -> list[Shelved]:
    """The courses that the place's staff may take, each with where its own edition stands."""
    everybody = Standpoint(tuple(reader.places[0] for reader in _readers(place)))
    courses = list(tailoring.open_courses(everybody).order_by("title"))
    editions = {edition.course_key: edition for edition in _of(place)}
    reviews = approving.reviews_of(editions.values())
    return [_shelved(course, editions.get(course.translation_key), reviews) for course in courses]


def _shelved(course, edition, reviews) -> Shelved:
    review = reviews.get(edition.pk) if edition else None
    state = approving.state_of(edition, review)
    comment = review.current_task_state.comment if state == State.RETURNED else ""
    return Shelved(course, edition, state, comment)


def reader_of(course: CoursePage, place: Building | District) -> Standpoint | None:
    """From where the place's edition is read: a teacher there, or else the first role that may take it.

    None where nobody there may. A district's reader works at one of its buildings, whose edition is left out.
    """
    audiences = list(Audience.objects.all())
    for reader in _readers(place):
        if tailoring.is_shown(course.audiences, matching(audiences, reader)):
            return reader
    return None


def edition_of(course_key: UUID, place: Building | District) -> Edition:
    """The place's edition of the course, or a new one that isn't saved. One query."""
    found = _of(place).filter(course_key=course_key).first()
    return found or Edition(course_key=course_key, live=False, **_owner(place))


def draft_of(edition: Edition) -> Edition:
    """The edition as its author wrote it last, live or not. At most one query."""
    revision = edition.latest_revision if edition.has_unpublished_changes else None
    if edition.pk is None or revision is None:
        return edition
    draft = edition.with_content_json(revision.content)
    draft.building, draft.district = edition.building, edition.district
    return draft


def due_in_days(course_key: UUID, place: Building | District) -> int | None:
    """After how many days the place proposes that the course is due; a building goes before its district."""
    places = [place, place.district] if isinstance(place, Building) else [place]
    found = (_of(one).filter(course_key=course_key, live=True).first() for one in places)
    return next((edition.due_in_days for edition in found if edition and edition.due_in_days), None)


def _of(place):
    return Edition.objects.filter(**_owner(place)).select_related("building", "district")


def _owner(place) -> dict:
    return {"district" if isinstance(place, District) else "building": place}


def _readers(place) -> list[Standpoint]:
    """A reader for each role at the place, teachers first; at a district, for each of its buildings too."""
    if isinstance(place, Building):
        return [Standpoint((one,)) for one in places_of([Position(role=r, building=place) for r in LEARNERS])]
    buildings = list(place.buildings.select_related("district"))
    positions = [Position(role=role, building=building) for role in LEARNERS for building in buildings]
    positions += [Position(role=role, district=place) for role in LEARNERS]
    return [Standpoint((replace(one, building_id=None),)) for one in places_of(positions)]


# --- what is done with it -----------------------------------------------------------------------------------


def save(*, edition: Edition, words: Words, based_on: int | None, by: User) -> Edition:
    """Keep a draft of ``edition``; what is live stays as it is until PSESD approves.

    Saving what is there already makes no new draft.

    Args:
        based_on: the revision that the author saw when they began, None for the first.

    Raises:
        Stale: somebody saved another one since.
        InReview: PSESD has it; it must be taken back first.
    """
    with transaction.atomic():
        row, is_new = _row(edition)
        review = approving.review_of(row)
        if approving.state_of(row, review) == State.SENT:
            raise approving.InReview
        if (row.latest_revision_id or None) != based_on:
            raise Stale(draft_of(row))
        draft = draft_of(row)
        if not is_new and _says(draft) == words:
            return row
        for name in ("welcome", "goal", "credit", "due_in_days", "order"):
            setattr(draft, name, getattr(words, name))
        draft.changes = Edition._meta.get_field("changes").to_python(json.dumps(words.changes))
        revision = draft.save_revision(user=by, log_action=True)
        action = "began edition" if is_new else "wrote edition"
        details = {"course_key": row.course_key, "revision": revision.pk}
        audit.record(actor=by, action=action, subject=row, details=details)
        row.refresh_from_db()
    return row


def _says(draft) -> Words:
    changes = list(draft.changes.raw_data)
    return Words(draft.welcome, draft.goal, draft.credit, draft.due_in_days, draft.order, changes)


def _row(edition) -> tuple[Edition, bool]:
    """The edition's row, locked; made where there is none. Two first saves at once make one row."""
    owner = {"building": edition.building, "district": edition.district}
    row, is_new = Edition.objects.get_or_create(
        course_key=edition.course_key, **owner, defaults={"live": False, "has_unpublished_changes": True}
    )
    locked = Edition.objects.select_for_update(of=("self",)).select_related("building", "district")
    return locked.get(pk=row.pk), is_new


def take_down(*, edition: Edition, by: User) -> None:
    """Take a live edition down: its readers get the course as PSESD (or their district) wrote it.

    What is written stays as a draft, and what people wrote in answer to it stays theirs.

    Raises:
        NotLive: nobody sees it anyway.
    """
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if not row.live:
            raise NotLive
        # Leaders have no permission in Wagtail, and need none: the view asked whose edition it is.
        UnpublishAction(row, user=by).execute(skip_permission_checks=True)
        audit.record(
            actor=by, action="took down edition", subject=row, details={"course_key": row.course_key}
        )


def tell_misfits(course_key: UUID | None) -> None:
    """Tell the authors of a course's editions (None: of all) what no longer fits; the same things once."""
    editions = Edition.objects.select_related("building", "district", "latest_revision")
    editions = editions.filter(course_key=course_key) if course_key else editions
    seen = [edition if edition.live else draft_of(edition) for edition in editions]
    for edition, found in zip(seen, fitting.misfits_of(seen), strict=True):
        if found:
            _tell(edition, hashlib.sha256("|".join(sorted(one.sign for one in found)).encode()).hexdigest())


def _tell(edition, digest):
    telling.tell_each(
        people=authors.of(edition),
        kind=Kind.CONTENT,
        key=f"misfit:{edition.pk}:{digest[:24]}",
        title=_("Your edition of “%(course)s” no longer fits"),
        body="%(misfits)s",
        names={"course": lazy(authors.title, str)(edition), "misfits": lazy(_said, str)(edition)},
        url=authors.address(edition),
    )


def _said(edition) -> str:
    return "\n".join(one.words for one in misfits(edition))
