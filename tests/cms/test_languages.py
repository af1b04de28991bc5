"""A course in several languages: one course, with the same to do for everybody, in their own words."""

import json

import pytest
from django.utils import translation

from cms import catalog, languages, tailoring
from cms.models import Audience, ContentChange, CoursePage, Edition, ModulePage
from cms.shelving import shelf_for
from cms.standpoints import MASTER, standpoint_of
from roster.standing import standing_of
from tests.factories import (
    block,
    body_json,
    check,
    make_course,
    make_module,
    reflection,
    text,
    translated,
)

FIRST, ASKED, CHECKED = (f"0000000{n}-0000-4000-8000-000000000000" for n in (1, 2, 3))


def in_spanish(stored, **words):
    """A stored block with some of its fields said in Spanish."""
    return {**stored, "value": {**stored["value"], **words}}


@pytest.fixture
def course(db):
    """A course of two modules, the first of a text, a prompt and a check."""
    course = make_course("Foundations", modules=0)
    make_module(course, title="First", body=blocks())
    make_module(course, title="Second")
    return course


def blocks(**prompt):
    return [
        {**text("Hello."), "id": FIRST},
        reflection("Why?", ASKED, **prompt),
        check("Which?", CHECKED),
    ]


@pytest.fixture
def spanish(course):
    """Its first module in Spanish."""
    first = modules_of(course)[0]
    translated(course, "es", title="Fundamentos", summary="De qué trata.")
    hello, prompt, asked = blocks()
    answers = [
        {**item, "value": {**item["value"], "text": f"<p>Respuesta {n}</p>"}}
        for n, item in enumerate(asked["value"]["answers"])
    ]
    body = [
        in_spanish(hello, body="<p>Hola.</p>"),
        in_spanish(prompt, question="<p>¿Por qué?</p>"),
        in_spanish(asked, question="<p>¿Cuál?</p>", answers=answers),
    ]
    return translated(first, "es", title="Primero", body=body)


def modules_of(course):
    return list(ModulePage.objects.child_of(course))


def read(course, language, standpoint=MASTER):
    """The first module as it is read in a language."""
    with translation.override(language):
        loaded = tailoring.load(tailoring.course_of(course.translation_key))
    return loaded.resolve(loaded.modules[0], standpoint)


def words(block):
    return str(block.value.get("body") or block.value.get("question"))


# --- words and parts -----------------------------------------------------------------------------------


def test_each_reads_in_their_language_and_the_rest_in_the_source_s(course, spanish):
    with translation.override("es"):
        loaded = tailoring.load(tailoring.course_of(course.translation_key))
    assert loaded.course.title == "Fundamentos"
    assert loaded.course.pk == course.pk
    assert [module.title for module in loaded.modules] == ["Primero", "Second"]
    first, second = (module.spoken for module in loaded.modules)
    assert (first.language, first.offered, first.is_missing) == ("es", ("en", "es"), False)
    assert (second.language, second.offered, second.is_missing) == ("en", ("en",), True)
    assert [words(one) for one in read(course, "es").blocks] == [
        "<p>Hola.</p>",
        "<p>¿Por qué?</p>",
        "<p>¿Cuál?</p>",
    ]
    assert [one.language for one in read(course, "es").blocks] == ["es"] * 3
    assert [words(one) for one in read(course, "en").blocks][0] == "<p>Hello.</p>"
    assert [one.language for one in read(course, "ar").blocks] == ["en"] * 3


def test_everybody_has_the_same_to_do_though_a_translation_lags(course, spanish):
    first = modules_of(course)[0]
    new = reflection("And now?")
    body = [new, *blocks(required=False, minimum_words=40)]
    first.body = ModulePage._meta.get_field("body").to_python(body_json(body))
    first.save_revision().publish()
    here, there = read(course, "en"), read(course, "es")
    assert here.required_items == there.required_items
    assert [block.id for block in here.blocks] == [block.id for block in there.blocks]
    assert [block.language for block in there.blocks] == ["en", "es", "es", "es"]
    assert there.blocks[2].value["minimum_words"] == 40
    assert there.module.spoken.lags


def test_a_check_with_an_answer_that_the_translation_lacks_stays_whole(course, spanish):
    first = modules_of(course)[0]
    hello, prompt, _asked = blocks()
    body = [hello, prompt, check("Which?", CHECKED, answers=4)]
    first.body = ModulePage._meta.get_field("body").to_python(body_json(body))
    first.save_revision().publish()
    asked = read(course, "es").blocks[2]
    assert (asked.language, len(asked.value["answers"])) == ("en", 4)


def test_what_only_repeats_the_source_is_marked_as_in_its_language(course, spanish):
    spanish.body = ModulePage._meta.get_field("body").to_python(body_json(blocks()))
    spanish.save_revision().publish()
    assert {block.language for block in read(course, "es").blocks} == {"en"}


def test_blocks_inside_variants_are_worded_one_by_one(course):
    inner, other = text("For some."), text("For all.")
    raw = block(
        "variants",
        options=[{"type": "item", "id": ASKED, "value": {"audiences": ["few"], "blocks": [inner]}}],
        otherwise=[other],
    )
    first = modules_of(course)[1]
    first.body = ModulePage._meta.get_field("body").to_python(body_json([raw]))
    first.save_revision().publish()
    said = in_spanish(raw, options=[], otherwise=[in_spanish(other, body="<p>Para todos.</p>")])
    page = translated(first, "es", body=[said])
    merged = languages.spoken_module(modules_of(course)[1], page)
    variants = merged.body[0].value
    assert str(variants["otherwise"][0].value["body"]) == "<p>Para todos.</p>"
    assert str(variants["options"][0]["blocks"][0].value["body"]) == "<p>For some.</p>"
    assert merged.spoken.unspoken == {inner["id"]}


def test_an_edition_written_on_one_language_speaks_in_all(course, spanish, building, teacher):
    addition = {"module": spanish.pk, "place": "end", "blocks": [text("From the river.")]}
    changes = json.dumps([{"type": "addition", "value": addition, "id": ASKED}])
    Edition.objects.create(course_key=course.translation_key, building=building, live=True, changes=changes)
    for language in ("en", "es"):
        last = read(course, language, standpoint_of(teacher)).blocks[-1]
        assert (words(last), last.source, last.language) == ("<p>From the river.</p>", "building", "en")


def test_rules_are_the_source_s(course, spanish, teacher):
    Audience.objects.create(slug="nobody", name="Nobody", include={"roles": ["coach"]}, exclude={})
    CoursePage.objects.filter(pk=course.pk).update(audiences=["nobody"])
    with translation.override("es"):
        assert catalog.find(standpoint=standpoint_of(teacher)) == []


# --- where courses are found ---------------------------------------------------------------------------


def test_the_catalog_has_each_course_once_in_the_reader_s_words(course, spanish):
    with translation.override("es"):
        (card,) = catalog.find(standpoint=MASTER)
        found = catalog.find(standpoint=MASTER, wishes=catalog.Wishes(language="es"))
    assert (card.page.title, card.modules, card.page.url) == ("Fundamentos", 2, "/es/catalog/foundations/")
    assert len(found) == 1
    (card,) = catalog.find(standpoint=MASTER)
    assert (card.page.title, card.page.url) == ("Foundations", "/catalog/foundations/")
    assert catalog.find(standpoint=MASTER, wishes=catalog.Wishes(language="ar")) == []


def test_an_unpublished_source_takes_the_course_down_in_every_language(course, spanish, client):
    course.unpublish()
    with translation.override("es"):
        assert tailoring.course_of(course.translation_key) is None
        assert catalog.find(standpoint=MASTER) == []
    assert client.get("/es/catalog/foundations/").status_code == 404


def test_aliases_are_no_translations(course):
    locale = languages.CoursePage.objects.get(pk=course.pk).locale
    assert locale.language_code == "en"
    arabic = translated(course.get_parent(), "ar")
    course.copy_for_translation(arabic.locale, alias=True)
    with translation.override("ar"):
        assert tailoring.course_of(course.translation_key).spoken.offered == ("en",)


def test_a_course_page_links_its_other_languages_and_keeps_its_facts(course, spanish, client):
    page = client.get("/es/catalog/foundations/").content.decode()
    assert '<html lang="es" dir="ltr"' in page
    assert 'hreflang="en" href="http://testserver/catalog/foundations/"' in page
    assert 'hreflang="es" href="http://testserver/es/catalog/foundations/"' in page
    assert 'hreflang="x-default"' in page
    assert "Fundamentos" in page
    assert '<h3 lang="en" dir="ltr">Second</h3>' in page
    assert "hreflang" not in client.get(course.get_parent().url).content.decode()


def test_memory_holds_a_course_once_a_language_and_sees_a_translation_change(course, spanish, teacher):
    standing, key = standing_of(teacher), course.translation_key
    assert shelf_for(key, standing).tailoring.course.title == "Foundations"
    with translation.override("es"):
        assert shelf_for(key, standing).tailoring.modules[0].title == "Primero"
        spanish.title = "El primero"
        spanish.save_revision().publish()
        assert shelf_for(key, standing).tailoring.modules[0].title == "El primero"


# --- what editors are told -----------------------------------------------------------------------------


def test_a_translation_s_publish_is_a_change_of_its_own(course, spanish):
    newest = ContentChange.objects.filter(kind="module", title="Primero").first()
    assert newest.subject == f"{spanish.translation_key}:es"
    assert newest.course_key == course.translation_key
