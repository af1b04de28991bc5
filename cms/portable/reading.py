"""Reading a course's folder: files into a ``CourseFolder``, with every mistake found on the way."""

import re
from collections.abc import Mapping

from cms import bringing_back
from cms.models import Audience, CoursePage
from cms.models.pages import SERVICES
from cms.portable import fields, prose_markdown
from cms.portable.fields import Fields, Inner, front_matter, limits
from cms.portable.folders import AudienceFile, CourseFolder, ModuleFile
from cms.portable.grammar import NO_KEY, Names
from cms.portable.markdown import tree
from cms.portable.mistakes import Notes
from cms.portable.pictures import why_not_a_picture
from cms.portable.prose import to_html
from cms.portable.reader import Reader
from cms.portable.reading_editions import EditionReader
from cms.portable.reading_words import WordsReader, is_words, languages_in
from cms.portable.teamwork import teamwork_in
from roster.models import LANGUAGES, Building, Position

#: A folder's files by their path inside it, with “/” between the parts.
Files = Mapping[str, bytes]

_MODULE = re.compile(r"(\d{2,}-[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_EDITION = re.compile(r"editions/([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_ASSET = re.compile(r"(images|documents)/[^/]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read(slug: str, files: Files) -> CourseFolder:
    """Read the course whose folder is called ``slug``.

    Raises:
        CannotImport: with all mistakes that the files alone show.
    """
    reader = FolderReader(slug, files)
    folder = reader.read()
    reader.notes.stop_on_mistakes()
    return folder


class FolderReader:
    """One folder being read; ``notes`` holds the mistakes found so far."""

    def __init__(self, slug: str, files: Files):
        self.slug = slug
        self.files = files
        self.notes = Notes()
        self.used: dict[str, tuple[str, int]] = {}
        self.named_audiences: list[tuple[str, str, int]] = []
        self.anchors: dict[str, set[str]] = {}
        self.module_keys: dict = {}
        self.lines: dict[str, dict[str, int]] = {}
        self.block_lines: dict[str, dict[str, int]] = {}

    def read(self) -> CourseFolder:
        """The whole course."""
        if not _SLUG.fullmatch(self.slug):
            self.notes.about(self.slug)(0, "A course's folder is named in small letters, digits and hyphens.")
        if "course.yaml" not in self.files:
            self.notes.about("course.yaml")(
                0, "A course needs this file: its title, service, hours and so on."
            )
            self.notes.stop_on_mistakes()
        folder = self._course(self.text("course.yaml"))
        folder.audience_files = self._audiences()
        names = sorted(match[1] for path in self.files if (match := _MODULE.fullmatch(path)))
        folder.modules = [self.module(name) for name in names]
        if not names and not folder.is_facilitated:
            self.notes.about("course.yaml")(0, "A course needs modules: files such as 01-the-first.md.")
        editions = sorted(match[1] for path in self.files if (match := _EDITION.fullmatch(path)))
        folder.editions = [EditionReader(self, name, folder).read() for name in editions]
        folder.translations = [
            WordsReader(self, language, folder).read() for language in languages_in(self.files)
        ]
        self._check_audiences(folder)
        self._check_recalled(folder)
        self._check_paths()
        folder.warnings = self.notes.warnings
        folder.lines = self.lines
        pictures = [path for path in sorted(self.used) if path in self.files and _ASSET.fullmatch(path)]
        folder.assets = {path: self.files[path] for path in pictures}
        return folder

    def text(self, path: str) -> str:
        """What a file says; bytes that aren't UTF-8 are a mistake."""
        try:
            return self.files[path].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.files[path][: error.start].count(b"\n") + 1
            self.notes.about(path)(line, "This isn't UTF-8: save the file as UTF-8 text.")
            return ""

    # --- course.yaml ----------------------------------------------------------------------------------

    def _course(self, text: str) -> CourseFolder:
        found = Fields(text, self.notes.about("course.yaml"))
        self.lines["course.yaml"] = found.lines
        read, limit = found.read, limits(CoursePage)
        design, signatory, signatory_title = self._certificate(found, limit)
        number, approved_on, approved_until = self._approval(found, limit)
        folder = CourseFolder(
            slug=self.slug,
            key=read("id", fields.identity, needed=True),
            title=read("title", fields.words(limit("title")), needed=True, default=""),
            summary=read("summary", fields.words(limit("summary")), needed=True, default=""),
            service=read("service", fields.one_of([slug for slug, _ in SERVICES]), needed=True, default=""),
            language=read("language", fields.one_of([code for code, _ in LANGUAGES]), default="en"),
            for_whom=read("for_whom", fields.words(limit("for_whom")), default=""),
            why=self.rich(found, "why"),
            outcomes=read("outcomes", fields.list_of(fields.words(300)), default=[]),
            topics=read("topics", fields.list_of(fields.words(100)), default=[]),
            standards=read("standards", fields.list_of(fields.words(40)), default=[]),
            clock_hours=read("clock_hours", _hours_by_category, default={}),
            is_facilitated=read("facilitated", fields.truth, default=False),
            asks_for_evaluation=read("evaluation", fields.one_of(["required", "none"])) != "none",
            certificate_design=design,
            signatory=signatory,
            signatory_title=signatory_title,
            approval_number=number,
            approved_on=approved_on,
            approved_until=approved_until,
            **teamwork_in(found, limit),
            image=self._picture(found, "course.yaml"),
            image_alt=read("image_alt", fields.words(limit("image_alt")), default=""),
            audiences=self._shown_to(found, "course.yaml"),
        )
        found.nothing_else()
        return folder

    def _certificate(self, found: Fields, limit):
        inner = Inner(found, "certificate", ["design", "signatory", "signatory_title"])
        return (
            inner.read("design", fields.one_of(CoursePage.Design.values), "evergreen"),
            inner.read("signatory", fields.words(limit("signatory")), ""),
            inner.read("signatory_title", fields.words(limit("signatory_title")), ""),
        )

    def _approval(self, found: Fields, limit):
        inner = Inner(found, "approval", ["number", "approved_on", "valid_until"])
        return (
            inner.read("number", fields.words(limit("approval_number")), ""),
            inner.read("approved_on", fields.day, None),
            inner.read("valid_until", fields.day, None),
        )

    def rich(self, found: Fields, name: str) -> str:
        """The rich text of a field that is written in Markdown."""
        text = found.read(name, fields.words(), default="")
        line = found.lines.get(name, 0)
        nodes = tree("\n" + text).children
        return to_html(prose_markdown.read(nodes, lambda at, why: found.say(line + at - 1, why)))

    def _picture(self, found: Fields, file: str) -> str:
        path = found.read("image", fields.words(), default="")
        if path:
            self.used.setdefault(path, (file, found.lines["image"]))
        return path

    def _shown_to(self, found: Fields, file: str) -> list[str]:
        slugs = found.read("audiences", fields.list_of(fields.words(80)), default=[])
        self.named_audiences.extend((file, slug, found.lines["audiences"]) for slug in slugs)
        return slugs

    # --- audiences.yaml -------------------------------------------------------------------------------

    def _audiences(self) -> list[AudienceFile]:
        path = "audiences.yaml"
        if path not in self.files or not (text := self.text(path)).strip():
            return []
        found = Fields(text, self.notes.about(path))
        return [self._audience(found, slug) for slug in found.values]

    def _audience(self, found: Fields, slug: str) -> AudienceFile:
        inner = Inner(found, slug, ["name", "description", "include", "exclude"])
        if not _SLUG.fullmatch(slug):
            found.wrong(slug, "an audience's short name is small letters, digits and single hyphens.")
        name = inner.read("name", fields.words(120), "")
        if not name:
            found.wrong(slug, "“name” is missing.")
        return AudienceFile(
            slug=slug,
            name=name,
            description=inner.read("description", fields.words(400), ""),
            include=inner.read("include", _rule, {}),
            exclude=inner.read("exclude", _rule, {}),
            line=found.lines[slug],
        )

    def _check_audiences(self, folder: CourseFolder) -> None:
        known = {audience.slug for audience in folder.audience_files}
        for file, slug, line in self.named_audiences:
            if slug not in known:
                self.notes.about(file)(
                    line, f"There is no audience “{slug}” in audiences.yaml: add its rule there."
                )

    # --- prompts that bring earlier answers back --------------------------------------------------------

    def _check_recalled(self, folder: CourseFolder) -> None:
        course = [
            prompt
            for module in folder.modules
            for prompt in bringing_back.prompts_in(module.body, f"{module.name}.md")
        ]
        self._say_mistakes(bringing_back.mistakes_in(course))
        for edition in folder.editions:
            path = f"editions/{edition.slug}.md"
            own = [
                prompt
                for _module, _place, blocks in edition.additions
                for prompt in bringing_back.prompts_in(blocks, path)
            ]
            self._say_mistakes(bringing_back.mistakes_in(own, course))

    def _say_mistakes(self, mistakes) -> None:
        for mistake in mistakes:
            prompt = mistake.prompt
            line = self.block_lines.get(prompt.place, {}).get(prompt.block_id, 0)
            self.notes.about(prompt.place)(line, f"{mistake.way}: {mistake.words}")

    # --- modules --------------------------------------------------------------------------------------

    def module(self, name: str) -> ModuleFile:
        """The module in the file ``name.md``."""
        path = f"{name}.md"
        say = self.notes.about(path)
        nodes = tree(self.text(path)).children
        found = front_matter(nodes, say)
        self.lines[path] = found.lines
        read, limit = found.read, limits(CoursePage)
        key = read("id", fields.identity, needed=True)
        if key in self.module_keys:
            found.wrong("id", f"this is the identity of {self.module_keys[key]} already: make a new one.")
        self.module_keys[key] = path
        module = ModuleFile(
            name=name,
            key=key,
            title=read("title", fields.words(limit("title")), needed=True, default=""),
            summary=read("summary", fields.words(limit("summary")), default=""),
            minutes=read("minutes", fields.whole(1, 600), default=20),
            standards=read("standards", fields.list_of(fields.words(40)), default=[]),
            objectives=read("objectives", fields.list_of(fields.words(300)), default=[]),
            audiences=self._shown_to(found, path),
            required=read("required", fields.truth, default=True),
            **teamwork_in(found, limit),
            image=self._picture(found, path),
            image_alt=read("image_alt", fields.words(limit("image_alt")), default=""),
        )
        found.nothing_else()
        reader = Reader(Names(key or NO_KEY), say)
        module.body = reader.stream(nodes)
        self.take_from(reader, path)
        self.anchors[name] = set(reader.found_anchors)
        return module

    def take_from(self, reader: Reader, path: str) -> None:
        """Keep what a body's reader found in the file at ``path``: its files, audiences, and lines."""
        reader.check_identities()
        self.block_lines.setdefault(path, {}).update(reader.lines_of_blocks())
        for asset, line in reader.assets:
            self.used.setdefault(asset, (path, line))
        self.named_audiences.extend((path, slug, line) for slug, line in reader.found_audiences)

    # --- files ----------------------------------------------------------------------------------------

    def _check_paths(self) -> None:
        for path, (file, line) in self.used.items():
            say = self.notes.about(file)
            if isinstance(path, str) and path.endswith(".md"):
                if not (path in self.files and _MODULE.fullmatch(path)):
                    say(line, f"There is no module {path} in this folder to link to.")
            elif not isinstance(path, str) or not _ASSET.fullmatch(path):
                say(line, f"“{path}”: pictures stand in images/, documents in documents/, in this folder.")
            elif path not in self.files:
                say(line, f"There is no file {path} in this folder.")
            elif path.startswith("images/") and (why := why_not_a_picture(path, self.files[path])):
                self.notes.about(path)(0, why)
        for path in self.files:
            is_known = (
                path in ("course.yaml", "audiences.yaml")
                or any(shape.fullmatch(path) for shape in (_MODULE, _EDITION, _ASSET))
                or is_words(path)
            )
            if not is_known and path.endswith((".md", ".yaml", ".yml")):
                self.notes.about(path)(
                    0,
                    "A module's file is named like 01-some-words.md, an edition's editions/place.md, and in "
                    "the folder of a language, such as es/, stand course.yaml and files named as here.",
                )


def _hours_by_category(value) -> dict:
    return {str(category): fields.hours(number) for category, number in fields.mapping(value).items()}


def _rule(value) -> dict:
    rule = {}
    for kind, values in fields.mapping(value).items():
        fields.one_of(Audience.KINDS)(kind)
        one = {
            "levels": fields.one_of(Building.Level.values),
            "roles": fields.one_of(Position.Role.values),
            "languages": fields.words(20),
        }.get(kind, fields.words(80))
        if found := fields.list_of(one)(values):
            rule[kind] = found
    return rule
