"""Writing a ``CourseFolder`` as files, in the one canonical spelling."""

import uuid

from cms.portable import fields, prose_markdown
from cms.portable.fields import Inline
from cms.portable.folders import AudienceFile, CourseFolder, EditionFile, ModuleFile, audiences_in
from cms.portable.grammar import Names
from cms.portable.markdown import quoted
from cms.portable.prose import from_html
from cms.portable.writer import Writer
from cms.portable.writing_words import words_files


def write(folder: CourseFolder) -> dict[str, bytes]:
    """Every file of the course by its path inside its folder."""
    texts = {"course.yaml": course_yaml(folder)}
    if named := named_audiences(folder):
        texts["audiences.yaml"] = audiences_yaml([one for one in folder.audience_files if one.slug in named])
    texts |= {f"{module.name}.md": module_text(module) for module in folder.modules}
    keys = {module.name: module.key for module in folder.modules}
    texts |= {f"editions/{edition.slug}.md": edition_text(edition, keys) for edition in folder.editions}
    for words in folder.translations:
        texts |= words_files(words, folder)
    return {path: text.encode() for path, text in texts.items()} | folder.assets


def named_audiences(folder: CourseFolder) -> set[str]:
    """The slugs of all audiences that the course, its modules or its editions name."""
    named = set(folder.audiences)
    for module in folder.modules:
        named |= set(module.audiences) | audiences_in(module.body)
    for edition in folder.editions:
        for _module, _place, blocks in edition.additions:
            named |= audiences_in(blocks)
    return named


def course_yaml(folder: CourseFolder) -> str:
    """``course.yaml``."""
    approval = {
        "number": folder.approval_number or None,
        "approved_on": folder.approved_on,
        "valid_until": folder.approved_until,
    }
    certificate = {
        "design": folder.certificate_design,
        "signatory": folder.signatory or None,
        "signatory_title": folder.signatory_title or None,
    }
    why = prose_markdown.write(from_html(folder.why))
    return fields.dump(
        {
            "id": folder.key,
            "title": folder.title,
            "summary": folder.summary or None,
            "service": folder.service,
            "language": folder.language,
            "for_whom": folder.for_whom or None,
            "why": why + "\n" if why else None,
            "outcomes": list(folder.outcomes),
            "topics": list(folder.topics),
            "standards": sorted(folder.standards),
            "clock_hours": Inline(sorted(folder.clock_hours.items())),
            "facilitated": folder.is_facilitated or None,
            "evaluation": "required" if folder.asks_for_evaluation else "none",
            "certificate": _given(certificate),
            "approval": _given(approval) or None,
            "team_service": folder.team_service or None,
            "team_words": folder.team_words or None,
            "image": folder.image or None,
            "image_alt": folder.image_alt if folder.image else None,
            "audiences": list(folder.audiences),
        }
    )


def audiences_yaml(audiences: list[AudienceFile]) -> str:
    """``audiences.yaml``, by short name."""
    return fields.dump(
        {
            audience.slug: {
                "name": audience.name,
                "description": audience.description,
                "include": Inline(_rule(audience.include)),
                "exclude": Inline(_rule(audience.exclude)),
            }
            for audience in sorted(audiences, key=lambda one: one.slug)
        }
    )


def module_text(module: ModuleFile) -> str:
    """A module's file."""
    front = fields.dump(
        {
            "id": module.key,
            "title": module.title,
            "summary": module.summary or None,
            "minutes": module.minutes,
            "standards": sorted(module.standards) or None,
            "objectives": list(module.objectives) or None,
            "audiences": list(module.audiences) or None,
            "required": None if module.required else False,
            "team_service": module.team_service or None,
            "team_words": module.team_words or None,
            "image": module.image or None,
            "image_alt": module.image_alt if module.image else None,
        }
    )
    return _file(front, Writer(Names(module.key)).stream(module.body))


def edition_text(edition: EditionFile, keys: dict[str, uuid.UUID]) -> str:
    """An edition's file; ``keys`` are the course's modules' by file name."""
    front = fields.dump(
        {
            "district" if edition.of_district else "building": edition.slug,
            "goal": edition.goal or None,
            "welcome": edition.welcome or None,
            "credit": edition.credit or None,
            "days": edition.days,
            "order": list(edition.order) or None,
            "modules": dict(edition.standings) or None,
        }
    )
    writers: dict[str, Writer] = {}
    parts = []
    for module, place, blocks in edition.additions:
        writer = writers.setdefault(module, Writer(Names(keys[module], edition.slug)))
        body = writer.stream(blocks, depth=1)
        parts.append(f":::at {{module={quoted(module)} place={quoted(place)}}}\n{body}\n:::")
    return _file(front, "\n\n".join(parts))


def _file(front: str, body: str) -> str:
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"


def _given(values: dict) -> Inline:
    return Inline({key: value for key, value in values.items() if value is not None})


def _rule(rule: dict) -> dict:
    return {kind: list(values) for kind, values in sorted(rule.items()) if values}
