"""Importing: a ``CourseFolder`` into pages, audiences and editions. All of it, or nothing.

An import over an existing course updates it in place: the pages stay, their records with them, and a
page that wouldn't change gets no new revision.
"""

import json
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.models import (
    Audience,
    ClockHours,
    CoursePage,
    Edition,
    ModulePage,
)
from cms.portable import exporting, writing
from cms.portable.assets import Incoming, link_in, replaced
from cms.portable.folders import CourseFolder, EditionFile, ModuleFile
from cms.portable.grammar import Names
from cms.portable.here import Here
from cms.portable.importing_words import WordsImport
from cms.portable.mistakes import Notes


@dataclass
class Outcome:
    """What an import did. The lists hold titles of modules and short names of places."""

    course: CoursePage
    is_new: bool = False
    course_changed: bool = False
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    editions_changed: list[str] = field(default_factory=list)
    editions: int = 0
    translations_changed: list[str] = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Was everything as the folder has it already?"""
        return not (
            self.is_new
            or self.course_changed
            or self.new
            or self.changed
            or self.unpublished
            or self.editions_changed
            or self.translations_changed
        )


def import_course(folder: CourseFolder) -> Outcome:
    """Bring the database to where ``folder`` is: course, modules in order, audiences, editions; publish them.

    Modules that the folder doesn't have are unpublished, never deleted: records hang on them. Editions
    that it doesn't have stay: they are their buildings'.

    Raises:
        CannotImport: with every mistake; nothing was changed.
    """
    notes = Notes()
    with transaction.atomic(), disable_reference_index_auto_update():
        here = Here(folder, notes)
        here.check()
        notes.stop_on_mistakes()
        work = _Import(folder, here, notes)
        try:
            outcome = work.run()
        except ValidationError as error:
            for name, messages in _messages(error).items():
                notes.about(work.at)(0, f"{name}: {' '.join(messages)}")
        notes.stop_on_mistakes()
        for row in work.touched:
            ReferenceIndex.create_or_update_for_object(row)
    return outcome


def _messages(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"course": error.messages}


class _Import:
    """One import under way. ``at`` is the file that is being seen to, ``touched`` what was saved."""

    def __init__(self, folder: CourseFolder, here: Here, notes: Notes):
        self.folder = folder
        self.here = here
        self.course = here.course
        self.pages = dict(here.pages)
        self.notes = notes
        self.at = "course.yaml"
        self.touched: list = []
        self.incoming = Incoming(folder.assets, prefix=folder.slug, title=folder.title)

    # --- doing it, each thing after what it points to ----------------------------------------------------

    def run(self) -> Outcome:
        """Do it all, in an order in which each thing finds what it points to."""
        self._save_audiences()
        before = exporting.folder_of(self.course) if self.course else None
        outcome = Outcome(course=self.course, is_new=self.course is None)
        self._save_course(outcome, before)
        self._add_modules(outcome)
        self._save_modules(outcome, before)
        self._put_in_order()
        self._unpublish_others(outcome)
        self._save_editions(outcome, before)
        self._save_words(outcome, before)
        return outcome

    def _save_words(self, outcome: Outcome, before: CourseFolder | None) -> None:
        self.at = "course.yaml"
        ways = self._ways({name: page.pk for name, page in self.pages.items()})
        work = WordsImport(self.folder, self.course, self.pages, ways, before)
        work.run()
        self.touched += work.touched
        outcome.translations_changed = work.changed
        outcome.warnings = self.folder.warnings

    def _save_audiences(self) -> None:
        here = set(Audience.objects.values_list("slug", flat=True))
        for audience in self.folder.audience_files:
            if audience.slug not in here:
                Audience.objects.create(
                    slug=audience.slug,
                    name=audience.name,
                    description=audience.description,
                    include=audience.include,
                    exclude=audience.exclude,
                )

    def _is_the_same(self, old: str, new: str, before: CourseFolder) -> bool:
        """Do two texts say the same, and do the files that they name hold the same?"""
        if old != new:
            return False
        files = self.folder.assets
        return not any(path in new for path in files if before.assets.get(path) != files[path])

    def _save_course(self, outcome: Outcome, before: CourseFolder | None) -> None:
        texts = [writing.course_yaml(folder) for folder in (before, self.folder) if folder]
        if before and self.course.live and self._is_the_same(*texts, before):
            outcome.course = self.course
            return
        page = self.course or CoursePage(translation_key=self.folder.key, locale=self.here.locale, live=False)
        self._fill_course(page)
        if page.pk is None:
            self.here.catalog.add_child(instance=page)
        self._publish(page)
        self.course = outcome.course = page
        outcome.course_changed = not outcome.is_new

    def _fill_course(self, page: CoursePage) -> None:
        folder = self.folder
        for name in (
            *(
                "slug",
                "title",
                "summary",
                "service",
                "for_whom",
                "image_alt",
                "audiences",
                "is_facilitated",
                "asks_for_evaluation",
            ),
            *("certificate_design", "signatory", "signatory_title", "approval_number", "approved_on"),
            *("approved_until", "team_service", "team_words"),
        ):
            setattr(page, name, getattr(folder, name))
        page.draft_title = folder.title
        page.why = replaced(folder.why, **self._ways({}))
        page.outcomes = _lines(folder.outcomes, "outcome", Names(folder.key))
        page.image_id = self.incoming.pk(folder.image) if folder.image else None
        page.standards = [self.here.standards[code] for code in folder.standards]
        page.clock_hours = [
            ClockHours(category=self.here.categories[slug], hours=hours)
            for slug, hours in folder.clock_hours.items()
        ]
        page.topics.set(folder.topics, clear=True)

    def _add_modules(self, outcome: Outcome) -> None:
        """Make the pages that are missing, still empty, so that modules can link to each other."""
        for module in self.folder.modules:
            self.at = f"{module.name}.md"
            if module.name not in self.pages:
                page = ModulePage(
                    translation_key=module.key,
                    locale=self.here.locale,
                    live=False,
                    title=module.title,
                    slug=module.slug,
                    minutes=module.minutes,
                )
                self.pages[module.name] = self.course.add_child(instance=page)
                outcome.new.append(module.title)

    def _save_modules(self, outcome: Outcome, before: CourseFolder | None) -> None:
        known = {module.key: module for module in before.modules} if before else {}
        ways = self._ways({name: page.pk for name, page in self.pages.items()})
        for module in self.folder.modules:
            self.at = f"{module.name}.md"
            page, old = self.pages[module.name], known.get(module.key)
            if old and page.live and self._is_the_same(_unnumbered(old), _unnumbered(module), before):
                outcome.unchanged.append(module.title)
                continue
            self._fill_module(page, module, ways)
            self._publish(page)
            if module.title not in outcome.new:
                outcome.changed.append(module.title)

    def _fill_module(self, page: ModulePage, module: ModuleFile, ways: dict) -> None:
        for name in (
            *("slug", "title", "summary", "minutes", "image_alt", "audiences", "required"),
            *("team_service", "team_words"),
        ):
            setattr(page, name, getattr(module, name))
        page.draft_title = module.title
        page.objectives = _lines(module.objectives, "objective", Names(module.key))
        page.image_id = self.incoming.pk(module.image) if module.image else None
        page.standards = [self.here.standards[code] for code in module.standards]
        page.body = json.dumps(replaced(module.body, **ways))

    def _ways(self, modules: dict[str, int]) -> dict:
        """How pictures, documents and links of this folder become rows here."""
        pages = link_in(modules, lambda href: self.notes.about(self.at)(0, f"There is no page {href} here."))

        def link(given: dict) -> dict:
            if given.get("href", "").startswith("documents/"):
                return {"linktype": "document", "id": self.incoming.pk(given["href"])}
            return pages(given)

        return {"image": self.incoming.pk, "document": self.incoming.pk, "link": link}

    def _publish(self, page) -> None:
        page.save_revision().publish()
        self.touched.append(page)

    def _put_in_order(self) -> None:
        wanted = [self.pages[module.name].pk for module in self.folder.modules]
        now = [pk for pk in self.course.get_children().values_list("pk", flat=True) if pk in wanted]
        if now == wanted:
            return
        for pk in wanted:
            Page.objects.get(pk=pk).move(Page.objects.get(pk=self.course.pk), pos="last-child")

    def _unpublish_others(self, outcome: Outcome) -> None:
        listed = [page.pk for page in self.pages.values()]
        for page in ModulePage.objects.child_of(self.course).live().exclude(pk__in=listed):
            page.unpublish()
            self.touched.append(page)
            outcome.unpublished.append(page.title)

    # --- editions -------------------------------------------------------------------------------------

    def _save_editions(self, outcome: Outcome, before: CourseFolder | None) -> None:
        known = {edition.slug: edition for edition in before.editions} if before else {}
        old_keys = {module.name: module.key for module in before.modules} if before else {}
        keys = {module.name: module.key for module in self.folder.modules}
        outcome.editions = len(self.folder.editions)
        for edition in self.folder.editions:
            self.at = f"editions/{edition.slug}.md"
            old = known.get(edition.slug)
            if old and self._is_the_same(_by_keys(old, old_keys), _by_keys(edition, keys), before):
                continue
            self._save_edition(edition, keys)
            outcome.editions_changed.append(edition.slug)

    def _save_edition(self, edition: EditionFile, keys: dict) -> None:
        building, district = self.here.places[edition.slug]
        place = {"district": district} if edition.of_district else {"building": building}
        row = Edition.objects.filter(course_key=self.folder.key, **place).first()
        row = row or Edition(course_key=self.folder.key, live=False, **place)
        row.goal, row.welcome, row.credit = edition.goal, edition.welcome, edition.credit
        row.due_in_days = edition.days
        row.order = [str(keys[name]) for name in edition.order]
        row.changes = json.dumps(self._changes(edition))
        row.full_clean()
        row.save()
        row.save_revision().publish()
        self.touched.append(row)

    def _changes(self, edition: EditionFile) -> list[dict]:
        names = Names(self.folder.key, f"edition/{edition.slug}")
        pks = {name: page.pk for name, page in self.pages.items()}
        ways = self._ways(pks)
        standings = [
            ("standing", {"module": pks[module], "standing": standing})
            for module, standing in edition.standings.items()
        ]
        additions = [
            ("addition", {"module": pks[module], "place": place, "blocks": replaced(blocks, **ways)})
            for module, place, blocks in edition.additions
        ]
        return [
            {"type": type_, "value": value, "id": names.expected(type_, None)}
            for type_, value in standings + additions
        ]


def _by_keys(edition: EditionFile, keys: dict) -> str:
    """An edition's text with its modules called by their keys: the same however they are numbered."""
    called = replace(
        edition,
        order=[str(keys[name]) for name in edition.order],
        standings={str(keys[name]): standing for name, standing in edition.standings.items()},
        additions=[(str(keys[name]), place, blocks) for name, place, blocks in edition.additions],
    )
    return writing.edition_text(called, {str(key): key for key in keys.values()})


def _unnumbered(module: ModuleFile) -> str:
    """What a module is, whatever its place among the others."""
    return f"{module.slug}\n{writing.module_text(module)}"


def _lines(lines: list[str], type_: str, names: Names) -> str:
    return json.dumps([{"type": type_, "value": line, "id": names.expected(type_, None)} for line in lines])
