"""Viewing: where a person is in a film or recording, and what counts as having watched it.

A player says now and then which stretches it has played. They are believed as far as the clock allows it:
whoever plays at double speed gets two seconds for one, and nobody gets an hour by saying so. Jumping to the
end is no watching, and playing one minute twice is one minute. Who can't or won't watch reads the transcript
and says so; it counts the same.
"""

from django.db import transaction
from django.utils import timezone

from cms import captions
from cms.resolved import ResolvedBlock
from courses import completing
from courses.curricula import Curriculum, curriculum_of
from courses.models import Enrollment, MediaPosition
from courses.models.media import GRACE
from courses.studying import HasLeft

KINDS = ("video", "audio")
#: The fastest that the players of the page offer.
FASTEST = 2
#: So much of it must have played: credits at the end needn't.
ENOUGH = 0.9
#: Longer than a working day is a mistake, and so are more stretches than anybody jumps.
LONGEST = 8 * 60 * 60
MOST_STRETCHES = 200

Stretch = tuple[int, int]


class NotPlayed(Exception):
    """This person's module has no such film or recording, or none that plays here."""


def report(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    seconds: int,
    length: int,
    played: list[Stretch],
    curriculum: Curriculum | None = None,
) -> MediaPosition:
    """Keep that the player stands at ``seconds`` and has ``played`` these stretches since it last said so.

    The first report is that it begins: the clock runs from there on.

    Raises:
        NotPlayed: no such film or recording for this person.
        HasLeft: the person withdrew.
        CourseAway: the course is not published.
    """
    curriculum, block = _played_block(enrollment, module_key, block_id, curriculum)
    now = timezone.now()
    with transaction.atomic():
        position, _is_new = MediaPosition.objects.select_for_update().get_or_create(
            enrollment=enrollment, module_key=module_key, block_id=block_id
        )
        position.length = min(LONGEST, max(position.length, length, length_of(block)))
        position.seconds = min(max(0, seconds), position.length)
        _credit(position, played, now)
        is_watched = position.length and position.played_seconds >= ENOUGH * position.length
        was_done = position.done_at is not None
        position.done_at = position.done_at or (now if is_watched else None)
        position.reported_at = now
        position.save()
        if position.done_at and not was_done:
            completing.recount(enrollment, curriculum=curriculum)
    return position


def mark_read(
    *, enrollment: Enrollment, module_key, block_id: str, curriculum: Curriculum | None = None
) -> None:
    """Note that the person has read the transcript to its end.

    Raises:
        NotPlayed, HasLeft, CourseAway: as in :func:`report`.
    """
    curriculum, _block = _played_block(enrollment, module_key, block_id, curriculum)
    now = timezone.now()
    with transaction.atomic():
        position, _is_new = MediaPosition.objects.select_for_update().get_or_create(
            enrollment=enrollment, module_key=module_key, block_id=block_id
        )
        position.read_at = position.read_at or now
        position.done_at = position.done_at or now
        position.save(update_fields=["read_at", "done_at"])
        completing.recount(enrollment, curriculum=curriculum)


def length_of(block: ResolvedBlock) -> int:
    """How many seconds it has at least, by captions or stated minutes: no page can make it shorter."""
    cues = captions.cues_of(block.value.get("captions"))
    if cues:
        return int(max(cue.ends for cue in cues))
    # Stated minutes are rounded: up to half of the last one isn't there.
    return max(0, (block.value.get("minutes") or 0) * 60 - 30)


def merged(stretches: list[Stretch]) -> list[Stretch]:
    """The same seconds in as few stretches as can be, in order; what has no length falls away."""
    whole: list[Stretch] = []
    for begin, end in sorted(stretches):
        if end <= begin:
            continue
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((begin, end))
    return whole


def allowed(stretches: list[Stretch], seconds: float) -> list[Stretch]:
    """So much of ``stretches``, from the first on, as ``seconds`` of playing can have been."""
    believed, left = [], int(seconds)
    for begin, end in stretches:
        if left <= 0:
            break
        believed.append((begin, min(end, begin + left)))
        left -= end - begin
    return merged(believed)


def total(stretches: list[Stretch]) -> int:
    """The seconds of stretches that don't overlap."""
    return sum(end - begin for begin, end in stretches)


def _credit(position: MediaPosition, played: list[Stretch], now) -> None:
    """Add what was played, as far as the time since the last report allows it."""
    clock = max(0.0, (now - position.reported_at).total_seconds())
    allowance = position.allowance + clock * FASTEST
    within = [(max(0, begin), min(end, position.length)) for begin, end in played[:MOST_STRETCHES]]
    believed = allowed(merged(within), allowance)
    # What the clock allowed and nobody played is gone: waiting is no watching.
    position.allowance = min(GRACE, allowance - total(believed))
    before = [tuple(stretch) for stretch in position.played]
    position.played = merged([*before, *believed])[:MOST_STRETCHES]
    position.played_seconds = total(position.played)


def _played_block(enrollment, module_key, block_id, curriculum) -> tuple[Curriculum, ResolvedBlock]:
    if enrollment.status == Enrollment.Status.WITHDRAWN:
        raise HasLeft(enrollment)
    curriculum = curriculum or curriculum_of(enrollment)
    found = (curriculum.block(module_key, block_id, kind) for kind in KINDS)
    block = next((block for block in found if block and block.value.get("file")), None)
    if block is None:
        raise NotPlayed(block_id)
    return curriculum, block
