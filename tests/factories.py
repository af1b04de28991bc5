"""The least that a test needs: people, places and courses."""

import datetime
import json
import uuid

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, Site

from cms.models import CatalogPage, CoursePage, HomePage, ModulePage
from roster.models import Building, District, Position, User

PASSWORD = "correct horse battery"


class DistrictFactory(DjangoModelFactory):
    """A district with a name and a goal."""

    class Meta:
        model = District

    name = factory.Sequence(lambda n: f"District {n}")
    slug = factory.Sequence(lambda n: f"district-{n}")
    goal = "Every family is heard."


class BuildingFactory(DjangoModelFactory):
    """A middle school of a district of its own, unless one is given."""

    class Meta:
        model = Building

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Building {n}")
    slug = factory.Sequence(lambda n: f"building-{n}")
    level = Building.Level.MIDDLE
    goal = "Every student is known by name."


class PersonFactory(DjangoModelFactory):
    """A person who can sign in with :data:`PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = "Ada"
    last_name = factory.Sequence(lambda n: f"Person{n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)


class PositionFactory(DjangoModelFactory):
    """A teacher's position at a building, held since long ago."""

    class Meta:
        model = Position

    person = factory.SubFactory(PersonFactory)
    role = Position.Role.TEACHER
    starts_on = datetime.date(2020, 9, 1)


def make_person(role, *, building=None, district=None, **fields) -> User:
    """A person with one position."""
    person = PersonFactory(**fields)
    PositionFactory(person=person, role=role, building=building, district=district)
    return person


def make_teacher(building, **fields) -> User:
    """A teacher of ``building``."""
    return make_person(Position.Role.TEACHER, building=building, **fields)


def make_principal(building, **fields) -> User:
    """The principal of ``building``."""
    return make_person(Position.Role.PRINCIPAL, building=building, **fields)


def block(type_, id_=None, **value) -> dict:
    """One block of a stream in its stored form; rich text is given as HTML."""
    return {"type": type_, "id": str(id_ or uuid.uuid4()), "value": value}


def text(words="Some words.", **value) -> dict:
    """A text block."""
    return block("text", body=f"<p>{words}</p>", **value)


def reflection(question="What did you notice?", id_=None, **value) -> dict:
    """A required reflection prompt, which may be shared as widely as can be."""
    value = {"required": True, "share": "building", "minimum_words": 0, **value}
    return block("reflection", id_, question=f"<p>{question}</p>", **value)


def check(question="Which one?", id_=None, *, right=(0,), answers=3, **value) -> dict:
    """A required check; answer ``n`` has the id ``uuid5(block id, n)`` and the feedback "Feedback n"."""
    id_ = str(id_ or uuid.uuid4())
    listed = [
        {
            "type": "item",
            "id": str(uuid.uuid5(uuid.UUID(id_), str(n))),
            "value": {
                "text": f"<p>Answer {n}</p>",
                "correct": n in right,
                "feedback": f"<p>Feedback {n}</p>",
            },
        }
        for n in range(answers)
    ]
    value = {"kind": "single", "required": True, "attempts": 0, "pass_mark": 100, **value}
    return block("check", id_, question=f"<p>{question}</p>", answers=listed, **value)


def pool(title="A pool", id_=None, *, questions=5, draw=2, **value) -> dict:
    """A required pool; the first answer of each question is right, with the feedback "Feedback 2.0"."""
    id_ = str(id_ or uuid.uuid4())
    listed = []
    for n in range(questions):
        made = check(f"Question {n}?", uuid.uuid5(uuid.UUID(id_), str(n)))["value"]
        for number, answer in enumerate(made["answers"]):
            answer["value"]["feedback"] = f"<p>Feedback {n}.{number}</p>"
        asked = {name: made[name] for name in ("kind", "question", "answers")}
        listed.append({"type": "item", "id": str(uuid.uuid5(uuid.UUID(id_), str(n))), "value": asked})
    value = {"required": True, "attempts": 0, "right": 0, "shuffle": True, **value}
    return block("pool", id_, title=title, questions=listed, draw=draw, **value)


VTT = """WEBVTT

00:00.000 --> 00:04.000
<v Ms. Lund>I read it twice.

00:04.000 --> 00:10.000
The second time I look for &amp; mark one sentence.
"""


def document(name="a.vtt", content=VTT):
    """A document of the library."""
    title, words = name, content if isinstance(content, bytes) else content.encode()
    return get_document_model().objects.create(title=title, file=ContentFile(words, name))


def film(title="A film", id_=None, *, type_="video", **value) -> dict:
    """A film of ten seconds that plays here, with its captions; it needn't be watched."""
    files = {"file": document("film.webm", b"0123456789" * 10).pk, "captions": document().pk}
    value = {"transcript": "<p>All that is said.</p>", "required": "", **files, **value}
    return block(type_, id_, title=title, **value)


def action(what="Try one thing.", id_=None, **value) -> dict:
    """An action step that need not be taken on."""
    return block("action", id_, what=f"<p>{what}</p>", **{"in_days": 7, "required": False, **value})


def the_catalog() -> CatalogPage:
    """The catalog under a home page, made when it isn't there yet."""
    catalog = CatalogPage.objects.first()
    if catalog:
        return catalog
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(title="Home", slug="home-page", headline="Welcome", locale=_locale())
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return home.add_child(instance=CatalogPage(title="Catalog", slug="catalog", locale=_locale()))


def make_course(title="A course", *, modules=2, body=None, **fields) -> CoursePage:
    """A live course with so many modules, each with a text and a reflection unless ``body`` is given."""
    fields = {"summary": "What it is about.", "service": "professional-development", **fields}
    fields.setdefault("asks_for_evaluation", False)
    course = the_catalog().add_child(instance=CoursePage(title=title, locale=_locale(), **fields))
    for number in range(1, modules + 1):
        make_module(course, title=f"Module {number}", body=body)
    return course


def make_module(course, *, title="A module", body=None, **fields) -> ModulePage:
    """A live module at the end of ``course``; ``body`` is a list of stored blocks."""
    body = [text(), reflection()] if body is None else body
    module = ModulePage(title=title, locale=_locale(), **fields)
    module.body = ModulePage._meta.get_field("body").to_python(body_json(body))
    return course.add_child(instance=module)


def body_json(blocks) -> str:
    """Stored blocks as the text that a StreamField reads; each with an identity of its own."""
    fresh = [{**stored, "id": stored.get("id") or str(uuid.uuid4())} for stored in blocks]
    return json.dumps(fresh)


def _locale() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def translated(page, language, *, body=None, **words):
    """The page in another language, live, below its parent's page there; ``body`` are stored blocks."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    again = page.specific.copy_for_translation(locale, copy_parents=True, alias=False)
    again = again.specific
    for name, value in words.items():
        setattr(again, name, value)
    if body is not None:
        again.body = ModulePage._meta.get_field("body").to_python(body_json(body))
    again.save_revision().publish()
    again.refresh_from_db()
    return again
