"""Reflecting: a person's own words, saved as they are typed and never lost to an older tab."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from courses import completing
from courses.completing import wording
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


class NotOffered(Exception):
    """The prompt doesn't offer to share that widely."""


def save(
    *,
    enrollment: Enrollment,
    module_key,
    block_id: str,
    text: str,
    based_on: int,
    keep_earlier: bool = False,
) -> Reflection:
    """Save ``text``, written on top of version ``based_on`` (0: nothing was there).

    One conditional ``UPDATE``: whoever saves on top of an older version changes nothing. The earlier text
    is kept as a version once in ten minutes, or when ``keep_earlier`` asks for it (two versions met, and the
    writer chose). A text that is stored already is not stored again.

    Raises:
        Stale: another tab saved in between; ``text`` is set aside as a version.
        NotAPrompt: no such prompt.
        TooLong: more than 20,000 characters.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LIMIT:
        raise TooLong(len(text))
    block, curriculum = _prompt(enrollment, module_key, block_id)
    stored = _stored(enrollment, module_key, block_id)
    if stored is None and block is None:
        raise NotAPrompt(block_id)
    before = stored.words if stored else 0
    if stored is None:
        stored = _first(enrollment, module_key, block_id, text, block, curriculum)
    elif stored.text != text:
        _replace(stored, text, based_on, block, keep_earlier=keep_earlier)
    if block is not None and _is_enough(block, before) != _is_enough(block, stored.words):
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
    reflection = version.reflection
    if reflection.text == version.text:
        return reflection
    before = reflection.words
    block, curriculum = _prompt(reflection.enrollment, reflection.module_key, reflection.block_id)
    _replace(reflection, version.text, based_on, block, keep_earlier=True)
    if block is not None and _is_enough(block, before) != _is_enough(block, reflection.words):
        completing.recount(reflection.enrollment, curriculum=curriculum)
    return reflection


def delete(*, reflection: Reflection) -> None:
    """Delete it with all its versions. A module that is complete stays complete; an open one counts anew."""
    enrollment = reflection.enrollment
    with transaction.atomic():
        reflection.delete()
        completing.recount(enrollment)


def _prompt(enrollment, module_key, block_id):
    """The prompt as the person gets it now, or None when it is gone: what was written may still be saved."""
    try:
        curriculum = curriculum_of(enrollment)
    except CourseAway:
        return None, None
    return curriculum.block(module_key, block_id, "reflection"), curriculum


def _stored(enrollment, module_key, block_id) -> Reflection | None:
    return Reflection.objects.filter(enrollment=enrollment, module_key=module_key, block_id=block_id).first()


def _first(enrollment, module_key, block_id, text, block, curriculum) -> Reflection:
    try:
        with transaction.atomic():
            return Reflection.objects.create(
                enrollment=enrollment,
                module_key=module_key,
                block_id=block_id,
                prompt=wording(block),
                module_title=curriculum.module(module_key).title,
                text=text,
                words=count_words(text),
                version=1,
            )
    except IntegrityError:  # another tab was quicker by a moment
        current = _stored(enrollment, module_key, block_id)
        if current.text != text:
            _set_aside(current, text)
            raise Stale(current) from None
        return current


def _replace(stored: Reflection, text: str, based_on: int, block, *, keep_earlier: bool = False) -> None:
    now = timezone.now()
    earlier, words, saved_at, number = stored.text, stored.words, stored.saved_at, stored.version
    keeps = bool(earlier) and (keep_earlier or now - stored.kept_at >= KEEP_EVERY)
    fields = {"text": text, "words": count_words(text), "saved_at": now}
    if block is not None:
        fields["prompt"] = wording(block)
    if keeps:
        fields["kept_at"] = now
    with transaction.atomic():
        same = Reflection.objects.filter(pk=stored.pk, version=based_on)
        is_written = same.update(version=F("version") + 1, **fields)
        if is_written and keeps:
            ReflectionVersion.objects.create(
                reflection=stored, number=number, text=earlier, words=words, saved_at=saved_at
            )
    if is_written:
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.version = based_on + 1
        return
    stored.refresh_from_db()
    if stored.text != text:
        _set_aside(stored, text)
        raise Stale(stored)


def _set_aside(reflection, text):
    """Keep a refused text. Asking again with the same words (a retry) keeps one."""
    why = ReflectionVersion.Why.SET_ASIDE
    number = reflection.version
    for kept in reflection.versions.filter(why=why, number=number):
        if kept.text == text:
            return
    ReflectionVersion.objects.create(
        reflection=reflection,
        number=number,
        why=why,
        text=text,
        words=count_words(text),
        saved_at=timezone.now(),
    )


def _is_enough(block, words: int) -> bool:
    return words >= max(1, block.value["minimum_words"] or 0)
