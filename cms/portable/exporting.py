"""Exporting: a course in the database as a ``CourseFolder``."""

from cms import languages
from cms.models import Audience, CoursePage, Edition, ModulePage
from cms.portable.assets import Outgoing, exchange_links, link_out, replaced
from cms.portable.folders import AudienceFile, CourseFolder, CourseWords, EditionFile, ModuleFile, ModuleWords
from cms.portable.writing import named_audiences, write


def export_course(course: CoursePage) -> dict[str, bytes]:
    """The files of a course as it is published, by their path inside its folder."""
    return write(folder_of(course))


def folder_of(course: CoursePage) -> CourseFolder:
    """A course as it is published: its live modules and editions, what they name, and their files."""
    modules = list(ModulePage.objects.child_of(course).live().order_by("path").select_related("image"))
    names = {page.pk: f"{number:02d}-{page.slug}" for number, page in enumerate(modules, start=1)}
    keys = {page.translation_key: names[page.pk] for page in modules}
    others = ModulePage.objects.filter(translation_key__in=keys).exclude(pk__in=names)
    # A translation may link to, and an edition may be written on, the pages of another language.
    names |= {pk: keys[key] for pk, key in others.values_list("pk", "translation_key")}
    outgoing = Outgoing()
    ways = {
        "image": outgoing.image,
        "document": outgoing.document,
        "link": link_out(names, outgoing),
    }
    folder = _course(course, outgoing, ways)
    folder.modules = [_module(page, names[page.pk], outgoing, ways) for page in modules]
    folder.editions = _editions(course, names, ways)
    folder.translations = _translations(course, modules, names, outgoing, ways)
    named = named_audiences(folder)
    folder.audience_files = [
        AudienceFile(one.slug, one.name, one.description, one.include, one.exclude)
        for one in Audience.objects.filter(slug__in=named).order_by("slug")
    ]
    folder.assets = outgoing.assets
    return folder


def _translations(course, modules, names, outgoing, ways) -> list[CourseWords]:
    """The course's published translations, by language."""
    found = []
    for page in languages.translations_of(course)[1:]:
        known = {one.translation_key: one for one in modules}
        words = CourseWords(
            language=page.locale.language_code,
            slug=page.slug,
            title=page.title,
            summary=page.summary,
            for_whom=page.for_whom,
            why=exchange_links(page.why, ways["link"]),
            outcomes=[str(one.value) for one in page.outcomes],
            team_words=page.team_words,
            image_alt=page.image_alt,
        )
        pages = ModulePage.objects.live().filter(translation_key__in=known, locale=page.locale, alias_of=None)
        words.modules = sorted(
            (_module_words(one, names[known[one.translation_key].pk], ways) for one in pages),
            key=lambda one: one.name,
        )
        found.append(words)
    return sorted(found, key=lambda words: words.language)


def _module_words(page: ModulePage, name: str, ways: dict) -> ModuleWords:
    return ModuleWords(
        name=name,
        key=page.translation_key,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        objectives=[str(one.value) for one in page.objectives],
        team_words=page.team_words,
        image_alt=page.image_alt,
        body=replaced(page.body.get_prep_value(), **ways),
    )


def _course(course: CoursePage, outgoing: Outgoing, ways: dict) -> CourseFolder:
    return CourseFolder(
        slug=course.slug,
        key=course.translation_key,
        title=course.title,
        summary=course.summary,
        service=course.service,
        language=course.locale.language_code,
        for_whom=course.for_whom,
        why=exchange_links(course.why, ways["link"]),
        outcomes=[str(one.value) for one in course.outcomes],
        topics=_topics(course),
        standards=[one.code for one in course.standards.all()],
        clock_hours={one.category.slug: one.hours for one in course.clock_hours.select_related("category")},
        is_facilitated=course.is_facilitated,
        asks_for_evaluation=course.asks_for_evaluation,
        certificate_design=course.certificate_design,
        signatory=course.signatory,
        signatory_title=course.signatory_title,
        approval_number=course.approval_number,
        approved_on=course.approved_on,
        approved_until=course.approved_until,
        team_service=course.team_service,
        team_words=course.team_words,
        image=outgoing.image(course.image_id) if course.image_id else "",
        image_alt=course.image_alt,
        audiences=list(course.audiences),
    )


def _topics(course: CoursePage) -> list[str]:
    """In the order in which the author gave them."""
    rows = course.tagged_topics.select_related("tag").order_by("pk")
    return [row.tag.name for row in rows]


def _module(page: ModulePage, name: str, outgoing: Outgoing, ways: dict) -> ModuleFile:
    return ModuleFile(
        name=name,
        key=page.translation_key,
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        standards=[one.code for one in page.standards.all()],
        objectives=[str(one.value) for one in page.objectives],
        audiences=list(page.audiences),
        required=page.required,
        team_service=page.team_service,
        team_words=page.team_words,
        image=outgoing.image(page.image_id) if page.image_id else "",
        image_alt=page.image_alt,
        body=replaced(page.body.get_prep_value(), **ways),
    )


def _editions(course: CoursePage, names: dict[int, str], ways: dict) -> list[EditionFile]:
    rows = Edition.objects.filter(course_key=course.translation_key, live=True)
    editions = [_edition(row, names, ways) for row in rows.select_related("building", "district")]
    return sorted(editions, key=lambda edition: edition.slug)


def _edition(row: Edition, names: dict[int, str], ways: dict) -> EditionFile:
    keys = ModulePage.objects.filter(pk__in=names).values_list("pk", "translation_key")
    named = {str(key): names[pk] for pk, key in keys}
    edition = EditionFile(
        slug=row.owner.slug,
        of_district=row.district_id is not None,
        goal=row.goal,
        welcome=row.welcome,
        credit=row.credit,
        days=row.due_in_days,
        order=[named[key] for key in row.order if key in named],
    )
    for change in row.changes.get_prep_value():
        value = change["value"]
        name = names.get(value["module"])
        if name is None:
            continue
        if change["type"] == "standing":
            edition.standings[name] = value["standing"]
        else:
            edition.additions.append((name, value["place"], replaced(value["blocks"], **ways)))
    return edition
