"""Reading a protocol's file into a ``ProtocolFile``, with every mistake found on the way."""

import re

from cms.models.pages import SERVICES
from cms.portable import fields
from cms.portable.fields import Fields, limits
from cms.portable.grammar import NO_KEY, Names
from cms.portable.markdown import tree
from cms.portable.mistakes import Notes, Say
from engagements.models import Protocol
from engagements.portable.grammar import ProtocolFile
from engagements.portable.reader import ProtocolReader
from roster.models import LANGUAGES

_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2,3}))?\.md")


def read(name: str, content: bytes) -> ProtocolFile:
    """Read the file called ``name``.

    Raises:
        CannotImport: with all mistakes that the file alone shows.
    """
    notes = Notes()
    say = notes.about(name)
    match = _NAME.fullmatch(name)
    if not match:
        say(
            0,
            "A protocol's file is named in small letters, digits and hyphens: some-name.md, some-name.es.md.",
        )
        notes.stop_on_mistakes()
    nodes = tree(_text(content, say)).children
    has_front = bool(nodes) and nodes[0].type == "front_matter"
    front = Fields(nodes[0].content if has_front else "{}", say, offset=1)
    protocol = _front_matter(front, match[1])
    if (match[2] or "en") != protocol.language:
        say(front.lines.get("language", 0), f"By its name, {name} is written in “{match[2] or 'en'}”.")
    reader = ProtocolReader(Names(protocol.key), say)
    protocol.phases = reader.phases(nodes[1:] if has_front else nodes)
    protocol.lines = reader.paths
    if not protocol.phases:
        say(0, "A protocol needs a phase: “# Its title {#name}”, and below it a step.")
    _check_voices(protocol, front)
    notes.stop_on_mistakes()
    return protocol


def _text(content: bytes, say: Say) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        say(content[: error.start].count(b"\n") + 1, "This isn't UTF-8: save the file as UTF-8 text.")
        return ""


def _front_matter(front: Fields, slug: str) -> ProtocolFile:
    read, limit = front.read, limits(Protocol)
    protocol = ProtocolFile(
        slug=slug,
        key=read("id", fields.identity, needed=True, default=NO_KEY),
        language=read("language", fields.one_of([code for code, _ in LANGUAGES]), default="en"),
        title=read("title", fields.words(limit("title")), needed=True, default=""),
        summary=read("summary", fields.words(limit("summary")), default=""),
        service=read("service", fields.one_of([slug for slug, _ in SERVICES]), needed=True, default=""),
        settings={name: read(name, fields.truth, default=False) for name in Protocol.SETTINGS},
        constituencies=read("constituencies", fields.list_of(fields.words(120)), default=[]),
        phases=[],
    )
    front.nothing_else()
    if protocol.constituencies and not protocol.settings["has_terms"]:
        front.wrong("constituencies", "members speak for somebody where has_terms is true.")
    return protocol


def _check_voices(protocol: ProtocolFile, front: Fields) -> None:
    kinds = {
        prompt["type"]
        for phase in protocol.phases
        for step in phase["value"]["steps"]
        for prompt in step["value"]["prompts"]
    }
    if protocol.settings["must_have_voices"] and "voices" not in kinds:
        front.wrong("must_have_voices", "no step has a :::voices prompt.")
