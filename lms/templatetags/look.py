"""Template tags for parts that have to count something before they can be drawn."""

from collections.abc import Iterable, Mapping

from django import template
from django.core.paginator import Page
from django.template import Context
from django.templatetags.static import static

from lms import stylesheet

register = template.Library()


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(parts: Iterable[Mapping], label: str = "", thin: bool = False) -> dict:
    """Draw ``parts`` (each ``label``, ``count`` and ``is``: done, going, late, none) as shares of one bar.

    ``label`` opens what a screen reader says; ``thin`` leaves out the key: its numbers stand beside it.
    """
    parts = list(parts)
    total = sum(part["count"] for part in parts) or 1
    slices, start = [], 0
    for part in parts:
        width = part["count"] * 100 / total
        slices.append(
            {
                "label": part["label"],
                "count": part["count"],
                "kind": part["is"],
                # Written here, not by the template: an attribute of SVG wants a point whatever the language.
                "start": f"{start:.2f}",
                "width": f"{width:.2f}",
            }
        )
        start += width
    counts = ", ".join(f"{part['count']} {part['label']}" for part in parts)
    return {"slices": slices, "spoken": f"{label}: {counts}" if label else counts, "thin": thin}


@register.simple_tag
def stylesheet_url() -> str:
    """Return the address of the site's stylesheet: one file on a running site, many while it is written."""
    return static(stylesheet.stylesheet())


@register.simple_tag
def page_numbers(page: Page) -> list:
    """Return the numbers that a pager shows: the ends, those near, and an ellipsis for the rest."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int, parameter: str = "") -> str:
    """Return this address's query with ``parameter`` ("page" when empty) set to ``number``, the rest kept."""
    query = context["request"].GET.copy()
    query[parameter or "page"] = number
    return f"?{query.urlencode()}"


@register.filter
def as_count(number) -> int:
    """The whole number by which a language chooses its plural: half an hour more than one is many."""
    return int(number) if number == int(number) else int(number) + 2
