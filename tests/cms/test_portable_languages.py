"""A course travels with its translations: the same keys, the same blocks, and nothing guessed."""

import pytest
from django.core.management import call_command
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms import tailoring, translating
from cms.models import CoursePage, ModulePage
from cms.portable import reading, writing
from cms.portable.exporting import export_course
from cms.portable.importing import import_course
from cms.portable.mistakes import CannotImport
from cms.portable.site import set_up_site
from cms.standpoints import MASTER

COURSE = """id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
title: Whose knowledge counts
summary: A short course.
service: professional-development
outcomes:
  - You will see more.
team_service: data-coaching
team_words: Ask it with your team.
"""
MODULE = """---
id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a02
title: First
objectives:
  - See it.
---

Hello.

## A heading

:::check {#which kind=single}
Which one?

- [ ] This
  > No.
- [x] That
:::

Between.

:::reflection {#why words=20 share=private}
Why?
:::
"""
ES = """id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
slug: saberes
title: Los saberes de quién
summary: Un curso breve.
outcomes: [Verá más.]
team_words: Pregúntenlo en equipo.
"""
ES_MODULE = """---
id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a02
title: Primero
objectives: [Verlo.]
---

Hola.

## Un título

:::check {#which kind=single}
¿Cuál?

- [ ] Este
  > No es este.
- [x] Ese
:::

En medio.

:::reflection {#why words=20 share=private}
¿Por qué?
:::
"""
SECOND = MODULE.replace("9a02", "9a03").replace("First", "Second")


def files(**changes):
    """The folder's files, some of them changed: ``es__01`` is es/01-first.md."""
    texts = {
        "course.yaml": COURSE,
        "01-first.md": MODULE,
        "02-second.md": SECOND,
        "es/course.yaml": ES,
        "es/01-first.md": ES_MODULE,
    }
    return {path: text.encode() for path, text in (texts | changes).items()}


def read(**changes):
    return reading.read("knowledge", files(**changes))


@pytest.fixture
def site(db):
    set_up_site()


def module(language):
    return ModulePage.objects.get(
        locale__language_code=language, title={"en": "First", "es": "Primero"}[language]
    )


# --- pairing -------------------------------------------------------------------------------------------


def test_each_block_takes_the_identity_of_what_it_translates():
    folder = read()
    source, words = folder.modules[0].body, folder.translations[0].modules[0].body
    assert [block["id"] for block in words] == [block["id"] for block in source]
    ids = [[item["id"] for item in body[2]["value"]["answers"]] for body in (source, words)]
    assert ids[0] == ids[1]
    assert words[2]["value"]["answers"][1]["value"]["text"] == "<p>Ese</p>"
    assert folder.warnings == []


def test_the_canonical_form_of_a_translation_is_its_own():
    folder = read()
    written = writing.write(folder)
    assert written["es/01-first.md"].decode() == ES_MODULE
    assert written["es/course.yaml"].decode() == ES
    again = reading.read("knowledge", written)
    assert (again.translations, again.warnings) == (folder.translations, [])


def test_a_source_that_goes_ahead_leaves_the_translation_whole_where_it_is_certain():
    ahead = MODULE.replace(":::check", ":::reflection {#new words=5 share=private}\nNew?\n:::\n\n:::check")
    folder = read(**{"01-first.md": ahead})
    words = folder.translations[0].modules[0].body
    assert [block["value"].get("anchor") for block in words] == [None, None, "which", None, "why"]
    (warning,) = folder.warnings
    assert (warning.file, warning.line) == ("es/01-first.md", 0)
    assert "#new" in warning.sentence
    written = writing.write(folder)
    assert reading.read("knowledge", written).translations == folder.translations


def test_texts_that_cannot_be_told_apart_stay_in_the_source_s_words():
    ahead = MODULE.replace("Between.\n", "Between.\n\n## Another\n\nAnd more.\n")
    folder = read(**{"01-first.md": ahead})
    words = folder.translations[0].modules[0].body
    assert [block["type"] for block in words] == ["text", "heading", "check", "reflection"]
    (warning,) = folder.warnings
    assert (warning.file, warning.line) == ("es/01-first.md", 19)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("- [x] Ese\n", "- [x] Ese\n- [ ] Aquel\n", 14, "3 answers"),
        (
            "- [ ] Este\n  > No es este.\n- [x] Ese",
            "- [x] Ese\n- [ ] Este\n  > No es este.",
            14,
            "another order",
        ),
        ("  > No es este.\n", "", 14, "words are missing"),
    ],
)
def test_a_check_that_differs_stays_whole_in_the_source_s_words(old, new, line, said):
    folder = read(**{"es/01-first.md": ES_MODULE.replace(old, new)})
    (warning,) = folder.warnings
    assert (warning.file, said in warning.sentence) == ("es/01-first.md", True)
    assert "check" not in [block["type"] for block in folder.translations[0].modules[0].body]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "said"),
    [
        ("es/01-first.md", "#why", "#whither", 22, "The source has no #whither"),
        ("es/01-first.md", "9a02", "9a09", 2, "has the identity of what it translates"),
        ("es/01-first.md", "id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a02\n", "", 2, "“id” is missing"),
        ("es/01-first.md", "title: Primero", "title: Primero\nminutes: 5", 4, "the source says that"),
        ("es/course.yaml", "title: Los saberes de quién\n", "", 1, "“title” is missing"),
    ],
)
def test_mistakes_are_told_with_file_and_line(path, old, new, line, said):
    text = {"es/01-first.md": ES_MODULE, "es/course.yaml": ES}[path].replace(old, new)
    with pytest.raises(CannotImport) as caught:
        read(**{path: text})
    mistake = caught.value.mistakes[0]
    assert (mistake.file, said in mistake.sentence) == (path, True), str(mistake)
    assert mistake.line in (line, line - 1)


def test_a_module_that_the_source_lacks_is_a_mistake():
    with pytest.raises(CannotImport, match=r"es/09-gone.md: There is no 09-gone.md in the source"):
        read(**{"es/09-gone.md": ES_MODULE})


# --- in and out ----------------------------------------------------------------------------------------


def test_translations_come_in_as_pages_of_the_same_keys_and_go_out_the_same(site):
    outcome = import_course(read())
    assert outcome.translations_changed == ["Los saberes de quién (es)", "Primero (es)"]
    here, there = module("en"), module("es")
    assert there.translation_key == here.translation_key
    assert [block.id for block in there.body] == [block.id for block in here.body]
    assert there.url == "/es/catalog/saberes/first/"
    course = CoursePage.objects.get(locale__language_code="en")
    assert export_course(course)["es/01-first.md"].decode() == ES_MODULE
    assert export_course(course)["es/course.yaml"].decode() == ES
    assert import_course(reading.read("knowledge", export_course(course))).changes_nothing


def test_a_course_s_folder_is_no_shelf_of_its_languages(site, tmp_path):
    for path, text in files().items():
        (tmp_path / "knowledge" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "knowledge" / path).write_bytes(text)
    call_command("import_course", str(tmp_path / "knowledge"))
    call_command("import_course", str(tmp_path))
    assert CoursePage.objects.count() == 2


def test_only_what_changed_in_a_language_gets_a_new_revision(site):
    import_course(read())
    revision = module("es").latest_revision_id
    changed = read(**{"es/course.yaml": ES.replace("breve", "corto")})
    outcome = import_course(changed)
    assert outcome.translations_changed == ["Los saberes de quién (es)"]
    assert module("es").latest_revision_id == revision
    assert not outcome.course_changed


def test_a_language_that_the_site_lacks_is_told(site):
    somali = {"so/course.yaml": ES.encode(), "so/01-first.md": ES_MODULE.encode()}
    with pytest.raises(CannotImport, match=r"so/course.yaml: This site isn't offered in “so”"):
        import_course(reading.read("knowledge", files() | somali))


def test_a_folder_without_languages_leaves_translations_alone(site):
    import_course(read())
    alone = {path: text for path, text in files().items() if not path.startswith("es/")}
    assert import_course(reading.read("knowledge", alone)).changes_nothing
    assert module("es").live


# --- with wagtail-localize -------------------------------------------------------------------------------


def test_translators_go_on_from_what_was_imported(site):
    import_course(read())
    assert translating.take_up(module("en").pk, "es") > 8
    translation = Translation.objects.get(source__object_id=module("en").translation_key)
    assert translation.target_locale == Locale.objects.get(language_code="es")
    done, of = translation.get_progress()[::-1]
    assert done == of
    translation.save_target(publish=False)
    hello, _heading, asked, *_rest = module("es").get_latest_revision_as_object().body
    assert hello.value["body"].source == "<p>Hola.</p>"
    assert asked.value["answers"][1]["text"].source == "<p>Ese</p>"


def test_a_source_published_anew_has_its_translation_wait_and_readers_keep_the_last(site):
    import_course(read())
    translating.take_up(module("en").pk, "es")
    source = module("en")
    source.summary = "New words."
    source.save_revision().publish()
    translating.renew_source(source.pk)
    frozen = TranslationSource.objects.get(object_id=source.translation_key)
    done, of = frozen.translations.get().get_progress()[::-1]
    assert done == of - 1
    course = tailoring.load(CoursePage.objects.get(locale__language_code="es"))
    assert course.modules[0].title == "Primero"
    assert course.resolve(course.modules[0], MASTER).blocks[0].language == "es"


def test_an_anchor_is_no_sentence_to_translate(site):
    import_course(read())
    source, _new = TranslationSource.update_or_create_from_instance(module("en"))
    said = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert not {"which", "why", "private"} & said
    assert "Why?" in said
