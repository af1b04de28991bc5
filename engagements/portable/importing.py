"""Importing: ``ProtocolFile``s into protocols, published. All files that are imported together, or none.

Over a protocol of the same identity and language this updates it in place; one that wouldn't change gets
neither a revision nor a version.
"""

import copy
import json
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page

from cms.models import CoursePage, ModulePage
from cms.portable.mistakes import CannotImport, Notes, Say
from engagements import publishing
from engagements.models import Protocol
from engagements.portable import exporting, reading, writing
from engagements.portable.grammar import ProtocolFile


def import_protocols(files: Mapping[str, bytes]) -> dict[str, str]:
    """Bring protocols to where ``files`` (by name) have them, and publish them; gives what became of each.

    Raises:
        CannotImport: with every mistake of every file; nothing was changed.
    """
    notes, found = Notes(), []
    for name in sorted(files, key=_originals_first):
        try:
            found.append(reading.read(name, files[name]))
        except CannotImport as error:
            notes.mistakes.extend(error.mistakes)
    notes.stop_on_mistakes()
    with transaction.atomic():
        outcomes = {file.name: _import(file, notes.about(file.name)) for file in found}
        notes.stop_on_mistakes()
    return outcomes


def _originals_first(name: str) -> tuple[int, str]:
    return name.count("."), name


def _import(file: ProtocolFile, say: Say) -> str:
    locale, _is_new = Locale.objects.get_or_create(language_code=file.language)
    protocol = Protocol.objects.filter(translation_key=file.key, locale=locale).first()
    if protocol and protocol.live and writing.write(exporting.file_of(protocol)) == writing.write(file):
        return "nothing to change"
    is_new = protocol is None
    protocol = protocol or Protocol(translation_key=file.key, locale=locale, live=False)
    _fill(protocol, file, say)
    try:
        # Of what the files alone can't show: a short name that is taken, a rule of a block.
        protocol.phases.stream_block.clean(protocol.phases)
        protocol.full_clean()
    except ValidationError as error:
        for sentence in _sentences(error):
            say(0, sentence)
        return ""
    for field, sentence in publishing.gaps_of(
        phases=protocol.phases, must_have_voices=protocol.must_have_voices
    ):
        say(0, f"{field}: {sentence}")
    protocol.save()
    protocol.save_revision().publish()
    return "imported" if is_new else "updated"


def _fill(protocol: Protocol, file: ProtocolFile, say: Say) -> None:
    for name in ("slug", "title", "summary", "service"):
        setattr(protocol, name, getattr(file, name))
    for name, value in file.settings.items():
        setattr(protocol, name, value)
    protocol.constituencies = "\n".join(file.constituencies)
    protocol.phases = json.dumps(_with_pages(file, protocol.locale, say))


def _with_pages(file: ProtocolFile, locale: Locale, say: Say) -> list[dict]:
    pages = {path: _page_at(path, locale) for path in file.lines}
    for path, page in pages.items():
        if page is None:
            say(file.lines[path], f"There is no course or module {path} here. Import courses first.")
    phases = copy.deepcopy(file.phases)
    for step in (step for phase in phases for step in phase["value"]["steps"]):
        for item in step["value"]["prepares"]:
            page = pages[item["value"]]
            item["value"] = page.pk if page else None
    return phases


def _page_at(path: str, locale: Locale) -> Page | None:
    """The course or module at ``course/module``: its translation where there is one."""
    slug, _slash, module = path.partition("/")
    course = CoursePage.objects.filter(slug=slug, locale=Locale.get_default()).first()
    page = course
    if course and module:
        page = ModulePage.objects.child_of(course).filter(slug=module).first()
    return page and (page.get_translation_or_none(locale) or page)


def _sentences(error: ValidationError | dict) -> Iterable[str]:
    """All that an error says, however deep its blocks stand."""
    for name in ("block_errors", "error_dict"):
        for inner in (getattr(error, name, None) or {}).values():
            for one in inner if isinstance(inner, list) else [inner]:
                yield from _sentences(one)
    for inner in getattr(error, "non_block_errors", ()):
        yield str(inner)
    if not hasattr(error, "block_errors") and not hasattr(error, "error_dict"):
        yield from error.messages
