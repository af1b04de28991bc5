"""A mistake in a course's files is told with file, line and what would be right."""

import uuid

import pytest

from cms.portable import archives, reading
from cms.portable.mistakes import CannotImport

COURSE = b"""id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
title: A course
summary: About something.
service: professional-development
"""
FRONT = "---\nid: {}\ntitle: A module\nminutes: 20\n---\n"


def a_folder(body="", front=None, **files):
    """A course with one module, whose body begins in line 7."""
    front = front or FRONT.format(uuid.UUID(int=1))
    return {"course.yaml": COURSE, "01-a-module.md": f"{front}\n{body}".encode()} | files


def mistakes_in(files):
    with pytest.raises(CannotImport) as error:
        reading.read("a-course", files)
    return error.value.mistakes


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        (':::calout {title="x"}\nWords.\n:::', 7, "There is no :::calout; there are accordion, action,"),
        (':::callout {title="x"}\nWords.', 7, "This is never closed: it needs a line of 3 colons (:::)."),
        ("Words.\n\n:::", 9, "These colons close nothing"),
        (":::callout {tone=note}\nWords.\n:::", 7, ':::callout needs title="…".'),
        (
            ':::callout {title="x" tone=loud}\nWords.\n:::',
            7,
            "tone is one of note, try, caution, not “loud”.",
        ),
        (
            ':::callout {title="x" colour=red}\nWords.\n:::',
            7,
            "no attribute “colour”; it takes: title, tone.",
        ),
        (":::callout {title=x y}\nWords.\n:::", 7, ":::callout has no attribute “y”"),
        (":::reflection {words=10}\nWhy?\n:::", 7, "needs a name that never changes: {#some-name}"),
        (":::reflection {#Why_Not}\nWhy?\n:::", 7, "a name is small letters, digits and single hyphens"),
        (":::reflection {#why words=many}\nWhy?\n:::", 7, "words: Enter a whole number."),
        (":::reflection {#why}\n:::", 7, "A reflection prompt needs its question."),
        (":::action {#a in=400d}\nTry.\n:::", 7, "in: Ensure this value is less than or equal to 180."),
        (
            ":::action {#a}\nTry.\n:::\n\n:::action {#a}\nTry.\n:::",
            11,
            "#a is the name of the block in line 7 already.",
        ),
        (
            ':::pool {#p title="x" draw=3}\n::::question\nA?\n\n- [x] One\n- [ ] Two\n::::\n'
            "::::question\nB?\n\n- [x] One\n- [ ] Two\n::::\n:::",
            7,
            "This pool draws 3 questions and has 2.",
        ),
        (
            ":::check {#c kind=single}\nWhich?\n\n- [ ] One\n- [ ] Two\n:::",
            7,
            "just one right answer (- [x]), not 0.",
        ),
        (":::check {#c kind=single}\nWhich?\n\n- [x] One\n- Two\n:::", 11, "An answer begins with its box"),
        (":::check {#c kind=single}\nWhich?\n\n- [x] One\n:::", 7, "A check has 2 to 10 answers"),
        (
            ":::scenario {#s}\nSo.\n\n- One {best}\n- Two\n  > Costs.\n:::",
            10,
            "Say what this choice brings about",
        ),
        ('::::item {title="x"}\nWords.\n::::', 7, ":::item stands inside :::accordion, with one colon more."),
        (
            ":::variants {#v}\n::::for {audience=nobody}\nWords.\n::::\n:::",
            8,
            "There is no audience “nobody”",
        ),
        (":::shown {audience=}\nWords.\n:::", 7, "can't be read: write #name, key=value"),
        ("# Big", 7, "Headings inside a module are of one size: write “## ” before them."),
        ("| a |\n|---|\n| b |", 7, "A table needs a caption: write “Table: …” in the line before it."),
        ("![A river](images/river.svg)", 7, "There is no file images/river.svg in this folder."),
        ("![A river](../river.svg)", 7, "pictures stand in images/"),
        ("Dear {name}, hello.", 7, "There is no placeholder {name}; there are {building},"),
        ("Words.\n\n```\ncode\n```", 9, "Code is no part of the format"),
        ("Words.\n\n<div>x</div>", 9, "HTML is no part of the format"),
        ("Some `code` here.", 7, "Code (`…`) is no part of the format"),
        ("[More](07-another.md)", 7, "There is no module 07-another.md"),
    ],
)
def test_a_mistake_in_a_body(body, line, sentence):
    (mistake,) = mistakes_in(a_folder(body))
    assert (mistake.file, mistake.line) == ("01-a-module.md", line)
    assert sentence in mistake.sentence


@pytest.mark.parametrize(
    ("course", "line", "sentence"),
    [
        (b"titel: x\n", 5, "There is no field “titel”; did you mean “title”?"),
        (b"title: Again\n", 5, "“title” stands here twice."),
        (b"evaluation: maybe\n", 5, "evaluation: “maybe” is none of required, none."),
        (b"clock_hours: {general: 1.25}\n", 5, "hours are at least 1, in half-hour steps, not “1.25”."),
        (b"approval: {approved_on: soon}\n", 5, "approval: approved_on: a date, such as 2026-06-15."),
        (b"topics: [one\n", 6, "This is no YAML"),
        (
            b"team_service: professional-development\n",
            5,
            "team_service: “professional-development” is none of",
        ),
        (b"team_words: Together.\n", 5, "team_words: they need the service that they lead to"),
        (b"image: images/none.svg\n", 5, "There is no file images/none.svg in this folder."),
    ],
)
def test_a_mistake_in_the_course(course, line, sentence):
    found = mistakes_in(a_folder("Words.") | {"course.yaml": COURSE + course})
    assert [(one.file, one.line) for one in found if sentence in one.sentence] == [("course.yaml", line)]


def test_only_a_course_with_a_coach_may_have_no_modules():
    folder = a_folder("Words.")
    del folder["01-a-module.md"]
    (mistake,) = mistakes_in(folder)
    assert mistake.sentence.startswith("A course needs modules")
    folder["course.yaml"] += b"facilitated: true\n"
    assert reading.read("a-course", folder).modules == []


def test_all_mistakes_are_told_at_once():
    bad = b"---\nbuilding: here\nmodules: {09-none: hidden}\n---\n\n"
    bad += b":::at {module=01-a-module place=there}\nx\n:::\n"
    files = a_folder("# One\n\n:::nothing\n:::", **{"editions/here.md": bad, "course.yaml": b"title: x\n"})
    found = [(mistake.file, mistake.line) for mistake in mistakes_in(files)]
    assert found == [
        ("01-a-module.md", 7),
        ("01-a-module.md", 9),
        ("course.yaml", 1),
        ("course.yaml", 1),
        ("course.yaml", 1),
        ("editions/here.md", 3),
        ("editions/here.md", 6),
    ]


@pytest.mark.parametrize(
    ("drawing", "sentence"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><script>x</script></svg>",
            "can't hold <script>",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1' onload='x()'/>",
            "can't do things (onload",
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "give it a viewBox"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "This SVG can't be read"),
        (
            b"<svg viewBox='0 0 1 1'><image href='https://x.example/y.png'/></svg>",
            "can't point outside of itself",
        ),
    ],
)
def test_a_drawing_that_could_do_harm_stays_out(drawing, sentence):
    (mistake,) = mistakes_in(a_folder("![](images/a.svg)", **{"images/a.svg": drawing}))
    assert mistake.file == "images/a.svg"
    assert sentence in mistake.sentence


def test_a_zip_file_is_opened_with_care(monkeypatch):
    files = a_folder("Words.")
    assert archives.of_zip(archives.to_zip("a-course", files), name="x") == ("a-course", files)
    for path in ("../course.yaml", "/course.yaml", "a\\..\\b.md"):
        with pytest.raises(CannotImport, match="lead out of the ZIP file"):
            archives.of_zip(archives.to_zip("..", {path: b"x"}), name="x")
    monkeypatch.setattr(archives, "WHOLE_LIMIT_BYTES", 10)
    with pytest.raises(CannotImport, match="at most"):
        archives.of_zip(archives.to_zip("a-course", files), name="x")
    with pytest.raises(CannotImport, match="can't be opened"):
        archives.of_zip(b"PK no zip", name="x")
