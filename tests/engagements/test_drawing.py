"""Drawing: times as lines with honest gaps, other tables as bars, and words that say the same."""

import io

import pikepdf
import pytest
from django.urls import reverse

from engagements import charting, drawing, figures, printing, reporting, times
from tests.engagements import making

OVER_TIME = (
    "Month,Students,Multilingual %,All others %\n"
    "Sept,200,40,20\nOct,200,42,22\nNov,12,50,50\nDec,210,,24\nJan,220,46,30\n"
)


def stored(text: str) -> dict:
    """A table as an answer holds it."""
    found = figures.read(text)
    columns = [{"title": column.title, "kind": column.kind} for column in found.columns]
    return {"columns": columns, "rows": found.rows, "shown": drawing.first_shown(columns)}


@pytest.fixture
def version(db):
    """A protocol with a prompt for figures over time."""
    asked = making.prompt("data", "counts", chart="line")
    return making.make_version(making.phase(making.step(asked, id_="look")))


def test_columns_of_one_kind_are_lines_and_what_is_hidden_is_a_gap_in_them():
    chart = drawing.chart_of(stored(OVER_TIME), "line")
    first, second = chart.lines
    assert (first.title, second.title) == ("Multilingual %", "All others %")
    assert [[point.when for point in stretch] for stretch in first.stretches] == [["Sept", "Oct"], ["Jan"]]
    assert first.hidden_at == ["Nov"]  # December was never there
    assert [(start.when, end.when) for start, end in second.joints] == [("Sept", "Oct"), ("Dec", "Jan")]
    assert printing.line_in_words(first) == "40 (Sept) to 46 (Jan); a gap where a number is hidden: Nov"


def test_groups_in_rows_are_lines_of_the_column_that_is_shown():
    text = "Year,Group,Students,Percent\n"
    text += "".join(
        f"{year},{group},{n},40\n" for year in (2023, 2024) for group, n in (("A", 200), ("B", 300))
    )
    chart = drawing.chart_of(stored(text), "line")
    assert (chart.title, [line.title for line in chart.lines]) == ("Percent", ["A", "B"])
    assert [point.when for point in chart.lines[0].points] == ["2023", "2024"]


def test_a_total_is_no_time_and_groups_are_no_times():
    chart = drawing.chart_of(stored("Week,Students\n1,200\n2,210\nAll,410"), "line")
    assert [point.when for point in chart.lines[0].points] == ["1", "2"]
    assert drawing.chart_of(stored("Group,Students\nA,200\nB,210"), "line").kind == "bars"


@pytest.mark.parametrize(
    ("words", "along"),
    [
        (["2020", "2022", "2024"], [0, 0.5, 1]),
        (["2024-25", "2023-24", "2022-23"], [0, 0.5, 1]),  # the newest was first
        (["2026-09-01", "2026-09-02", "2026-09-05"], [0, 0.25, 1]),
        (["9/1/2026", "9/3/2026", "9/5/2026"], [0, 0.5, 1]),
        (["Week 36", "Week 2", "Week 8"], [0, 0.5, 1]),  # a school year crosses the calendar's
        (["Sept", "Oct", "Nov 2026"], [0, 0.5, 1]),
    ],
)
def test_times_lie_where_they_lie(words, along):
    assert all(map(times.is_one, words))
    placed = times.in_order(words)
    assert list(placed.values()) == pytest.approx(along)
    assert min(placed, key=placed.get) == min(words) if words[0].startswith("202") else words[0]


def test_the_scale_begins_at_nought_and_its_numbers_are_round():
    chart = drawing.chart_of(stored("Week,Students,Score\n1,200,410\n2,210,388"), "line")
    assert [mark.words for mark in chart.scale] == ["0", "200", "400", "600"]


def test_the_prompt_says_which_chart_and_page_report_and_pdf_draw_it(
    version, lead, engagement, client_of, principal
):
    prompt = version.plan.prompt("counts")
    charting.put(member=lead, prompt=prompt, text=OVER_TIME, based_on=0)
    client = client_of(principal)
    for url in ("engagements:step", "engagements:report"):
        args = [engagement.pk, "look"] if url.endswith("step") else [engagement.pk]
        page = client.get(reverse(url, args=args)).content.decode()
        assert 'class="line line--2"' in page
        assert "a gap where a number is hidden: Nov" in page
        assert "<td" in page
    with pikepdf.open(io.BytesIO(printing.report_pdf(reporting.make(engagement=engagement, by=lead)))) as pdf:
        assert "pdfuaid:part" in str(pdf.Root.Metadata.read_bytes())


def test_no_chart_is_drawn_where_none_is_wanted_nor_in_reports_that_dont_say():
    assert drawing.chart_of(stored(OVER_TIME), "none") is None
    assert drawing.chart_of_item(stored(OVER_TIME)) is None
