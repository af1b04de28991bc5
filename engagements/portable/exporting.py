"""Exporting: a protocol in the database as a ``ProtocolFile``."""

import copy

from wagtail.models import Locale, Page

from cms.models import ModulePage
from engagements.blocks.walking import every_step
from engagements.models import Protocol
from engagements.portable import writing
from engagements.portable.grammar import ProtocolFile
from engagements.protocols import lines_of


def export_protocol(protocol: Protocol) -> tuple[str, str]:
    """Name and text of a protocol's file, as the row stands."""
    file = file_of(protocol)
    return file.name, writing.write(file)


def file_of(protocol: Protocol) -> ProtocolFile:
    """A protocol as the row stands, which is as it was published last, or as its first draft."""
    return ProtocolFile(
        slug=protocol.slug,
        key=protocol.translation_key,
        language=protocol.locale.language_code,
        title=protocol.title,
        summary=protocol.summary,
        service=protocol.service,
        settings={name: getattr(protocol, name) for name in Protocol.SETTINGS},
        constituencies=lines_of(protocol.constituencies),
        phases=_phases(protocol),
    )


def _phases(protocol: Protocol) -> list[dict]:
    # Walked through once, so that each block is bound and says every one of its fields.
    list(every_step(protocol.phases))
    phases = copy.deepcopy(protocol.phases.get_prep_value())
    for phase in phases:
        for step in phase["value"]["steps"]:
            value = step["value"]
            paths = [(item, path_of(item["value"])) for item in value["prepares"]]
            value["prepares"] = [{**item, "value": path} for item, path in paths if path]
    return phases


def path_of(pk: int | None) -> str:
    """``course`` or ``course/module``, by short names in the site's own language; empty when it is gone."""
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return ""
    original = page.get_translation_or_none(Locale.get_default()) or page
    if original.specific_class is ModulePage:
        return f"{original.get_parent().slug}/{original.slug}"
    return original.slug
