"""What an editor is told about a block that can't work, and what a block never lets through."""

import pytest
from django.core.exceptions import ValidationError

from cms.blocks import EditionChanges, ModuleBody
from cms.models import Audience
from tests import factories
from tests.factories import block, check

pytestmark = pytest.mark.django_db


def cleaned(*stored):
    """The body as it is kept when an editor publishes it."""
    body = ModuleBody()
    return body.clean(body.to_python(list(stored)))


def complaint(*stored):
    """What an editor reads, at which field, when they publish it."""
    with pytest.raises(ValidationError) as caught:
        cleaned(*stored)
    return str(caught.value.as_json_data())


def options(*audiences):
    """Alternatives, one for each list of audiences."""
    return [
        {"type": "item", "id": None, "value": {"audiences": list(slugs), "blocks": [factories.text()]}}
        for slugs in audiences
    ]


CHECK_COMPLAINTS = [
    ({"kind": "single", "right": ()}, "exactly one"),
    ({"kind": "single", "right": (0, 1)}, "exactly one"),
    ({"kind": "multiple", "right": ()}, "one answer or more"),
    ({"kind": "truefalse", "right": (0,), "answers": 3}, "two answers"),
    ({"kind": "truefalse", "right": (0, 1), "answers": 2}, "two answers"),
    ({"kind": "ordering", "right": (), "answers": 1}, "minimum number of items"),
]


@pytest.mark.parametrize(("fields", "words"), CHECK_COMPLAINTS)
def test_a_check_that_nobody_could_answer_is_refused(fields, words):
    assert words in complaint(check(**fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"questions": 2, "draw": 3}, "fewer questions"),
        ({"questions": 3, "draw": 2, "right": 3}, "more than are asked"),
        ({"questions": 1, "draw": 1}, "minimum number of items"),
    ],
)
def test_a_pool_that_could_not_be_asked_is_refused(fields, words):
    assert words in complaint(factories.pool(**fields))


def test_a_pool_outside_the_player_says_nothing_of_its_questions():
    chosen = ModuleBody().child_blocks["pool"]
    value = chosen.to_python(factories.pool()["value"])
    assert "Question" not in chosen.render(value).replace("question", "")
    assert "Feedback 0.0" in chosen.render(value, {"preview": True})


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "single", "right": (1,)},
        {"kind": "multiple", "right": (0, 2)},
        {"kind": "truefalse", "right": (1,), "answers": 2},
        {"kind": "ordering", "right": ()},
    ],
)
def test_a_check_with_a_way_to_pass_is_kept(fields):
    assert cleaned(check(**fields))[0].value["kind"] == fields["kind"]


BLOCK_COMPLAINTS = [
    (block("video", title="A film", transcript="<p>Words.</p>"), "src", "Where is the film"),
    (block("video", title="A film", src="https://example.org/f"), "transcript", "required"),
    (block("resource", title="A page"), "link", "Where does it lead"),
    (block("local", name="Here"), "anchor", "Give the place a name"),
    (block("local", anchor="end"), "anchor", "choose another name"),
    (block("local", anchor="Not A Name"), "anchor", "Small letters"),
    (block("variants", options=options([]), otherwise=[]), "audiences", "Who sees this alternative"),
    (block("variants", options=options(["nobody"]), otherwise=[]), "audiences", "valid choice"),
    (block("text", body="<p>Dear {bilding}</p>"), "body", "Nothing is known by {bilding}"),
    (block("heading", text="What {princpal} said"), "text", "Nothing is known by {princpal}"),
    (
        block("table", caption="Parts", table={"columns": [], "rows": []}),
        "table",
        "add a column and a row",
    ),
    (
        block(
            "table",
            caption="Parts",
            table={
                "columns": [{"type": "text", "heading": ""}],
                "rows": [{"values": ["<p>{oops}</p>"]}],
            },
        ),
        "table",
        "{oops}",
    ),
    (
        block(
            "scenario",
            situation="<p>Late.</p>",
            choices=[
                {
                    "type": "item",
                    "id": None,
                    "value": {"text": "<p>A</p>", "feedback": "<p>B</p>", "best": True},
                },
                {
                    "type": "item",
                    "id": None,
                    "value": {"text": "<p>C</p>", "feedback": "<p>D</p>", "best": True},
                },
            ],
        ),
        "choices",
        "Only one",
    ),
]


@pytest.mark.parametrize(("stored", "field", "words"), BLOCK_COMPLAINTS)
def test_a_block_that_cannot_work_says_what_to_do_at_the_field(stored, field, words):
    said = complaint(stored)
    assert f"'{field}'" in said
    assert words in said


def test_a_picture_is_described_or_it_is_decoration(an_image):
    assert "Say what the image shows" in complaint(block("image", image=an_image.pk))
    assert "Decoration has no description" in complaint(
        block("image", image=an_image.pk, alt="A bird", decorative=True)
    )
    assert cleaned(block("image", image=an_image.pk, decorative=True))


def test_half_a_check_can_be_saved_as_a_draft_but_no_unknown_placeholder():
    body = ModuleBody()
    assert body.clean_deferred(body.to_python([check(right=())]))
    with pytest.raises(ValidationError):
        body.clean_deferred(body.to_python([factories.text("Dear {bilding}")]))


def test_two_blocks_of_a_module_never_have_one_name():
    Audience.objects.create(slug="all", name="All", include={"roles": ["teacher"]})
    hidden = options(["all"])
    hidden[0]["value"]["blocks"] = [check(anchor="warm-note")]
    said = complaint(check(anchor="warm-note"), block("variants", options=hidden, otherwise=[]))
    assert "“warm-note” names another block" in said


@pytest.mark.parametrize(
    "harm",
    [
        "<script>steal()</script>",
        '<img src="x" onerror="steal()">',
        '<a href="javascript:steal()">x</a>',
        '<p style="position:fixed">x</p>',
        '<iframe src="https://example.org"></iframe>',
    ],
)
def test_markup_that_could_harm_a_reader_is_taken_out(harm):
    [kept] = cleaned(factories.text(f"Fine. {harm}"))
    source = kept.value["body"].source
    assert "Fine." in source
    for trace in ("steal", "style", "iframe", "script"):
        assert trace not in source


def test_a_table_is_cleaned_cell_by_cell():
    [kept] = cleaned(
        block(
            "table",
            caption="Parts",
            table={
                "columns": [{"type": "text", "heading": "Part"}],
                "rows": [{"values": ["<p>Fine<script>steal()</script></p>"]}],
            },
        )
    )
    assert kept.value["table"].row_data[0]["values"][0].source == "<p>Fine</p>"


def test_links_to_pages_and_paragraph_keys_survive_cleaning():
    markup = '<p data-block-key="ab1c2">See <a linktype="page" id="3">this</a> and <b>that</b>.</p>'
    [kept] = cleaned(block("text", body=markup))
    assert kept.value["body"].source == markup


def test_an_edition_can_only_speak_where_the_module_has_a_place(course):
    module = factories.make_module(course, body=[block("local", anchor="building-words")])
    changes = EditionChanges()

    def addition(place):
        return [
            {
                "type": "addition",
                "id": None,
                "value": {"module": module.pk, "place": place, "blocks": [factories.text()]},
            }
        ]

    assert changes.clean(changes.to_python(addition("building-words")))
    assert changes.clean(changes.to_python(addition("start")))
    with pytest.raises(ValidationError) as caught:
        changes.clean(changes.to_python(addition("nowhere")))
    assert "start, end, building-words" in str(caught.value.as_json_data())


def test_search_finds_what_is_asked_and_not_what_is_answered():
    body = ModuleBody()
    stream = body.to_python([check("What is a warm demand?", answers=2), factories.reflection("Who?")])
    words = " ".join(body.get_searchable_content(stream))
    assert "warm demand" in words
    assert "Feedback" not in words
    assert "Only the writer" not in words


@pytest.mark.parametrize("name", ModuleBody().child_blocks)
def test_every_block_shows_editors_what_it_will_look_like(name):
    chosen = ModuleBody().child_blocks[name]
    assert chosen.is_previewable
    assert chosen.get_description()
    drawn = chosen.render(chosen.get_preview_value())
    assert len(drawn) > 20
    assert "{{" not in drawn


def test_what_fills_a_placeholder_is_escaped(building):
    from cms.standpoints import standpoint_of_building

    building.name = "<b>Bold</b> Middle"
    drawn = ModuleBody().child_blocks["text"]
    html = drawn.render(
        drawn.to_python({"body": "<p>At {building}</p>"}), {"standpoint": standpoint_of_building(building)}
    )
    assert "&lt;b&gt;Bold" in html


def test_a_check_outside_the_player_never_gives_its_answers_away():
    chosen = ModuleBody().child_blocks["check"]
    value = chosen.to_python(check(right=(0,))["value"])
    assert "Feedback 0" not in chosen.render(value)
    assert "Feedback 0" in chosen.render(value, {"preview": True})
