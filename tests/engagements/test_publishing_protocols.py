"""Publishing a protocol makes versions that never change."""

import json

import pytest
from wagtail.models import Locale

from engagements import publishing
from engagements.models import ProtocolVersion, Unchangeable
from engagements.protocols import NotInProtocol
from tests import factories
from tests.engagements.protocols import items, phase, prompt, step, write_protocol

pytestmark = pytest.mark.django_db


def versions(protocol):
    return ProtocolVersion.objects.filter(protocol_key=protocol.translation_key).order_by("number")


def publish(protocol, **changes):
    for name, value in changes.items():
        setattr(protocol, name, value)
    protocol.save_revision().publish()


def test_a_draft_has_no_version():
    protocol = write_protocol(publish=False)
    protocol.save_revision()
    assert not versions(protocol).exists()


def test_publishing_makes_a_version():
    version = versions(write_protocol()).get()
    assert (version.number, version.language, version.title) == (1, "en", "Looking together")


def test_publishing_what_is_published_already_makes_none():
    protocol = write_protocol()
    publish(protocol)
    assert versions(protocol).count() == 1


def test_publishing_a_change_makes_the_next_version_and_leaves_the_first():
    protocol = write_protocol()
    before = versions(protocol).get().structure
    publish(protocol, phases=json.dumps([phase(step(title="Another step"))]))
    first, second = versions(protocol)
    assert (first.number, second.number) == (1, 2)
    assert first.structure == before
    assert second.plan.steps[0].title == "Another step"


def test_a_changed_setting_is_a_change():
    protocol = write_protocol()
    publish(protocol, repeats=True)
    assert versions(protocol).last().plan.settings.repeats


@pytest.mark.parametrize(
    "change",
    [
        lambda version: version.save(),
        lambda version: version.delete(),
        lambda version: ProtocolVersion.objects.all().delete(),
        lambda version: ProtocolVersion.objects.update(title="Other"),
    ],
    ids=["save", "delete", "delete all", "update all"],
)
def test_a_version_can_not_be_changed_or_deleted(change):
    version = versions(write_protocol()).get()
    with pytest.raises(Unchangeable):
        change(version)


def test_a_version_outlives_its_protocol():
    protocol = write_protocol()
    key = protocol.translation_key
    protocol.delete()
    assert ProtocolVersion.objects.filter(protocol_key=key).exists()


def test_a_translation_has_versions_of_its_own_with_the_same_ids():
    protocol = write_protocol(phase(step(id_="11111111-1111-1111-1111-111111111111")))
    spanish = protocol.copy_for_translation(Locale.objects.get_or_create(language_code="es")[0])
    spanish.title = "Mirar juntos"
    spanish.save()
    publish(spanish)
    newest = publishing.newest(protocol.translation_key, "es")
    assert (newest.number, newest.title) == (1, "Mirar juntos")
    assert newest.plan.step("11111111-1111-1111-1111-111111111111")


def test_without_a_translation_the_site_s_own_language_is_read():
    protocol = write_protocol()
    assert publishing.newest(protocol.translation_key, "es").language == "en"


def test_on_offer_is_the_newest_version_of_each_published_protocol():
    protocol = write_protocol()
    publish(protocol, title="Looking again")
    write_protocol(slug="another", title="A draft", publish=False)
    assert [(one.title, one.number) for one in publishing.on_offer("racial-equity-tool")] == [
        ("Looking again", 2)
    ]
    assert publishing.on_offer("data-coaching") == []
    protocol.unpublish()
    assert publishing.on_offer() == []


def test_what_prepares_is_kept_by_its_keys():
    course = factories.make_course("Foundations", modules=1)
    module = course.get_children().get()
    protocol = write_protocol(phase(step(prepares=items(course.pk, module.pk))))
    whole, part = versions(protocol).get().plan.steps[0].prepares
    assert (whole.course_key, whole.module_key) == (str(course.translation_key), None)
    assert (part.course_key, part.module_key) == (str(course.translation_key), str(module.translation_key))


def test_a_pair_of_scales_know_each_other():
    ends = {"low": "Never", "high": "Always", "steps": 5}
    protocol = write_protocol(
        phase(
            step(
                prompt("scale", anchor="asking-early", moment="early", **ends),
                prompt("scale", anchor="asking-late", moment="late", pair="asking-early", **ends),
            )
        )
    )
    early, late = versions(protocol).get().plan.prompts
    assert late.own["pair"] == early.id
    assert early.own["pair"] == late.id
    assert list(late.scale) == [1, 2, 3, 4, 5]


def test_markup_that_could_do_harm_never_reaches_a_version():
    protocol = write_protocol(phase(step(guidance='<p onclick="x()">Hello<script>x()</script></p>')))
    assert versions(protocol).get().plan.steps[0].guidance == "<p>Hello</p>"


def test_a_plan_is_asked_by_id():
    protocol = write_protocol(
        phase(step(prompt("choice", options=items({"title": "Yes"}, {"title": "No"})), title="First")),
        phase(step(title="Second", for_roles=["guest"]), title="Then"),
    )
    plan = versions(protocol).get().plan
    first, second = plan.steps
    assert [option.title for option in plan.prompts[0].options] == ["Yes", "No"]
    assert plan.step_of(plan.prompts[0].id) == first
    assert plan.phase_of(second).title == "Then"
    assert plan.neighbours(first) == (None, second)
    assert plan.neighbours(second) == (first, None)
    assert (first.is_for("member"), first.is_for("guest")) == (True, False)
    assert (second.is_for("member"), second.is_for("guest")) == (False, True)
    with pytest.raises(NotInProtocol):
        plan.step("gone")
