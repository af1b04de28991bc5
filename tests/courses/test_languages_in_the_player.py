"""Taking a module in one's own language, and changing the language in the middle of it."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from courses import certifying, completing, enrolling, reflecting, studying
from courses.curricula import curriculum_of
from courses.models import Enrollment, ModuleProgress
from courses.sweeping import _remind
from tests import factories
from tests.courses.doing import finish

HELLO, WHY, WHICH = (f"0000000{n}-0000-4000-8000-000000000000" for n in (1, 2, 3))


def blocks():
    return [
        {**factories.text("Hello there."), "id": HELLO},
        factories.reflection("Why?", WHY),
        factories.check("Which one?", WHICH),
    ]


def said_in(words, answer):
    """The blocks with their words said otherwise."""
    hello, why, which = blocks()
    answers = [
        {**item, "value": {**item["value"], "text": f"<p>{answer} {n}</p>"}}
        for n, item in enumerate(which["value"]["answers"])
    ]
    return [
        {**hello, "value": {**hello["value"], "body": f"<p>{words[0]}</p>"}},
        {**why, "value": {**why["value"], "question": f"<p>{words[1]}</p>"}},
        {**which, "value": {**which["value"], "question": f"<p>{words[2]}</p>", "answers": answers}},
    ]


@pytest.fixture
def course(db):
    """Two modules; the first is in Spanish and Arabic too."""
    course = factories.make_course("Foundations", modules=0)
    first = factories.make_module(course, title="First", body=blocks())
    factories.make_module(course, title="Second", body=[factories.text("More.")])
    factories.translated(course, "es", title="Fundamentos")
    body = said_in(["Hola a todos.", "¿Por qué?", "¿Cuál?"], "Respuesta")
    factories.translated(first, "es", title="Primero", body=body)
    factories.translated(course, "ar", title="أسس")
    body = said_in(["مرحبًا بكم.", "لماذا؟", "أيّ واحد؟"], "جواب")
    factories.translated(first, "ar", title="الأولى", body=body)
    return course


@pytest.fixture
def enrollment(course, teacher):
    return enrolling.enroll(person=teacher, course=course)


@pytest.fixture
def url(enrollment):
    key = curriculum_of(enrollment).modules[0].key
    return reverse("courses:module", args=[enrollment.pk, key])


def speak(person, language):
    person.language = language
    person.save(update_fields=["language"])


def first_of(enrollment):
    curriculum = curriculum_of(Enrollment.objects.get(pk=enrollment.pk))
    return curriculum.resolve(curriculum.modules[0].key)


def test_the_switch_in_a_module_keeps_place_answers_and_progress(client_of, teacher, enrollment, url):
    client = client_of(teacher)
    page = client.get(url).content.decode()
    assert 'name="language" value="es" lang="es">Español</button>' in page
    assert 'name="language" value="ar" lang="ar">العربيّة</button>' in page
    studying.remember_place(enrollment=enrollment, module_key=first_of(enrollment).key, place=WHICH)
    saving = {"enrollment": enrollment, "module_key": first_of(enrollment).key, "block_id": WHY}
    reflecting.save(**saving, text="Because I asked.", based_on=0)
    answers = [item.id for item in first_of(enrollment).block(WHICH).value["answers"].bound_blocks]
    client.post(
        reverse("courses:check", args=[enrollment.pk, saving["module_key"], WHICH]),
        {"choice": answers[0], "number": 1},
    )
    before = ModuleProgress.objects.get()

    answer = client.post(reverse("set_language"), {"language": "es", "next": url}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == url
    assert '<html lang="es" dir="ltr"' in page
    assert "Hola a todos." in page
    assert "Because I asked." in page
    assert f'data-resume-at="{WHICH}"' in page
    assert "Respuesta 0" in page
    teacher.refresh_from_db()
    assert teacher.language == "es"
    after = ModuleProgress.objects.get()
    assert (after.required, after.done) == (before.required, before.done)
    assert after.done == 2


def test_a_module_in_arabic_runs_from_right_to_left(client_of, teacher, url):
    speak(teacher, "ar")
    page = client_of(teacher).get(url).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "مرحبًا بكم." in page
    assert "<h1>الأولى</h1>" in page
    assert "تأمّل" in page  # the interface, where a learner is


def test_a_module_without_a_translation_says_so_and_is_marked(client_of, teacher, enrollment):
    speak(teacher, "es")
    key = curriculum_of(Enrollment.objects.get()).modules[1].key
    page = client_of(teacher).get(reverse("courses:module", args=[enrollment.pk, key])).content.decode()
    assert "Este módulo está en inglés: su versión en español aún no está lista." in page
    assert '<h1 lang="en" dir="ltr">Second</h1>' in page
    assert 'lang="en" dir="ltr"' in page.split("More.")[0].rsplit("<div", 1)[1]


def test_a_part_that_lags_speaks_its_own_language_before_and_after_it_is_answered(
    client_of, teacher, enrollment, course, url
):
    page = course.get_children().first().specific
    new = factories.reflection("Something new?")
    page.body = page._meta.get_field("body").to_python(factories.body_json([*blocks(), new]))
    page.save_revision().publish()
    speak(teacher, "es")
    client = client_of(teacher)
    shown = client.get(url).content.decode()
    assert "algunas partes son más nuevas que su traducción" in shown.lower()
    outer = shown.split("Something new?")[0].rsplit("<section", 1)[1]
    assert 'lang="en" dir="ltr"' in outer
    assert "Reflection" in outer


def test_everybody_has_as_many_parts_to_do(teacher, enrollment):
    english = first_of(enrollment).required_items
    for language in ("es", "ar"):
        speak(teacher, language)
        assert first_of(enrollment).required_items == english


def test_records_and_certificates_are_in_the_language_of_the_person(teacher, enrollment):
    speak(teacher, "es")
    enrollment = Enrollment.objects.get()
    for module in curriculum_of(enrollment).modules:
        finish(enrollment, curriculum_of(enrollment).resolve(module.key))
    completing.recompute_course(enrollment.course_key)
    assert sorted(ModuleProgress.objects.values_list("title", flat=True)) == ["Primero", "Second"]
    enrollment.refresh_from_db()
    assert (enrollment.is_complete, enrollment.course_title) == (True, "Fundamentos")
    snapshot = certifying.issue(enrollment).snapshot
    assert (snapshot["language"], snapshot["course"]) == ("es", "Fundamentos")


def test_notices_name_the_course_as_its_reader_knows_it(
    teacher, enrollment, django_capture_on_commit_callbacks
):
    speak(teacher, "es")
    Enrollment.objects.update(due_on=timezone.localdate() + datetime.timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        _remind(Enrollment.objects.select_related("person").get(), 3)
    (message,) = mail.outbox
    assert "Fundamentos" in message.subject


def test_the_desk_and_the_outline_speak_it_too(client_of, teacher, enrollment, url):
    speak(teacher, "es")
    client = client_of(teacher)
    assert "Fundamentos" in client.get(reverse("courses:learning")).content.decode()
    page = client.get(url).content.decode()
    assert '<span lang="en" dir="ltr">Second</span>' in page
    assert "<span>Primero</span>" in page
