"""Writing the folder of a language, in the one canonical spelling."""

from cms.portable import fields, prose_markdown
from cms.portable.folders import CourseFolder, CourseWords, ModuleWords
from cms.portable.grammar import Names
from cms.portable.pairing import numbered
from cms.portable.prose import from_html
from cms.portable.writer import Writer


def words_files(words: CourseWords, folder: CourseFolder) -> dict[str, str]:
    """The files of one language by their path inside the course's folder."""
    texts = {f"{words.language}/course.yaml": course_words(words, folder)}
    slugs = {module.key: module.slug for module in folder.modules}
    return texts | {
        f"{words.language}/{module.name}.md": module_words(module, slugs.get(module.key, ""))
        for module in words.modules
    }


def course_words(words: CourseWords, folder: CourseFolder) -> str:
    """``course.yaml`` of a language."""
    why = prose_markdown.write(from_html(words.why))
    return fields.dump(
        {
            "id": folder.key,
            "slug": words.slug if words.slug != folder.slug else None,
            "title": words.title,
            "summary": words.summary or None,
            "for_whom": words.for_whom or None,
            "why": why + "\n" if why else None,
            "outcomes": list(words.outcomes) or None,
            "team_words": words.team_words or None,
            "image_alt": words.image_alt or None,
        }
    )


def module_words(module: ModuleWords, slug: str) -> str:
    """A module's file in a language; ``slug`` is the source's."""
    front = fields.dump(
        {
            "id": module.key,
            "slug": module.slug if module.slug != slug else None,
            "title": module.title,
            "summary": module.summary or None,
            "objectives": list(module.objectives) or None,
            "team_words": module.team_words or None,
            "image_alt": module.image_alt or None,
        }
    )
    body = Writer(Names(module.key)).stream(numbered(module.body))
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"
