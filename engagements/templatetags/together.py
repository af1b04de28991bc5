"""Words for what a report quotes."""

import datetime

from django import template
from django.utils.formats import date_format

from engagements import drawing, printing

register = template.Library()
register.filter("scale_in_words", printing.scale_in_words)
register.filter("line_in_words", printing.line_in_words)
register.filter("chart", drawing.chart_of_item)
register.filter("action_in_words", printing.action_in_words)
register.filter("rows_in_words", printing.rows_in_words)


@register.filter
def under(cells: list, columns: list) -> list[tuple]:
    """Each cell of a row behind the title of its column, which a phone shows beside it."""
    return list(zip(columns, cells, strict=True))


@register.filter
def day(iso: str | datetime.date) -> str:
    """A day of a report, as the active language writes it."""
    return date_format(iso, "DATE_FORMAT") if isinstance(iso, datetime.date) else printing.day_in_words(iso)
