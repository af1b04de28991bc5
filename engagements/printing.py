"""Printing: a report as tagged PDF, in the words that the page has too."""

from dataclasses import asdict
from pathlib import Path

from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models.pages import SERVICES
from courses.printing import render
from courses.reading import direction
from engagements import drawing
from engagements.models import Engagement, Member, Report

_SOURCE = Path(__file__).parent / "print" / "report.typ"


def report_pdf(report: Report) -> bytes:
    """The report as it is printed, in the active language; what became of it later stands at its end."""
    return render(_SOURCE, report_words(report), at=report.made_at)


def report_words(report: Report) -> dict:
    """All that is printed."""
    kept = report.contents
    service = str(dict(SERVICES).get(kept["service"], ""))
    return {
        "language": translation.get_language(),
        "title": f"{kept['title']} · {kept['place']}",
        "author": "Puget Sound ESD",
        "overline": f"{service} · {kept['place']}",
        "heading": kept["title"],
        "about": _about(report),
        "warning": _warning(kept),
        "footer": _footer(report),
        "decision_heading": _("What was decided"),
        "decision": _decision(kept["decision"]) if kept["decision"] else [],
        "phases": [
            {"title": phase["title"], "items": [_item(item) for item in phase["items"]]}
            for phase in kept["phases"]
        ],
        "changed": _("What changed because of it"),
        "closing_heading": _("At the end"),
        "closing": lines_of(kept["closing_words"]),
        "later_heading": _("What became of it"),
        "later": [
            {"about": f"{date_format(row.at, 'DATE_FORMAT')}, {row.by.called}", "lines": lines_of(row.text)}
            for row in report.engagement.follow_ups.select_related("by__person")
        ],
        "people_heading": _("Who worked on it"),
        "people": [_person(person) for person in kept["people"]],
    }


def _footer(report: Report) -> str:
    names = {"title": report.contents["title"], "number": report.number}
    # What isn't kept has no number: it is how the work stands today.
    return _("%(title)s, report %(number)s") % names if report.number else names["title"]


def _about(report: Report) -> str:
    kept = report.contents
    words = {
        "begun": day_in_words(kept["opened_on"]),
        "ended": day_in_words(kept["ended_on"]),
        "made": _day_of(report),
    }
    if kept["ended_on"]:
        return _("Begun %(begun)s, ended %(ended)s. This report was made %(made)s.") % words
    return _("Begun %(begun)s. This report was made %(made)s.") % words


def _warning(kept: dict) -> str:
    match kept["state"]:
        case Engagement.State.UNDER_WAY:
            return _("The work is still under way: this is how it stands.")
        case Engagement.State.STOPPED:
            return _("The work was stopped before its end.")
        case _:
            return ""


def _decision(made: dict) -> list[dict]:
    parts = [
        (_("Decision"), made["decided"]),
        (_("Reasons"), made["reasons"]),
        (_("Conditions"), made["conditions"]),
        (_("To be looked at again"), day_in_words(made["review_on"])),
    ]
    return [{"name": name, "lines": lines_of(words)} for name, words in parts if words]


def _item(item: dict) -> dict:
    common = {"heading": item["heading"], "note": ""}
    match item["kind"]:
        case "table":
            return common | {
                "is": "sheet",
                "columns": item["columns"],
                "rows": rows_in_words(item),
                "chart": None,
            }
        case "data":
            return common | _figures(item)
        case "voices":
            return common | _voices(item)
        case "scale":
            return common | {"is": "lines", "lines": lines_of(scale_in_words(item))}
        case "decision":
            return common | {"is": "lines", "lines": lines_of("\n".join(filter(None, item_values(item))))}
        case "agreement":
            return common | {"is": "lines", "lines": lines_of(", ".join(item["names"]))}
        case "actions":
            said = [line_of(action_in_words(row)) for row in item["actions"]]
            return common | {"is": "lines", "lines": said}
        case _:
            return common | {"is": "lines", "lines": [line_of(text) for text in item["lines"]]}


def scale_in_words(item: dict) -> str:
    """A mark in a sentence, with the early one where there was one."""
    if item.get("early"):
        return _("%(early)s of %(of)s early, %(mark)s of %(of)s late (1: %(low)s; %(of)s: %(high)s)") % item
    return _("%(mark)s of %(of)s (1: %(low)s; %(of)s: %(high)s)") % item


def rows_in_words(item: dict) -> list[list[str | None]]:
    """A table's rows, with days as the active language writes them; one kept earlier doesn't tell them."""
    days = item.get("days", ())

    def said(at: int, cell: str | None) -> str | None:
        return day_in_words(cell) or cell if at in days else cell

    return [[said(at, cell) for at, cell in enumerate(row)] for row in item["rows"]]


def action_in_words(action: dict) -> str:
    """An action item in a sentence."""
    words = {**action, "day": day_in_words(action["due_on"])}
    sentence = _("%(what)s: %(owner)s, by %(day)s") if action["due_on"] else _("%(what)s: %(owner)s")
    return sentence % words + (f" ({_('done')})" if action["is_done"] else "")


def item_values(item: dict) -> list[str]:
    """What a decision says, without the names of its parts."""
    return [item["decided"], item["reasons"], item["conditions"], day_in_words(item["review_on"])]


def _figures(item: dict) -> dict:
    hidden = _("fewer than 10, or hidden with it")
    rows = [["*" if cell is None else cell for cell in row] for row in item["rows"]]
    notes = [item.get("source", "")]
    if any(cell is None for row in item["rows"] for cell in row):
        notes.append(f"* {hidden}")
    titles = [column["title"] for column in item["columns"]]
    note = " · ".join(filter(None, notes))
    return {"is": "sheet", "columns": titles, "rows": rows, "note": note, "chart": _chart(item)}


def _chart(item: dict) -> dict | None:
    """The chart beside it, in what the press needs to draw it."""
    chart = drawing.chart_of_item(item)
    if chart is None:
        return None
    if chart.kind == "bars":
        bars = [asdict(bar) | {"said": bar.said or _("hidden")} for bar in chart.bars]
        return {"kind": chart.kind, "title": chart.title, "bars": bars}
    marks = {"times": [asdict(mark) for mark in chart.times], "scale": [asdict(mark) for mark in chart.scale]}
    title = chart.title or _("Over time")
    return {"kind": chart.kind, "title": title, "lines": [_line_drawn(line) for line in chart.lines], **marks}


def _line_drawn(line: drawing.Line) -> dict:
    return {
        "place": line.place,
        "title": line.title,
        "points": [(point.x, point.y) for point in line.points],
        "joints": [((one.x, one.y), (next_one.x, next_one.y)) for one, next_one in line.joints],
        "said": line_in_words(line),
    }


def line_in_words(line: drawing.Line) -> str:
    """Where a line begins and ends, and where it has a gap."""
    first, last, said = line.first, line.last, []
    if last:
        words = {"first": first.said, "from": first.when, "last": last.said, "to": last.when}
        said.append(_("%(first)s (%(from)s) to %(last)s (%(to)s)") % words)
    elif first:
        said.append(_("%(said)s (%(when)s) only") % {"said": first.said, "when": first.when})
    if line.hidden_at:
        said.append(_("a gap where a number is hidden: %(times)s") % {"times": ", ".join(line.hidden_at)})
    return "; ".join(said)


def _voices(item: dict) -> dict:
    note = ""
    if item["kept"]:
        note = ngettext(
            "%d more voice was heard, and stays with the team.",
            "%d more voices were heard, and stay with the team.",
            item["kept"],
        )
        note = note % item["kept"]
    return {"is": "voices", "voices": [_voice(voice) for voice in item["voices"]], "note": note}


def _voice(voice: dict) -> dict:
    if "withdrawn_on" in voice:
        return {"said": [], "about": withdrawn_in_words(voice["withdrawn_on"]), "changed": []}
    about = ", ".join(part for part in (voice["by"], voice["how"]) if part)
    return {"said": lines_of(voice["said"]), "about": about, "changed": lines_of(voice["changed"])}


def withdrawn_in_words(iso: str) -> str:
    """What stands where a voice stood."""
    return _("A voice was withdrawn here on %(day)s.") % {"day": day_in_words(iso)}


def _person(person: dict) -> str:
    role = str(dict(Member.Role.choices).get(person["role"], ""))
    return ", ".join(part for part in (person["name"], role, person["speaks_for"]) if part)


def lines_of(text: str) -> list[dict]:
    """The lines of a text that have a word, as a source prints them."""
    return [line_of(line) for line in text.splitlines() if line.strip()]


def line_of(text: str) -> dict:
    """A line with the way that it runs."""
    return {"text": text, "dir": direction(text)}


def day_in_words(iso: str) -> str:
    """A stored day as the active language writes it; nothing for what is none."""
    try:
        day = parse_date(iso) if iso else None
    except ValueError:  # looks like a day and is none, as February 30
        return ""
    return date_format(day, "DATE_FORMAT") if day else ""


def _day_of(report: Report) -> str:
    return date_format(report.made_at, "DATE_FORMAT")
