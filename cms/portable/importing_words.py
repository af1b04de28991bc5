"""Importing the words of other languages: translated pages beside the course's own."""

import json
from dataclasses import dataclass, field

from wagtail.models import Locale, Page

from cms import tasks
from cms.models import CoursePage, ModulePage
from cms.portable import writing_words
from cms.portable.assets import replaced
from cms.portable.folders import CourseFolder, CourseWords, ModuleWords
from cms.portable.grammar import Names
from cms.portable.site import catalog_in


@dataclass
class WordsImport:
    """The translations of one course being imported; ``pages`` are its modules' by file name.

    ``ways`` is asked how pictures, documents and links become rows here. What was saved is in ``touched``.
    """

    folder: CourseFolder
    course: CoursePage
    pages: dict[str, ModulePage]
    ways: dict
    before: CourseFolder | None
    touched: list = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Bring each language's pages to where the folder has them. Pages that it doesn't have stay."""
        old = {words.language: words for words in self.before.translations} if self.before else {}
        for words in self.folder.translations:
            locale, _is_new = Locale.objects.get_or_create(language_code=words.language)
            page = self._course(words, old.get(words.language), locale)
            known = {module.key: module for module in getattr(old.get(words.language), "modules", ())}
            for module in words.modules:
                self._module(module, known.get(module.key), page, words.language)

    def _course(self, words: CourseWords, old: CourseWords | None, locale: Locale) -> CoursePage:
        page = _in(self.course, locale)
        texts = [
            writing_words.course_words(one, folder)
            for one, folder in ((old, self.before), (words, self.folder))
            if one
        ]
        if page and page.live and old and texts[0] == texts[1]:
            return page
        if page is None:
            catalog_in(self.course.get_parent().specific, locale)
            page = self.course.copy_for_translation(locale).specific
        for name in ("slug", "title", "summary", "for_whom", "image_alt", "team_words"):
            setattr(page, name, getattr(words, name))
        page.draft_title, page.why = words.title, replaced(words.why, **self.ways)
        page.outcomes = _lines(words.outcomes, self.course.outcomes, "outcome", Names(self.folder.key))
        self._publish(page, self.course, f"{words.title} ({words.language})")
        return page

    def _module(self, words: ModuleWords, old: ModuleWords | None, course: CoursePage, language: str) -> None:
        source = self.pages[words.name]
        page = _in(source, course.locale)
        if page and page.live and old and _same(old, words, self.before, self.folder):
            return
        if page is None:
            page = source.copy_for_translation(course.locale).specific
        for name in ("slug", "title", "summary", "image_alt", "team_words"):
            setattr(page, name, getattr(words, name))
        page.draft_title = words.title
        page.objectives = _lines(words.objectives, source.objectives, "objective", Names(words.key))
        page.body = json.dumps(replaced(words.body, **self.ways))
        self._publish(page, source, f"{words.title} ({language})")

    def _publish(self, page: Page, source: Page, title: str) -> None:
        page.alias_of = None
        page.save_revision().publish()
        self.touched.append(page)
        self.changed.append(title)
        # Wagtail's translators then find the imported words as theirs, and can go on from there.
        tasks.take_up_translation.delay_on_commit(source.pk, page.locale.language_code)


def _in(source: Page, locale: Locale):
    return type(source).objects.filter(translation_key=source.translation_key, locale=locale).first()


def _same(old: ModuleWords, new: ModuleWords, before: CourseFolder, now: CourseFolder) -> bool:
    slugs = [{one.key: one.slug for one in folder.modules}.get(new.key, "") for folder in (before, now)]
    files = [path for path in now.assets if before.assets.get(path) != now.assets[path]]
    texts = [writing_words.module_words(one, slug) for one, slug in zip((old, new), slugs, strict=True)]
    return texts[0] == texts[1] and not any(path in texts[1] for path in files)


def _lines(lines: list[str], source, type_: str, names: Names) -> str:
    """Lines with the identities of the source's, which stand in the same order."""
    ids = [block.id for block in source] if len(source) == len(lines) else []
    return json.dumps(
        [
            {"type": type_, "value": line, "id": ids[at] if ids else names.expected(type_, None)}
            for at, line in enumerate(lines)
        ]
    )
