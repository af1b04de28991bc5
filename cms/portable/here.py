"""What a folder names and this installation has: standards, categories, places, pages. Or hasn't."""

from collections.abc import Iterable

from django.conf import settings
from wagtail.models import Locale, Page

from cms.models import Audience, CatalogPage, ClockHourCategory, CoursePage, LearningStandard, ModulePage
from cms.portable.folders import CourseFolder
from cms.portable.mistakes import Notes
from roster.models import Building, District


class Here:
    """This installation, as far as ``folder`` speaks of it.

    ``course`` and ``pages`` (by the module's file name) are those that are here already, ``places`` the
    building and the district of each short name that has an edition.
    """

    def __init__(self, folder: CourseFolder, notes: Notes):
        self.folder = folder
        self.notes = notes
        self.standards = {one.code: one for one in LearningStandard.objects.all()}
        self.categories = {one.slug: one for one in ClockHourCategory.objects.all()}
        self.locale = Locale.objects.filter(language_code=folder.language).first()
        self.catalog = CatalogPage.objects.order_by("path").first()
        self.places = {slug: self._place(slug) for slug in {edition.slug for edition in folder.editions}}
        self.course: CoursePage | None = None
        self.pages: dict[str, ModulePage] = {}

    def check(self) -> None:
        """Note what the folder names and this installation doesn't have."""
        folder = self.folder
        if self.catalog is None:
            self._wrong("course.yaml", "", "There is no catalog here yet: run manage.py setup_site first.")
        if self.locale is None:
            self._wrong(
                "course.yaml", "language", f"Courses in “{folder.language}” are not set up here (locales)."
            )
        offered = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
        for words in folder.translations:
            if words.language not in offered:
                self._wrong(
                    f"{words.language}/course.yaml",
                    "",
                    f"This site isn't offered in “{words.language}”; it is in {', '.join(offered)}.",
                )
        self._check_codes("course.yaml", folder.standards)
        for category in folder.clock_hours:
            if category not in self.categories:
                known = ", ".join(sorted(self.categories)) or "none: run manage.py import_standards first"
                self._wrong(
                    "course.yaml", "clock_hours", f"There is no category “{category}”; there are {known}."
                )
        for module in folder.modules:
            self._check_codes(f"{module.name}.md", module.standards)
        for edition in folder.editions:
            if self.places[edition.slug][edition.of_district] is None:
                kind = "district" if edition.of_district else "building"
                self._wrong(f"editions/{edition.slug}.md", kind, f"There is no {kind} “{edition.slug}” here.")
        self._check_audiences()
        self._check_keys()

    def _wrong(self, file: str, name: str, sentence: str) -> None:
        self.notes.about(file)(self.folder.lines.get(file, {}).get(name, 0), sentence)

    def _check_codes(self, file: str, codes: Iterable[str]) -> None:
        for code in codes:
            if code not in self.standards:
                self._wrong(
                    file, "standards", f"There is no standard “{code}” here; see fixtures/standards.yaml."
                )

    @staticmethod
    def _place(slug: str) -> tuple[Building | None, District | None]:
        return Building.objects.filter(slug=slug).first(), District.objects.filter(slug=slug).first()

    def _check_audiences(self) -> None:
        known = {
            "districts": set(District.objects.values_list("slug", flat=True)),
            "buildings": set(Building.objects.values_list("slug", flat=True)),
        }
        here = {audience.slug: audience for audience in Audience.objects.all()}
        names = {audience.name: slug for slug, audience in here.items()}
        for audience in self.folder.audience_files:
            say = self.notes.about("audiences.yaml")
            for rule in (audience.include, audience.exclude):
                for kind in known:
                    for slug in set(rule.get(kind, [])) - known[kind]:
                        say(audience.line, f"{audience.slug}: there is no “{slug}” among the {kind} here.")
            existing = here.get(audience.slug)
            if existing and not _same_rule(existing, audience):
                say(
                    audience.line,
                    f"{audience.slug}: there is an audience of this name with another rule "
                    f"(include {existing.include}, exclude {existing.exclude}): "
                    "make them agree, or choose another name.",
                )
            if not existing and audience.name in names:
                say(
                    audience.line,
                    f"{audience.slug}: “{audience.name}” is the name of {names[audience.name]} already.",
                )

    def _check_keys(self) -> None:
        self.course = self._existing(CoursePage, self.folder.key, "course.yaml")
        for module in self.folder.modules:
            page = self._existing(ModulePage, module.key, f"{module.name}.md")
            if page and self.course and not page.is_child_of(self.course):
                self._wrong(
                    f"{module.name}.md", "id", f"This is the identity of a module of “{page.get_parent()}”."
                )
            if page:
                self.pages[module.name] = page

    def _existing(self, model, key, file: str):
        others = Page.objects.filter(translation_key=key, locale=self.locale)
        page = model.objects.filter(pk__in=others).first()
        if page is None and others.exists():
            self._wrong(
                file, "id", f"This is the identity of another page, “{others.first()}”: make a new one."
            )
        return page


def _same_rule(existing: Audience, audience) -> bool:
    def rule(of: dict) -> dict:
        return {kind: sorted(values) for kind, values in of.items() if values}

    return rule(existing.include) == rule(audience.include) and rule(existing.exclude) == rule(
        audience.exclude
    )
