"""Reflecting: a person's own words, saved as they are typed and never lost to an older tab."""

import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from courses import completing
from courses.completing import is_answered, wording
from courses.counting import count_words
from courses.curricula import CourseAway, curriculum_of
from courses.models import Enrollment, Reflection, ReflectionVersion

LIMIT = 20_000  # characters
KEEP_EVERY = datetime.timedelta(minutes=10)
#: Who may read, from the fewest to the most. A prompt offers all up to its own.
WIDTHS = [Reflection.Sharing.PRIVATE, Reflection.Sharing.COACH, Reflection.Sharing.BUILDING]


class Stale(Exception):
    """The save was based on an older version. ``current`` is what is stored; the refused text is kept too."""

    def __init__(self, current: Reflection):
        super().__init__(current)
        self.current = current


class NotAPrompt(Exception):
    """This person's module has no such prompt, and they never answered it."""


class TooLong(Exception):
    """The text has more than :data:`LIMIT` characters."""


class NotOnTheScale(Exception):
    """The prompt's scale has no such step."""


class NotOffered(Exception):
    """The prompt doesn't offer to share that widely."""


class Written(NamedTuple):
    """What a save carries, as one: the words, and on a scale the mark."""

    text: str
    mark: str

    @classmethod
    def of(cls, kept: Reflection | ReflectionVersion) -> "Written":
        """What a row holds."""
        return cls(kept.text, kept.mark)

    def __bool__(self) -> bool:
        return bool(self.text or self.mark)

    @property
    def fields(self) -> dict:
        """The columns of a reflection that hold it."""
        return {
            "text": self.text,
            "words": count_words(self.text),
            "mark": self.mark,
            "is_marked": bool(self.mark),
        }


def save(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    text: str,
    based_on: int,
    mark: str | None = None,
    keep_earlier: bool = False,
) -> Reflection:
    """Save ``text``, written on top of version ``based_on`` (0: nothing was there).

    ``mark`` is the step of the prompt's scale that was chosen: a numeral, "" for none; None leaves the one
    that is stored, as a form does in which nothing is ticked. It is part of what is saved: the same versions
    and the same refusals hold for it.

    One conditional ``UPDATE``: whoever saves on top of an older version changes nothing. The earlier text
    is kept as a version once in ten minutes, or when ``keep_earlier`` asks for it (two versions met, and the
    writer chose). A text that is stored already is not stored again.

    Raises:
        Stale: another tab saved in between; ``text`` is set aside as a version.
        NotAPrompt: no such prompt.
        NotOnTheScale: the prompt's scale has no step ``mark``.
        TooLong: more than 20,000 characters.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LIMIT:
        raise TooLong(len(text))
    block, curriculum = _prompt(enrollment, module_key, block_id)
    stored = _stored(enrollment, module_key, block_id)
    if stored is None and block is None:
        raise NotAPrompt(block_id)
    before = _is_enough(block, stored)
    written = Written(text, _mark(mark, block, stored))
    if stored is None:
        stored = _first(enrollment, module_key, block_id, written, block, curriculum)
    elif Written.of(stored) != written:
        _replace(stored, written, based_on, block, keep_earlier=keep_earlier)
    if before != _is_enough(block, stored):
        completing.recount(enrollment, curriculum=curriculum)
    return stored


def share(*, reflection: Reflection, sharing: str) -> Reflection:
    """Let others read it, or none: only up to what the prompt offers; drawing back always works.

    Raises:
        NotOffered: the prompt doesn't offer that.
    """
    if sharing not in offered(reflection):
        raise NotOffered(sharing)
    Reflection.objects.filter(pk=reflection.pk).update(sharing=sharing)
    reflection.sharing = sharing
    return reflection


def offered(reflection: Reflection) -> list[str]:
    """The ways in which this reflection may be shared now, and how it is shared already."""
    block, _ = _prompt(reflection.enrollment, reflection.module_key, reflection.block_id)
    widest = WIDTHS.index(block.value["share"] if block else Reflection.Sharing.PRIVATE)
    return WIDTHS[: max(widest, WIDTHS.index(reflection.sharing)) + 1]


def restore(*, version: ReflectionVersion, based_on: int) -> Reflection:
    """Bring back an earlier text. The present one is kept as a version first.

    Raises:
        Stale: the reflection changed since the person looked at its versions.
    """
    reflection, written = version.reflection, Written.of(version)
    if Written.of(reflection) == written:
        return reflection
    block, curriculum = _prompt(reflection.enrollment, reflection.module_key, reflection.block_id)
    before = _is_enough(block, reflection)
    _replace(reflection, written, based_on, block, keep_earlier=True)
    if before != _is_enough(block, reflection):
        completing.recount(reflection.enrollment, curriculum=curriculum)
    return reflection


def delete(*, reflection: Reflection) -> None:
    """Delete it with all its versions. A module that is complete stays complete; an open one counts anew."""
    enrollment = reflection.enrollment
    with transaction.atomic():
        reflection.delete()
        completing.recount(enrollment)


def steps_of(block) -> list[str]:
    """The steps of a prompt's scale, as marks; none where it has no scale."""
    if block.value["kind"] != "scale":
        return []
    return [str(step) for step in range(1, block.value["steps"] + 1)]


def scale_of(block) -> dict:
    """The scale of a prompt as its record keeps it; empty where it has none."""
    return {name: block.value[name] for name in ("steps", "low", "high")} if steps_of(block) else {}


def _prompt(enrollment, module_key, block_id):
    """The prompt as the person gets it now, or None when it is gone: what was written may still be saved."""
    try:
        curriculum = curriculum_of(enrollment)
    except CourseAway:
        return None, None
    return curriculum.block(module_key, block_id, "reflection"), curriculum


def _stored(enrollment, module_key, block_id) -> Reflection | None:
    return Reflection.objects.filter(enrollment=enrollment, module_key=module_key, block_id=block_id).first()


def _mark(mark: str | None, block, stored: Reflection | None) -> str:
    """The mark to store. A prompt that has no scale (any more) leaves what is there."""
    if mark is None or block is None or not (steps := steps_of(block)):
        return stored.mark if stored else ""
    if mark and mark not in steps:
        raise NotOnTheScale(mark)
    return mark


def _first(enrollment, module_key, block_id, written, block, curriculum) -> Reflection:
    try:
        with transaction.atomic():
            return Reflection.objects.create(
                enrollment=enrollment,
                module_key=module_key,
                block_id=block_id,
                prompt=wording(block),
                scale=scale_of(block),
                module_title=curriculum.module(module_key).title,
                version=1,
                **written.fields,
            )
    except IntegrityError:  # another tab was quicker by a moment
        current = _stored(enrollment, module_key, block_id)
        if Written.of(current) != written:
            _set_aside(current, written)
            raise Stale(current) from None
        return current


def _replace(stored: Reflection, written: Written, based_on: int, block, *, keep_earlier=False) -> None:
    now = timezone.now()
    earlier, words, saved_at, number = Written.of(stored), stored.words, stored.saved_at, stored.version
    keeps = bool(earlier) and (keep_earlier or now - stored.kept_at >= KEEP_EVERY)
    fields = {**written.fields, "saved_at": now}
    if block is not None:
        fields["prompt"] = wording(block)
        if written.mark in steps_of(block):
            fields["scale"] = scale_of(block)
    if keeps:
        fields["kept_at"] = now
    with transaction.atomic():
        same = Reflection.objects.filter(pk=stored.pk, version=based_on)
        is_written = same.update(version=F("version") + 1, **fields)
        if is_written and keeps:
            ReflectionVersion.objects.create(
                reflection=stored, number=number, words=words, saved_at=saved_at, **earlier._asdict()
            )
    if is_written:
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.version = based_on + 1
        return
    stored.refresh_from_db()
    if Written.of(stored) != written:
        _set_aside(stored, written)
        raise Stale(stored)


def _set_aside(reflection, written: Written):
    """Keep what was refused. Asking again with the same words (a retry) keeps one."""
    why = ReflectionVersion.Why.SET_ASIDE
    number = reflection.version
    for kept in reflection.versions.filter(why=why, number=number):
        if Written.of(kept) == written:
            return
    ReflectionVersion.objects.create(
        reflection=reflection,
        number=number,
        why=why,
        words=count_words(written.text),
        saved_at=timezone.now(),
        **written._asdict(),
    )


def _is_enough(block, stored: Reflection | None) -> bool:
    if block is None or stored is None:
        return False
    return is_answered(block, words=stored.words, is_marked=stored.is_marked)
