"""Committing: taking on an action step, changing its day, and saying how it went."""

import datetime

from django.db import transaction
from django.utils import timezone

from courses import completing
from courses.completing import wording
from courses.curricula import Curriculum, curriculum_of
from courses.models import Commitment, Enrollment
from courses.studying import HasLeft

FURTHEST = datetime.timedelta(days=365)
LIMIT = 20_000  # characters
OWN_WORDS = 600  # characters


class NotAnAction(Exception):
    """This person's module has no such action step."""


class BadDay(Exception):
    """The day is past, or more than a year away."""


class AlreadySettled(Exception):
    """The person has said how it went; only "not yet" can be given another day."""


class TooLong(Exception):
    """What was written has more characters than it may: :data:`LIMIT`, or :data:`OWN_WORDS` for the step."""


def commit(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    due_on: datetime.date,
    own_words: str | None = None,
    curriculum: Curriculum | None = None,
) -> Commitment:
    """Take on an action step until ``due_on``, or change the day of one; twice is once.

    ``own_words`` is the step as the person puts it for themselves, "" to have it as the course says it; None
    leaves them as they are.

    Raises:
        NotAnAction: no such step, or none that this person gets.
        BadDay: past, or too far away.
        AlreadySettled: it was said how it went.
        HasLeft: the person withdrew.
        CourseAway: the course is not published.
        TooLong: more than 600 characters of own words.
    """
    if len(own_words or "") > OWN_WORDS:
        raise TooLong(len(own_words))
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        raise HasLeft(enrollment)
    _must_be_a_day(due_on)
    curriculum = curriculum or curriculum_of(enrollment)
    block = curriculum.block(module_key, block_id, "action")
    if block is None:
        raise NotAnAction(block_id)
    with transaction.atomic():
        commitment, is_new = Commitment.objects.get_or_create(
            enrollment=enrollment,
            module_key=module_key,
            block_id=block_id,
            defaults={
                "what": wording(block),
                "own_words": own_words or "",
                "module_title": curriculum.module(module_key).title,
                "due_on": due_on,
            },
        )
        if is_new:
            completing.recount(enrollment, curriculum=curriculum)
        else:
            change_day(commitment=commitment, due_on=due_on)
            if own_words is not None and commitment.own_words != own_words:
                _write(commitment, own_words=own_words)
    return commitment


def change_day(*, commitment: Commitment, due_on: datetime.date) -> Commitment:
    """Give it another day; one that was "not yet" waits again.

    Raises:
        BadDay: past, or too far away.
        AlreadySettled: it was done, or partly.
    """
    _must_be_a_day(due_on)
    if commitment.outcome not in ("", Commitment.Outcome.NOT_YET):
        raise AlreadySettled(commitment.pk)
    _write(commitment, due_on=due_on, outcome="", settled_at=None)
    return commitment


def settle(*, commitment: Commitment, outcome: str, how_it_went: str = "") -> Commitment:
    """Say how it went. Saying it again writes over what was said: it is the person's own note.

    Raises:
        ValueError: no such outcome.
        TooLong: more than 20,000 characters.
    """
    if outcome not in Commitment.Outcome.values:
        raise ValueError(outcome)
    if len(how_it_went) > LIMIT:
        raise TooLong(len(how_it_went))
    _write(commitment, outcome=outcome, how_it_went=how_it_went, settled_at=timezone.now())
    return commitment


def _must_be_a_day(due_on):
    today = timezone.localdate()
    if not today <= due_on <= today + FURTHEST:
        raise BadDay(due_on)


def _write(commitment, **fields):
    for name, value in fields.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=list(fields))
