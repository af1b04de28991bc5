"""Templates compile, parts say what they need, and nothing breaks the site's own policy."""

import re

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string

TEMPLATES = settings.BASE_DIR / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
PARTS = [name for name in ALL if name.startswith("components/")]


class AssignmentForm(forms.Form):
    """A field of each kind that the part treats on its own."""

    name = forms.CharField(label="Name", help_text="As your district writes it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    future = forms.BooleanField(label="Include people who join later", required=False)
    who = forms.ChoiceField(label="Who", widget=forms.RadioSelect, choices=[("a", "All"), ("t", "Teachers")])


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(name):
    get_template(name)


def test_days_are_written_as_each_language_does():
    """By a format's name (lms/formats); "M j" would be English everywhere. For machines: ISO."""
    asked = re.compile(r'\|(?:date|time):"(?!\w+_FORMAT"|c"|Y-m-d")[^"]*"')
    found = [(name, *asked.findall((TEMPLATES / name).read_text())) for name in ALL]
    assert [one for one in found if len(one) > 1] == []


@pytest.mark.parametrize("name", PARTS)
def test_a_part_states_its_inputs_first(name):
    start = (TEMPLATES / name).read_text()[:900]
    assert re.match(r"\{% comment %\}.*?(?:Inputs?|Needs)\b.*?\{% endcomment %\}", start, flags=re.S)


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("emails/")])
def test_no_style_and_no_script_stands_in_the_page(name):
    source = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", source)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/(?:ld\+)?json))", source)


def test_an_error_is_tied_to_its_field_and_summed_up_with_a_link():
    page = BeautifulSoup(str(AssignmentForm({"name": ""})), "html.parser")
    field = page.find("input", {"name": "name"})
    assert field["aria-invalid"] == "true"
    said = [page.find(id=name).get_text(strip=True) for name in field["aria-describedby"].split()]
    assert said == ["As your district writes it.", "This field is required."]
    assert page.select_one(".error-summary a")["href"] == f"#{field['id']}"


def test_every_control_has_a_label_and_choices_a_legend():
    page = BeautifulSoup(str(AssignmentForm()), "html.parser")
    for control in page.select("input, textarea"):
        assert page.find("label", {"for": control["id"]})
    assert page.find("legend").get_text(strip=True) == "Who"


def test_what_may_stay_empty_says_so():
    page = BeautifulSoup(str(AssignmentForm()), "html.parser")
    assert "(optional)" in page.find("label", {"for": "id_note"}).get_text()
    assert "(optional)" not in page.find("label", {"for": "id_name"}).get_text()


@pytest.mark.parametrize(("percent", "said"), [(0, "Not started"), (52, "52 percent done"), (100, "Done")])
def test_a_ring_says_its_number(percent, said):
    ring = BeautifulSoup(render_to_string("components/ring.html", {"percent": percent}), "html.parser")
    assert ring.find(role="img")["aria-label"] == said
    assert ring.select_one(".ring__of")["stroke-dasharray"] == f"{percent} 100"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_stacked_bar_fills_its_width_whatever_the_language(language, settings):
    settings.LANGUAGE_CODE = language
    parts = [{"label": "Done", "count": 1, "is": "done"}, {"label": "Overdue", "count": 2, "is": "late"}]
    drawn = Template("{% load look %}{% stacked_bar parts label='Staff' %}").render(Context({"parts": parts}))
    chart = BeautifulSoup(drawn, "html.parser")
    assert [(rect["x"], rect["width"]) for rect in chart.find_all("rect")] == [
        ("0.00%", "33.33%"),
        ("33.33%", "66.67%"),
    ]
    assert chart.find("svg")["aria-label"] == "Staff: 1 Done, 2 Overdue"


def test_a_stacked_bar_of_nobody_is_empty_and_not_an_error():
    parts = [{"label": "Done", "count": 0, "is": "done"}]
    drawn = Template("{% load look %}{% stacked_bar parts thin=True %}").render(Context({"parts": parts}))
    assert 'width="0.00%"' in drawn


def test_the_pager_keeps_the_filter(rf):
    request = rf.get("/", {"role": "teacher", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    drawn = BeautifulSoup(
        render_to_string("components/pagination.html", {"page_obj": page, "request": request}), "html.parser"
    )
    assert drawn.find("a", rel="next")["href"] == "?role=teacher&page=3"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("done", "Done"),
        ("complete", "Done"),
        ("late", "Overdue"),
        ("under-way", "Under way"),
        ("", "Not started"),
    ],
)
def test_a_status_is_a_word(state, word):
    assert word in render_to_string("components/status.html", {"state": state})


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b>', None), (None, None)]
)
def test_the_choice_of_light_or_dark_is_in_the_first_byte(rf, cookie, theme):
    request = rf.get("/")
    if cookie:
        request.COOKIES["theme"] = cookie
    page = BeautifulSoup(
        get_template("base.html").template.render(Context({"request": request})), "html.parser"
    )
    assert page.html.get("data-theme") == theme


@pytest.mark.parametrize("name", ["500.html", "maintenance.html"])
def test_a_broken_site_still_has_words(name, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert "<h1>" in render_to_string(name)
