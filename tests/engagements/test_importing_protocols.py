"""Importing protocols: in place, all or nothing; and a fifth kind of work is a file, not code."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cms.portable.mistakes import CannotImport
from engagements import publishing
from engagements.models import Protocol, ProtocolVersion
from engagements.portable.exporting import export_protocol
from engagements.portable.importing import import_protocols
from tests import factories
from tests.engagements.protocols import items, phase, prompt, step, write_protocol

pytestmark = pytest.mark.django_db

FIFTH = """---
id: 5d0f8d3e-6f0c-4d55-8c1c-2b1f0f6a7c55
title: Walking a student's day
summary: A team follows one student's path through the building and writes down what it meets.
service: professional-development
repeats: true
---

# Walk {#walk}

What a day asks of a student, seen from inside it.

## Choose whose day {#whose-day minutes=20}

Choose a path, never a person.

:::prepare
- foundations
- foundations/module-1
:::

:::table {#stations}
Where does the day lead?

- Station {#station}
- Minutes {#minutes kind=number}
- Welcome? {#welcome kind=choice}
  - Yes
  - Not yet
:::

:::rounds
1. Walk in silence {minutes=15}
   > Look at what the walls say, and to whom.
2. Say what you saw {minutes=10}
:::

:::coach
Stay behind the group.
:::

## Say what you will change {#change minutes=30 for="lead,member"}

:::decision {#what-changes review=false}
What changes first?

- The doors {#doors}
- The bell {#bell}
:::
"""


def bring(**files):
    return import_protocols({name.replace("_", "-") + ".md": text.encode() for name, text in files.items()})


def test_a_fifth_protocol_is_content_only():
    """No table, no view, no setting knows of it: it is imported, published, offered and read."""
    factories.make_course("Foundations", modules=1, slug="foundations").get_children().update(slug="module-1")
    assert bring(a_students_day=FIFTH) == {"a-students-day.md": "imported"}
    (version,) = publishing.on_offer("professional-development")
    plan = version.plan
    assert [one.title for one in plan.steps] == ["Choose whose day", "Say what you will change"]
    first, second = plan.steps
    assert [column.choices for column in first.prompts[0].columns] == [(), (), ("Yes", "Not yet")]
    assert [(one.title, one.minutes) for one in first.rounds] == [
        ("Walk in silence", 15),
        ("Say what you saw", 10),
    ]
    assert [bool(one.module_key) for one in first.prepares] == [False, True]
    assert not second.prompts[0].own["review_on"]
    assert plan.settings.repeats


def test_an_import_over_itself_changes_nothing():
    factories.make_course("Foundations", modules=1, slug="foundations").get_children().update(slug="module-1")
    bring(a_students_day=FIFTH)
    assert bring(a_students_day=FIFTH) == {"a-students-day.md": "nothing to change"}
    assert ProtocolVersion.objects.count() == 1


def test_a_changed_file_updates_in_place_and_keeps_the_ids():
    factories.make_course("Foundations", modules=1, slug="foundations").get_children().update(slug="module-1")
    bring(a_students_day=FIFTH)
    assert bring(a_students_day=FIFTH.replace("The bell", "The bells")) == {"a-students-day.md": "updated"}
    second, first = ProtocolVersion.objects.order_by("-number")
    assert second.plan.prompts[1].options[1].title == "The bells"
    assert second.plan.prompts[1].options[1].id == first.plan.prompts[1].options[1].id
    assert Protocol.objects.count() == 1


def test_an_editor_s_protocol_goes_out_and_comes_back_the_same():
    course = factories.make_course("Foundations", modules=1, slug="foundations")
    protocol = write_protocol(
        phase(
            step(
                prompt("choice", options=items({"title": "Yes"}, {"title": "No"})),
                prepares=items(course.pk),
                guidance="<p>Read it <b>aloud</b>.</p>",
            )
        )
    )
    before = ProtocolVersion.objects.get()
    name, text = export_protocol(protocol)
    assert import_protocols({name: text.encode()}) == {name: "nothing to change"}
    protocol.unpublish()
    assert import_protocols({name: text.encode()}) == {name: "updated"}
    assert ProtocolVersion.objects.get() == before


def test_one_mistake_keeps_all_files_out():
    good = FIFTH.replace(":::prepare\n- foundations\n- foundations/module-1\n:::\n\n", "")
    bad = FIFTH.replace("5d0f8d3e", "6d0f8d3e").replace("- foundations\n", "- no-such-course\n")
    with pytest.raises(CannotImport) as error:
        bring(good=good, bad=bad)
    assert "bad.md:18: There is no course or module no-such-course here." in str(error.value)
    assert not Protocol.objects.exists()


def test_a_short_name_that_is_taken_is_told():
    good = FIFTH.replace(":::prepare\n- foundations\n- foundations/module-1\n:::\n\n", "")
    bring(a_day=good)
    with pytest.raises(CannotImport, match="Another protocol of this language has this short name already"):
        bring(a_day=good.replace("5d0f8d3e", "6d0f8d3e"))


def test_the_commands_say_what_they_did(tmp_path):
    good = FIFTH.replace(":::prepare\n- foundations\n- foundations/module-1\n:::\n\n", "")
    (tmp_path / "a-day.md").write_text(good)
    out = StringIO()
    call_command("import_protocols", tmp_path, stdout=out)
    call_command("export_protocol", "a-day", to=tmp_path / "out", stdout=out)
    assert out.getvalue().splitlines() == ["a-day.md: imported", "a-day.md"]
    assert (tmp_path / "out" / "a-day.md").read_text() == good
    with pytest.raises(CommandError, match="No protocol is called another; there are a-day"):
        call_command("export_protocol", "another", to=tmp_path)
