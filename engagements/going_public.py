"""Going public: what a team chose to show to everybody, at an address of its own; and nothing else.

A copy of what was chosen, so that what is written later stays inside until it is chosen too. Only voices are
no copy: who takes their words back, or how far they may go, takes them off the page in that moment.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from engagements import reporting
from engagements.models import Engagement, Member, Publication, Voice
from engagements.protocols import Phase, Prompt
from roster import audit

#: Of these nothing goes out: they name members, and say what each has to do.
NAMES_MEMBERS = frozenset({"agreement", "actions"})


class MayNot(Exception):
    """The protocol doesn't let a team publish, or its work is confidential."""


class NothingChosen(Exception):
    """There is nothing in it to show."""


@dataclass(frozen=True)
class Choice:
    """What can be chosen: a prompt's answer, under the heading that it has in the report."""

    phase: Phase
    prompt: Prompt
    item: dict


def may_publish(engagement: Engagement) -> bool:
    """May this team publish at all?"""
    return engagement.protocol_version.plan.settings.may_publish and not engagement.is_confidential


def choices(engagement: Engagement) -> list[Choice]:
    """Return what can be chosen now: what is answered and belongs into reports."""
    found = []
    for phase, prompt, item in reporting.parts(engagement):
        if prompt.kind == "voices":
            item = _voices(engagement, prompt)
        if item and prompt.kind not in NAMES_MEMBERS:
            found.append(Choice(phase, prompt, item))
    return found


def compose(*, engagement: Engagement, prompt_ids: list[str]) -> dict:
    """Put together what would be published.

    Raises:
        MayNot: this team doesn't publish.
        NothingChosen: none of ``prompt_ids`` can be.
    """
    if not may_publish(engagement):
        raise MayNot(engagement)
    phases: dict[str, dict] = {}
    for choice in choices(engagement):
        if choice.prompt.id in prompt_ids:
            part = phases.setdefault(choice.phase.id, {"title": choice.phase.title, "items": []})
            part["items"].append({**choice.item, "prompt": choice.prompt.id})
    if not phases:
        raise NothingChosen
    return {
        "service": engagement.service,
        "place": str(engagement.place),
        "phases": list(phases.values()),
    }


def publish(*, by: Member, title: str, prompt_ids: list[str]) -> Publication:
    """Show what was chosen, in the place of what was shown before, at the same address.

    Raises:
        MayNot: this team doesn't publish.
        NothingChosen: none of ``prompt_ids`` can be.
    """
    engagement = by.engagement
    contents = compose(engagement=engagement, prompt_ids=prompt_ids)
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)
        before = shown(engagement)
        if before is not None:
            _take_down(before)
        slug = before.slug if before else _free_slug(title)
        publication = Publication.objects.create(
            engagement=engagement, slug=slug, title=title, contents=contents, published_by=by
        )
        audit.record(actor=by.person, action="published part of engagement", subject=engagement)
    return publication


def take_down(*, publication: Publication, by: Member) -> None:
    """Let its address lead nowhere."""
    with transaction.atomic():
        _take_down(publication)
        audit.record(actor=by.person, action="took down part of engagement", subject=publication.engagement)


def shown(engagement: Engagement) -> Publication | None:
    """Return what is public of ``engagement`` now."""
    return engagement.publications.filter(taken_down_at=None).first()


def all_shown(service: str = "") -> QuerySet[Publication]:
    """Return what teams show now, newest first, of one ``service`` if it is named; without its words."""
    rows = Publication.objects.filter(taken_down_at=None).defer("contents")
    if service:
        rows = rows.filter(engagement__service=service)
    return rows.select_related("engagement__building__district", "engagement__district")


def phases_to_show(contents: dict) -> list[dict]:
    """Return the phases as everybody sees them: a voice only as it was chosen, while it may be public."""
    wanted = {
        pair["pk"]
        for phase in contents["phases"]
        for item in phase["items"]
        for pair in item.get("chosen_voices", ())
    }
    public = Voice.objects.filter(pk__in=wanted, consent=Voice.Consent.PUBLIC) if wanted else ()
    by_pk = {voice.pk: voice for voice in public}
    phases = []
    for phase in contents["phases"]:
        items = [_with_voices(item, by_pk) for item in phase["items"]]
        items = [item for item in items if item["kind"] != "voices" or item["voices"]]
        if items:
            phases.append({"title": phase["title"], "parts": items})
    return phases


def _voices(engagement: Engagement, prompt: Prompt) -> dict | None:
    """Which voices, as they are now: their row and its version, and no word of them."""
    public = engagement.voices.filter(prompt_id=prompt.id, consent=Voice.Consent.PUBLIC)
    pairs = [{"pk": voice.pk, "version": voice.version} for voice in public]
    return {"heading": prompt.heading, "kind": "voices", "chosen_voices": pairs} if pairs else None


def _with_voices(item: dict, by_pk: dict[int, Voice]) -> dict:
    if item["kind"] != "voices":
        return item
    voices = [
        reporting.as_voice(by_pk[pair["pk"]])
        for pair in item["chosen_voices"]
        if pair["pk"] in by_pk and by_pk[pair["pk"]].version == pair["version"]
    ]
    return {**item, "voices": voices}


def _take_down(publication: Publication) -> None:
    publication.taken_down_at = timezone.now()
    publication.save(update_fields=["taken_down_at"])


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:70] or "team"
    taken = set(
        Publication.objects.filter(taken_down_at=None, slug__startswith=wanted).values_list("slug", flat=True)
    )
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug
