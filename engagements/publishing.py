"""Publishing: each publish of a protocol that changes something makes a version, which never changes."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _
from wagtail import signals as wagtail

from engagements.blocks.walking import every_step
from engagements.models import Protocol, ProtocolVersion
from engagements.protocols import ProtocolPlan
from engagements.structuring import structure_of

#: What of a protocol a version holds, beside its structure.
KEPT = ("title", "summary", "service")


def listen() -> None:
    """Make versions from now on; called once, when the app is ready."""
    wagtail.published.connect(_published, sender=Protocol, dispatch_uid="engagements.publishing")


def make_version(protocol: Protocol) -> ProtocolVersion:
    """A version of ``protocol`` as it stands; the newest one, where that says the same already."""
    structure = structure_of(protocol)
    kept = {name: getattr(protocol, name) for name in KEPT}
    with transaction.atomic():
        # Two editors who publish at once get two numbers.
        Protocol.objects.select_for_update().get(pk=protocol.pk)
        key, language = protocol.translation_key, protocol.locale.language_code
        made = ProtocolVersion.objects.filter(protocol_key=key, language=language)
        newest_one = made.order_by("-number").first()
        if newest_one and newest_one.structure == structure and _says(newest_one, kept):
            return newest_one
        number = (made.aggregate(last=Max("number"))["last"] or 0) + 1
        return ProtocolVersion.objects.create(
            protocol_key=key, language=language, number=number, structure=structure, **kept
        )


def gaps_of(*, phases, must_have_voices: bool) -> list[tuple[str, str]]:
    """What keeps a protocol from being published, beyond its blocks: pairs of a field and what to do."""
    steps = list(every_step(phases))
    gaps = [] if steps else [("phases", _("A protocol needs a phase with a step."))]
    kinds = {prompt.block_type for step in steps for prompt in step.value.get("prompts") or ()}
    if must_have_voices and "voices" not in kinds:
        gaps.append(
            ("must_have_voices", _("This protocol asks for voices: add a “Voices” prompt to a step."))
        )
    return gaps


def newest(protocol_key, language: str | None = None) -> ProtocolVersion | None:
    """The newest version in ``language``, or else in the site's own language, or else in any."""
    return min(
        _newest_ones().filter(protocol_key=protocol_key),
        key=lambda version: _rank(version, language),
        default=None,
    )


def is_confidential(service: str) -> bool:
    """Say whether work of ``service`` may turn out to be confidential: one protocol of it on offer is."""
    return Protocol.objects.filter(live=True, service=service, confidential=True).exists()


def on_offer(service: str | None = None, language: str | None = None) -> list[ProtocolVersion]:
    """The newest version of every protocol that is published, by title; of one ``service`` if it is named.

    One query, and no older versions read, however often a protocol was published.
    """
    live = Protocol.objects.filter(live=True)
    if service:
        live = live.filter(service=service)
    best: dict = {}
    for version in _newest_ones().filter(protocol_key__in=live.order_by().values("translation_key")):
        known = best.get(version.protocol_key)
        if known is None or _rank(version, language) < _rank(known, language):
            best[version.protocol_key] = version
    return sorted(best.values(), key=lambda version: version.title)


def plan_of_draft(protocol: Protocol) -> ProtocolPlan:
    """The plan that a version of ``protocol`` would have; for previews."""
    return ProtocolPlan.of(structure_of(protocol))


def _published(sender, instance, **kwargs) -> None:
    make_version(instance)


def _newest_ones() -> QuerySet[ProtocolVersion]:
    later = ProtocolVersion.objects.filter(
        protocol_key=OuterRef("protocol_key"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return ProtocolVersion.objects.filter(~Exists(later)).order_by("language")


def _says(version: ProtocolVersion, kept: dict) -> bool:
    return all(getattr(version, name) == value for name, value in kept.items())


def _rank(version: ProtocolVersion, language: str | None) -> int:
    wanted: Iterable[str] = (language, settings.LANGUAGE_CODE.split("-")[0])
    return next((place for place, code in enumerate(wanted) if version.language == code), 2)
