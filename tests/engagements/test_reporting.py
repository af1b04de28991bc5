"""A team's report: what was found and decided, as it stood, and no voice beyond its consent."""

import io
import json
from itertools import count

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.utils import translation

from engagements import answering, closing, hearing, printing, reporting
from engagements.models import Voice
from roster.models import AuditEntry
from tests.engagements import making

DECIDE = making.prompt(
    "decision",
    "decide",
    options=[{"id": "change", "title": "Change it"}, {"id": "keep", "title": "Keep it"}],
    reasons=True,
    conditions=True,
    review_on=True,
    report_heading="The decision",
)
EARLY = making.prompt("scale", "early", low="Guessing", high="Sure", steps=5, moment="early", in_report=False)
LATE = making.prompt("scale", "late", low="Guessing", high="Sure", steps=5, moment="late", pair="early")
TABLE = making.prompt(
    "table",
    "signs",
    columns=[
        {"id": "sign", "title": "Sign", "kind": "text"},
        {"id": "when", "title": "When", "kind": "date"},
    ],
    required=False,
)
VOICES = making.prompt("voices", "voices", required=False)
SEEN = making.prompt(id_="seen", report_heading="What we saw")


@pytest.fixture
def version(db):
    """A protocol of all that a report shows."""
    return making.make_version(making.phase(making.step(SEEN, EARLY, VOICES, TABLE, LATE, DECIDE)))


@pytest.fixture
def write(lead, version):
    """A function that saves an answer, by its prompt's id."""
    versions = dict.fromkeys([prompt.id for prompt in version.plan.prompts], 0)

    def save(prompt_id, **fields):
        as_form = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        based_on = versions[prompt_id]
        saved = answering.save(
            member=lead, prompt=version.plan.prompt(prompt_id), fields=as_form, based_on=based_on
        )
        versions[prompt_id] = saved.answer.version

    return save


@pytest.fixture
def voice(engagement, lead):
    """A function that writes down a voice."""
    numbers = count(1)

    def hear(**fields):
        given = {
            "who": f"Parent {next(numbers)}",
            "group": "Families",
            "said": "We never heard of it.",
            **fields,
        }
        return Voice.objects.create(engagement=engagement, prompt_id="voices", written_by=lead, **given)

    return hear


def items_of(contents) -> dict:
    """The items of a report, by heading."""
    return {item["heading"]: item for phase in contents["phases"] for item in phase["items"]}


def test_it_says_what_was_answered_under_the_reports_own_headings(engagement, write):
    write("seen", text="A form\nwith three signatures")
    write("decide", choice="change", reasons="Nobody could say why.", review_on="2027-05-01")
    contents = reporting.compose(engagement)
    assert items_of(contents)["What we saw"]["lines"] == ["A form", "with three signatures"]
    assert contents["decision"]["decided"] == "Change it"
    assert contents["decision"]["review_on"] == "2027-05-01"


def test_what_nobody_answered_and_what_is_not_for_the_report_is_not_in_it(engagement, write):
    write("early", mark="2")
    assert reporting.compose(engagement)["phases"] == []


def test_a_late_mark_stands_beside_the_early_one(engagement, write):
    write("early", mark="2")
    write("late", mark="4")
    item = items_of(reporting.compose(engagement))["What do you see?"]
    assert (item["early"], item["mark"], item["of"]) == (2, 4, 5)


def test_a_voice_goes_as_far_as_its_consent_under_the_name_that_was_chosen(engagement, voice):
    voice(consent="team", said="Between us.")
    voice(consent="report", attribution="none", said="Nobody asked us.")
    voice(consent="public", attribution="group", said="My son was told no.")
    voice(consent="public", attribution="named", who="Rosa Vega", said="I signed twice.")
    item = items_of(reporting.compose(engagement))["What do you see?"]
    assert [(one["by"], one["said"]) for one in item["voices"]] == [
        ("", "Nobody asked us."),
        ("Families", "My son was told no."),
        ("Rosa Vega, Families", "I signed twice."),
    ]
    assert (item["heard"], item["kept"]) == (4, 1)


def test_a_report_stays_as_it_was_and_the_same_is_not_made_twice(engagement, write, lead):
    write("seen", text="First words")
    first = reporting.make(engagement=engagement, by=lead)
    assert reporting.make(engagement=engagement, by=lead) == first
    write("seen", text="Other words")
    second = reporting.make(engagement=engagement, by=lead)
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert items_of(first.contents)["What we saw"]["lines"] == ["First words"]


def test_what_became_of_it_is_written_after_the_end(engagement, write, lead, principal):
    closing.stop(engagement=engagement, by=principal, words="Over")
    assert reporting.follow_up(engagement=engagement, by=lead, text="They still ask for it.").pk
    with pytest.raises(reporting.NeedsWords):
        reporting.follow_up(engagement=engagement, by=lead, text=" ")


def test_it_is_printed_with_all_its_parts_and_tagged(engagement, write, voice, lead):
    write("seen", text="نموذج بثلاثة توقيعات\nA form <3")
    write(
        "decide",
        choice="change",
        reasons="Nobody could say why.",
        conditions="Until May",
        review_on="2027-05-01",
    )
    write("early", mark="2")
    write("late", mark="4")
    write("signs", row=["r1"], **{"cell-r1-sign": "Fewer visits to the office"})
    voice(consent="public", attribution="group", changed="The form lost a signature.")
    voice(consent="team")
    reporting.follow_up(engagement=engagement, by=lead, text="It held.")
    pdf = printing.report_pdf(reporting.make(engagement=engagement, by=lead))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert "pdfuaid:part" in str(document.Root.Metadata.read_bytes())


def kept_voices(report) -> list[dict]:
    """The voices of a kept report."""
    report.refresh_from_db()
    return items_of(report.contents)["What do you see?"]["voices"]


def test_words_that_are_taken_back_are_struck_from_kept_reports_and_all_else_stays(
    engagement, write, voice, lead
):
    write("seen", text="A form")
    mine, other = (
        voice(consent="report", said="Nobody asked us."),
        voice(consent="public", said="It is too long."),
    )
    report = reporting.make(engagement=engagement, by=lead)
    before = report.contents
    with time_machine.travel("2027-02-03 20:00", tick=False):
        hearing.take_out(voice=mine, by=lead)
    assert kept_voices(report)[0] == {"withdrawn_on": "2027-02-03"}
    assert kept_voices(report)[1]["said"] == other.said
    expected = json.loads(json.dumps(before))
    next(item for item in expected["phases"][0]["items"] if "voices" in item)["voices"][0] = kept_voices(
        report
    )[0]
    assert report.contents == expected
    (row,) = AuditEntry.objects.filter(action="struck a voice from kept report")
    assert row.details == {"report": report.number}
    assert "Nobody" not in str(printing.report_words(report))
    assert "A voice was withdrawn here on" in str(printing.report_words(report))
    with connection.cursor() as cursor:
        cursor.execute("select contents from engagements_report")
        assert "withdrawn" not in cursor.fetchone()[0]  # sealed, as before


def test_who_lets_only_the_team_read_it_or_wants_no_name_is_followed_by_kept_reports(engagement, voice, lead):
    quiet, unnamed = (
        voice(consent="report", said="For you only."),
        voice(consent="public", attribution="named", who="Rosa Vega", said="I signed twice."),
    )
    report = reporting.make(engagement=engagement, by=lead)
    hearing.rewrite(voice=quiet, by=lead, words={"consent": "team"}, based_on=1)
    hearing.rewrite(voice=unnamed, by=lead, words={"attribution": "group", "said": "Once."}, based_on=1)
    first, second = kept_voices(report)
    assert list(first) == ["withdrawn_on"]
    assert (second["by"], second["said"]) == ("Families", "I signed twice.")


def test_reports_from_before_voices_had_their_row_know_them_by_their_words(engagement, voice, lead):
    mine = voice(consent="report", said="Nobody asked us.")
    report = reporting.make(engagement=engagement, by=lead)
    for item in report.contents["phases"][0]["items"]:
        for kept in item["voices"]:
            del kept["voice"]
    report.save()
    hearing.take_out(voice=mine, by=lead)
    assert list(kept_voices(report)[0]) == ["withdrawn_on"]


def test_a_tables_days_are_written_as_the_reader_writes_days(engagement, lead, write):
    write(
        "signs",
        row=["a", "b"],
        **{"cell-a-sign": "Calls", "cell-a-when": "2027-03-28", "cell-b-when": "soon"},
    )
    table = next(item for phase in reporting.compose(engagement)["phases"] for item in phase["items"])
    assert printing.rows_in_words(table) == [["Calls", "March 28, 2027"], ["", "soon"]]
    with translation.override("es"):
        assert printing.rows_in_words(table)[0][1] == "28 de marzo de 2027"
    assert printing.rows_in_words({"rows": [["as it was kept"]]}) == [["as it was kept"]]
