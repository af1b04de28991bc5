"""Reading the folder of a language: the words of a course and its modules, beside their source."""

import re
from collections.abc import Iterable

from cms.models import CoursePage
from cms.portable import fields
from cms.portable.fields import Fields, front_matter, limits
from cms.portable.folders import CourseFolder, CourseWords, ModuleFile, ModuleWords
from cms.portable.grammar import Names
from cms.portable.markdown import tree
from cms.portable.pairing import Pairing
from cms.portable.reader import Reader
from roster.models import LANGUAGES

_CODES = [code for code, _name in LANGUAGES]
_FILE = re.compile(r"(?P<language>[a-z]{2,3})/(?P<name>course\.yaml|\d{2,}-[a-z0-9]+(?:-[a-z0-9]+)*\.md)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What the source alone says, and a translation that says it too would contradict sooner or later.
_OF_THE_SOURCE = "the source says that, for all languages: leave it out here."


def is_words(path: str) -> bool:
    """Is the file one of a language's folder?"""
    match = _FILE.fullmatch(path)
    return bool(match) and match["language"] in _CODES


def languages_in(paths: Iterable[str]) -> list[str]:
    """The languages that have a folder."""
    return sorted({_FILE.fullmatch(path)["language"] for path in paths if is_words(path)})


class WordsReader:
    """One language's folder being read, by the reader of the whole folder."""

    def __init__(self, whole, language: str, folder: CourseFolder):
        self._whole = whole
        self._language = language
        self._folder = folder

    def read(self) -> CourseWords:
        """The course's words in the language, and those of the modules that have any."""
        words = self._course()
        if self._language == self._folder.language:
            self._say("course.yaml")(0, f"The course is written in “{self._language}”: that stands outside.")
        known = {module.name: module for module in self._folder.modules}
        for path in sorted(self._whole.files):
            match = _FILE.fullmatch(path)
            if not match or match["language"] != self._language or match["name"] == "course.yaml":
                continue
            name = match["name"].removesuffix(".md")
            if name in known:
                words.modules.append(self._module(known[name]))
            else:
                self._say(match["name"])(
                    0, f"There is no {name}.md in the source; there are {', '.join(known)}."
                )
        return words

    def _say(self, name: str):
        return self._whole.notes.about(f"{self._language}/{name}")

    def _warn(self, name: str):
        return self._whole.notes.warn_about(f"{self._language}/{name}")

    def _course(self) -> CourseWords:
        path = f"{self._language}/course.yaml"
        if path not in self._whole.files:
            self._say("course.yaml")(0, "A language needs this file: the course's title and summary in it.")
            return CourseWords(self._language, "", "", "")
        found = Fields(self._whole.text(path), self._say("course.yaml"))
        self._identity(found, self._folder.key)
        limit = limits(CoursePage)
        read = found.read
        words = CourseWords(
            language=self._language,
            slug=self._slug(found, self._folder.slug),
            title=read("title", fields.words(limit("title")), needed=True, default=""),
            summary=read("summary", fields.words(limit("summary")), needed=True, default=""),
            for_whom=read("for_whom", fields.words(limit("for_whom")), default=""),
            why=self._whole.rich(found, "why"),
            outcomes=self._lines(found, "outcomes", self._folder.outcomes, "course.yaml"),
            team_words=read("team_words", fields.words(limit("team_words")), default=""),
            image_alt=read("image_alt", fields.words(limit("image_alt")), default=""),
        )
        self._nothing_else(found)
        return words

    def _module(self, source: ModuleFile) -> ModuleWords:
        name = f"{source.name}.md"
        say, nodes = self._say(name), tree(self._whole.text(f"{self._language}/{name}")).children
        found = front_matter(nodes, say)
        self._identity(found, source.key)
        read, limit = found.read, limits(CoursePage)
        words = ModuleWords(
            name=source.name,
            key=source.key,
            slug=self._slug(found, source.slug),
            title=read("title", fields.words(limit("title")), needed=True, default=""),
            summary=read("summary", fields.words(limit("summary")), default=""),
            objectives=self._lines(found, "objectives", source.objectives, name),
            team_words=read("team_words", fields.words(limit("team_words")), default=""),
            image_alt=read("image_alt", fields.words(limit("image_alt")), default=""),
        )
        self._nothing_else(found)
        reader = Reader(Names(source.key), say)
        blocks = reader.stream(nodes)
        for asset, line in reader.assets:
            self._whole.used.setdefault(asset, (f"{self._language}/{name}", line))
        pairing = Pairing(
            line_of=reader.line_of, given_ids=reader.given_ids, warn=self._warn(name), wrong=say
        )
        words.body = pairing.paired(source.body, blocks)
        return words

    def _identity(self, found: Fields, key) -> None:
        mine = found.read("id", fields.identity, needed=True)
        if mine and key and mine != key:
            found.wrong("id", f"a translation has the identity of what it translates, {key}.")

    def _slug(self, found: Fields, slug: str) -> str:
        mine = found.read("slug", fields.words(255), default=slug)
        if not _SLUG.fullmatch(mine):
            found.wrong("slug", "small letters of English, digits and single hyphens.")
        return mine

    def _lines(self, found: Fields, name: str, source: list[str], file: str) -> list[str]:
        lines = found.read(name, fields.list_of(fields.words(300)), default=[])
        if lines and len(lines) != len(source):
            said = f"{name}: {len(lines)} here, {len(source)} in the source: they stay as there."
            self._warn(file)(found.lines[name], said)
            return []
        return lines

    def _nothing_else(self, found: Fields) -> None:
        for name in (
            "minutes",
            "standards",
            "audiences",
            "required",
            "service",
            "clock_hours",
            "topics",
            "image",
            "team_service",
        ):
            if name in found.values:
                found.read(name, lambda value: value)
                found.wrong(name, _OF_THE_SOURCE)
        found.nothing_else()
