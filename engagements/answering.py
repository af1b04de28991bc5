"""Answering: what a team writes, saved as it is typed by several at once, and nothing dropped."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from engagements.kinds import KINDS, MINUTES, Fields, Typed
from engagements.merging import Overlap, merge
from engagements.models import Answer, AnswerVersion, Engagement, Member
from engagements.protocols import Prompt, ProtocolPlan

TRIES = 4
#: Versions younger than this all stay; of older ones, one a writer each so often.
ALL_STAY = datetime.timedelta(days=2)
KEEP_EVERY = datetime.timedelta(minutes=10)


class Conflict(Exception):
    """What was sent and what stands change the same words: ``current`` stands, ``sent`` is set aside."""

    def __init__(self, current: Answer, sent: dict):
        super().__init__(current)
        self.current = current
        self.sent = sent


@dataclass(frozen=True)
class Saved:
    """What a save left; ``was_merged`` when it holds words that the sender had not seen."""

    answer: Answer
    was_merged: bool = False


def save(
    *, member: Member, prompt: Prompt, fields: Fields, based_on: int, base: Fields | None = None
) -> Saved:
    """Save ``fields``, written by ``member`` on top of version ``based_on`` (0: nothing was there).

    What others wrote since is merged with it. ``base`` is what the sender began with, where a script knows it
    better than the version tells: after a merge that came while its person went on typing. What stands
    already is not stored again.

    Raises:
        Conflict: both changed the same words; nothing of what stands is touched.
        kinds.TooLong: more than fits.
    """
    kind = KINDS[prompt.kind]
    began_with = None if base is None else kind.read(prompt, base)
    return save_value(
        member=member, prompt=prompt, value=kind.read(prompt, fields), based_on=based_on, base=began_with
    )


def save_value(
    *, member: Member, prompt: Prompt, value: dict, based_on: int, base: dict | None = None
) -> Saved:
    """As :func:`save`, with what is stored instead of the fields of a form.

    Raises:
        Conflict: both changed the same words; nothing of what stands is touched.
    """
    for _ in range(TRIES):
        current = Answer.objects.filter(engagement=member.engagement, prompt_id=prompt.id).first()
        if current is None:
            saved = _write_first(member, prompt, value)
        else:
            wanted = _merged(current, value, base, based_on, prompt, member)
            saved = _write(current, wanted, member, prompt)
        if saved is not None:
            return Saved(saved, was_merged=saved.value != value)
    raise Conflict(current, value)


def choose(*, member: Member, prompt: Prompt, fields: Fields, seen: int) -> Saved:
    """Save what a person chose after they read both texts; ``seen`` is the version that they read.

    Raises:
        Conflict: somebody saved in between, again.
    """
    return save(member=member, prompt=prompt, fields=fields, based_on=seen)


def restore(*, member: Member, prompt: Prompt, version: AnswerVersion) -> Answer:
    """Make an earlier version the answer again; the one that stood stays among the versions."""
    answer = version.answer
    for _ in range(TRIES):
        saved = _write(answer, version.value, member, prompt)
        if saved is not None:
            return saved
        answer.refresh_from_db()
    raise Conflict(answer, version.value)


def answers_by_prompt(engagement: Engagement, prompts: Iterable[Prompt]) -> dict[str, Answer]:
    """Return the answers to ``prompts``, by the prompt's id: one query."""
    ids = [prompt.id for prompt in prompts]
    found = engagement.answers.filter(prompt_id__in=ids).select_related("saved_by__person")
    return {answer.prompt_id: answer for answer in found}


def of_protocols(engagement: Engagement) -> QuerySet[Answer]:
    """Return the answers to what its protocol asks, or once asked; without what was written of meetings."""
    return engagement.answers.exclude(kind=MINUTES)


def asked_earlier(engagement: Engagement, plan: ProtocolPlan) -> list[Answer]:
    """Return the answers to prompts that the protocol no longer asks."""
    ids = [prompt.id for prompt in plan.prompts]
    gone = of_protocols(engagement).exclude(prompt_id__in=ids).select_related("saved_by__person")
    return [answer for answer in gone if answer.value]


def thin_versions(*, now: datetime.datetime | None = None, limit: int = 5_000) -> int:
    """Delete old versions that a later one of the same writer, minutes after, made needless; say how many.

    Never the newest of an answer, never what was set aside. Running it twice deletes nothing more.
    """
    now = now or timezone.now()
    old = (
        AnswerVersion.objects.filter(
            why=AnswerVersion.Why.SAVED, at__lt=now - ALL_STAY, number__lt=F("answer__version")
        )
        .order_by("answer", "-number")
        .values_list("pk", "answer", "by", "at")
    )
    needless, kept = [], None
    for pk, answer, by, at in old.iterator(chunk_size=1_000):
        if kept and kept[:2] == (answer, by) and kept[2] - at < KEEP_EVERY:
            needless.append(pk)
            if len(needless) == limit:
                break
        else:
            kept = (answer, by, at)
    for start in range(0, len(needless), 500):
        AnswerVersion.objects.filter(pk__in=needless[start : start + 500]).delete()
    return len(needless)


def _merged(current: Answer, mine: dict, began_with: dict | None, based_on: int, prompt, member) -> dict:
    if began_with is None:
        began_with = _value_at(current, based_on)
    try:
        is_apart = not isinstance(KINDS[prompt.kind], Typed) and based_on != current.version
        if mine != current.value and (began_with is None or is_apart):
            raise Overlap  # a part of one table and a part of another are no table
        return merge(began_with, mine, current.value, prose=KINDS[prompt.kind].prose(prompt))
    except Overlap:
        _set_aside(current, mine, member)
        raise Conflict(current, mine) from None


def _value_at(answer: Answer, number: int) -> dict | None:
    """What stood at a version; None when that was thinned out long ago."""
    if number == answer.version:
        return answer.value
    if number == 0:
        return {}
    version = answer.versions.filter(why=AnswerVersion.Why.SAVED, number=number).first()
    return version.value if version else None


def _write_first(member: Member, prompt: Prompt, value: dict) -> Answer | None:
    """The first answer, or None when another came first. Nothing typed makes no row."""
    answer = Answer(
        engagement=member.engagement,
        prompt_id=prompt.id,
        kind=prompt.kind,
        asked=prompt.label,
        value=value,
        version=1 if value else 0,
        is_enough=KINDS[prompt.kind].is_enough(prompt, value),
        saved_by=member,
    )
    if not value:
        return answer
    try:
        with transaction.atomic():
            answer.save()
            _keep_version(answer)
    except IntegrityError:
        return None
    return answer


def _write(answer: Answer, value: dict, member: Member, prompt: Prompt) -> Answer | None:
    """Put ``value`` in place, or give None when somebody saved since ``answer`` was read."""
    if value == answer.value:
        return answer
    changed = {
        "value": value,
        "version": answer.version + 1,
        "asked": prompt.label,
        "kind": prompt.kind,
        "is_enough": KINDS[prompt.kind].is_enough(prompt, value),
        "saved_at": timezone.now(),
        "saved_by": member,
    }
    with transaction.atomic():
        # Conditional: of two who read the same version, one changes nothing and looks again.
        if not Answer.objects.filter(pk=answer.pk, version=answer.version).update(**changed):
            return None
        for name, new in changed.items():
            setattr(answer, name, new)
        _keep_version(answer)
    return answer


def _keep_version(answer: Answer) -> None:
    AnswerVersion.objects.create(
        answer=answer,
        number=answer.version,
        value=answer.value,
        by=answer.saved_by,
        at=answer.saved_at,
    )


def _set_aside(answer: Answer, value: dict, member: Member) -> None:
    """Keep what was refused, once."""
    why = AnswerVersion.Why.SET_ASIDE
    for kept in answer.versions.filter(why=why, number=answer.version, by=member):
        if kept.value == value:
            return
    AnswerVersion.objects.create(answer=answer, number=answer.version, why=why, value=value, by=member)
