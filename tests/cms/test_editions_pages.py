"""The pages on which a building's or district's edition is written."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Workflow

from cms import approving, editions
from cms.approving import State
from cms.models import Audience, Edition, ModulePage
from roster.models import Position
from tests import factories
from tests.cms.writing import edition_url, fields_of, send, with_piece, written


@pytest.fixture
def groups(db, editor):
    """Wagtail's groups and the workflow of editions."""
    call_command("setup_groups", verbosity=0)


@pytest.fixture
def first(course) -> ModulePage:
    """The course's first module."""
    return ModulePage.objects.child_of(course).first()


@pytest.fixture
def url(building, course) -> str:
    """The page of the building's edition."""
    return edition_url(building, course)


@pytest.fixture
def client(principal, client_of):
    """The principal's browser."""
    return client_of(principal)


def kept(building, course) -> Edition:
    return editions.draft_of(editions.edition_of(course.translation_key, building))


def blocks_of(edition) -> list[dict]:
    return [
        block
        for change in edition.changes.raw_data
        if change["type"] == "addition"
        for block in change["value"]["blocks"]
    ]


def test_a_draft_is_written_and_seen_as_a_teacher_would(building, course, first, url, client):
    fields = with_piece(client, url, first, "text", words="At **{building}** we <b>listen</b>.")
    answer = send(client, url, written(fields, welcome="*Welcome*, Heron Bend."), do="preview")
    page = client.get(answer.url).content.decode()
    assert "<em>Welcome</em>, Heron Bend." in page
    module = client.get(f"{answer.url}{first.translation_key}/").content.decode()
    assert "<b>Heron Bend Middle School</b> we &lt;b&gt;listen&lt;/b&gt;." in module
    assert "From Heron Bend Middle School" in module


def test_each_kind_of_addition_is_kept_and_keeps_its_id(building, course, first, url, client):
    fields = with_piece(client, url, first, "reflection", question="What do *we* do?")
    send(client, url, fields)
    before = blocks_of(kept(building, course))
    fields = with_piece(client, url, first, "resource", title="A page", link="https://example.org/a")
    send(client, url, written(fields, question="What do we do next?"))
    fields = with_piece(client, url, first, "action", what="Try it.")
    send(client, url, fields)
    after = blocks_of(kept(building, course))
    assert [block["type"] for block in after] == ["reflection", "resource", "action"]
    assert after[0]["id"] == before[0]["id"]
    assert after[0]["value"]["question"] == "<p>What do we do next?</p>"
    assert after[0]["value"]["required"] is True


def test_additions_are_moved_and_taken_out_without_a_script(building, course, first, url, client):
    for words in ("One.", "Two.", "Three."):
        shown = send(client, url, client.get(url), do=f"add:{first.translation_key}:end:text")
        fields = [
            (name, words if name.endswith("-words") and not value else value)
            for name, value in fields_of(shown)
        ]
        send(client, url, fields)
    ids = [block["id"] for block in blocks_of(kept(building, course))]
    shown = send(client, url, client.get(url), do=f"up:{ids[2]}")
    shown = send(client, url, shown, do=f"remove:{ids[0]}")
    assert [block["id"] for block in blocks_of(kept(building, course))] == ids
    send(client, url, shown)
    assert [block["id"] for block in blocks_of(kept(building, course))] == [ids[2], ids[1]]


def test_a_button_answers_htmx_with_its_module_alone(first, url, client):
    shown = client.get(url)
    answer = send(client, url, shown, do=f"add:{first.translation_key}:start:text", **{"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<details")
    assert answer.content.decode().count("edition__module") == 1


def test_a_block_that_an_editor_made_is_kept_as_it_is(building, principal, course, first, url, client):
    quote = factories.block("quote", text="Their words.", who="Somebody, 2019")
    change = {**factories.block("addition"), "value": {"module": first.pk, "place": "end", "blocks": [quote]}}
    said = editions.Words(welcome="", goal="", credit="", due_in_days=None, order=[], changes=[change])
    blank = editions.edition_of(course.translation_key, building)
    editions.save(edition=blank, words=said, based_on=None, by=principal)
    send(client, url, written(client.get(url), welcome="Hello."))
    assert blocks_of(kept(building, course)) == [quote]


def test_a_modules_standing_is_chosen_and_given_back(building, course, first, url, client):
    send(client, url, written(client.get(url), **{f"{first.translation_key}-standing": "hidden"}))
    assert [change["value"]["standing"] for change in kept(building, course).changes.raw_data] == ["hidden"]
    assert first.title in client.get(f"{url}preview/").content.decode().partition("Left out")[2]
    send(client, url, written(client.get(url), **{f"{first.translation_key}-standing": ""}))
    assert not kept(building, course).changes.raw_data


def test_an_order_is_advised_by_numbers(building, course, first, url, client):
    last = ModulePage.objects.child_of(course).last()
    send(client, url, written(client.get(url), **{f"{last.translation_key}-turn": "1"}))
    assert kept(building, course).order == [str(last.translation_key)]
    assert f'name="{last.translation_key}-turn" value="1"' in client.get(url).content.decode()
    answer = send(client, url, written(client.get(url), **{f"{first.translation_key}-turn": "-3"}))
    assert answer.status_code == 422
    send(client, url, written(client.get(url), **{f"{last.translation_key}-turn": ""}))
    assert kept(building, course).order == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("welcome", "Hello {nobody}."),
        ("welcome", "Hello {**building**}."),
        ("goal", "{build ing}"),
        ("credit", "x" * 201),
        ("welcome", "x" * 2001),
        ("due_in_days", "0"),
        ("due_in_days", "soon"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(building, course, url, client, field, words):
    answer = send(client, url, written(client.get(url), **{field: words}))
    assert answer.status_code == 422
    assert f'aria-describedby="id_{field}' in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", {"words": ""}),
        ("text", {"words": "{<b>building</b>}"}),
        ("text", {"words": "x" * 6001}),
        ("reflection", {"question": "", "minimum_words": "3"}),
        ("resource", {"title": "A page", "link": "javascript:alert(1)"}),
        ("action", {"what": "Try it.", "in_days": "999"}),
    ],
)
def test_a_piece_that_cannot_be_kept_is_said_at_its_field(first, url, client, kind, values):
    answer = send(client, url, with_piece(client, url, first, kind, **values))
    assert answer.status_code == 422
    assert "Something needs another look" in answer.content.decode()
    assert not Edition.objects.exists()


def test_markup_is_shown_as_it_was_typed(building, course, first, url, client):
    fields = with_piece(client, url, first, "text", words="<script>alert(1)</script>")
    send(client, url, written(fields, welcome="<script>alert(2)</script>", credit="<img src=x>"))
    for page in (url, f"{url}preview/", f"{url}preview/{first.translation_key}/"):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x>" not in text


def test_a_second_tab_is_refused_and_shows_both(building, course, first, url, client):
    send(client, url, with_piece(client, url, first, "text", words="Added before."))
    old = client.get(url)
    send(client, url, written(old, welcome="From the first tab."))
    answer = send(client, url, written(old, welcome="From the second tab."))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "From the first tab." in text
    assert "From the second tab." in text
    assert kept(building, course).welcome == "From the first tab."
    send(client, url, answer)
    assert kept(building, course).welcome == "From the second tab."
    assert [block["value"]["body"] for block in blocks_of(kept(building, course))] == ["<p>Added before.</p>"]


def test_sending_twice_sends_once_and_the_form_rests_meanwhile(building, course, url, client, groups):
    shown = written(client.get(url), welcome="Hello.")
    send(client, url, shown, do="send")
    answer = send(client, url, shown, do="send")
    assert answer.status_code == 302
    assert approving.reviews_of(Edition.objects.all()).keys() == {Edition.objects.get().pk}
    text = client.get(url).content.decode()
    assert "Take it back" in text
    assert re.search(r"<fieldset[^>]*disabled", text)
    client.post(f"{url}review/withdrawal/")
    assert "Save draft" in client.get(url).content.decode()


def test_without_a_workflow_the_draft_is_kept_and_the_author_told(building, course, url, client):
    Workflow.objects.update(active=False)
    answer = send(client, url, written(client.get(url), welcome="Hello."), do="send")
    assert "PSESD takes no editions just now" in client.get(answer.url).content.decode()
    assert kept(building, course).welcome == "Hello."


def test_what_psesd_says_stands_on_the_page_and_in_the_list(building, course, url, client, groups, editor):
    send(client, url, written(client.get(url), welcome="Hello."), do="send")
    task = approving.review_of(Edition.objects.get()).current_task_state
    task.reject(user=editor, comment="Say <why> in one line.")
    for page in (url, f"/buildings/{building.slug}/courses/"):
        assert "Say &lt;why&gt; in one line." in client.get(page).content.decode()
    assert [one.state for one in editions.shelf(building)] == [State.RETURNED]


def test_a_misfit_is_said_and_settled_on_the_page(building, course, first, url, client):
    send(client, url, with_piece(client, url, first, "text", words="Words that lost their module."))
    first.unpublish()
    shown = client.get(url)
    assert "What no longer fits" in shown.content.decode()
    assert "Words that lost their module." in shown.content.decode()
    second = ModulePage.objects.child_of(course).live().get()
    send(client, url, written(shown, fate=str(second.translation_key)))
    assert "What no longer fits" not in client.get(url).content.decode()
    assert [change["value"]["module"] for change in kept(building, course).changes.raw_data] == [second.pk]


def test_forged_pieces_change_nothing(building, course, first, url, client):
    masters = str(first.body[1].id)
    forged = [
        *written(client.get(url), welcome="Hello."),
        ("piece", masters),
        (f"{masters}-module", str(first.translation_key)),
        (f"{masters}-kind", "text"),
        (f"{masters}-where", "end"),
        (f"{masters}-words", "In its place."),
        ("piece", "not-an-id"),
    ]
    assert send(client, url, forged).status_code == 302
    assert not blocks_of(kept(building, course))


ROLES = {
    "principal": (200, 404),
    "other principal": (404, 404),
    "teacher": (404, 404),
    "coach": (404, 404),
    "district admin": (200, 200),
    "other district admin": (404, 404),
    "editor": (200, 200),
    "admin": (200, 200),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_writes_whose_edition(request, building, course, client_of, role):
    people = {"district admin": "district_admin"}
    if role.startswith("other "):
        elsewhere = factories.BuildingFactory()
        person = (
            factories.make_principal(elsewhere)
            if role == "other principal"
            else factories.make_person(Position.Role.DISTRICT_ADMIN, district=elsewhere.district)
        )
    else:
        person = request.getfixturevalue(people.get(role, role))
    browser = client_of(person)
    for place, wanted in zip((building, building.district), ROLES[role], strict=True):
        page = edition_url(place, course)
        answers = [
            browser.get(page),
            browser.get(f"{page}preview/"),
            browser.get(page.partition("courses/")[0] + "courses/"),
        ]
        assert {answer.status_code for answer in answers} == {wanted}
        posted = browser.post(page, {"welcome": "Hello."})
        assert posted.status_code == (302 if wanted == 200 else 404)


def test_a_visitor_signs_in_first(url, client_of):
    assert Client().get(url).url.startswith("/accounts/login/")


def test_a_course_that_nobody_there_may_take_does_not_exist(building, client):
    Audience.objects.create(slug="high", name="High", include={"levels": ["high"]})
    course = factories.make_course("For high schools", audiences=["high"])
    assert client.get(edition_url(building, course)).status_code == 404
    assert client.post(edition_url(building, course), {"welcome": "Hello."}).status_code == 404


def test_the_page_costs_the_same_however_much_there_is(building, course, first, url, client):
    def cost(page):
        client.get(page)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(page).status_code == 200
        return len(spent)

    pages = (url, f"/buildings/{building.slug}/courses/", f"{url}preview/")
    send(client, url, with_piece(client, url, first, "text", words="One."))
    send(client, url, written(client.get(url), welcome="Hello."))
    small = [cost(page) for page in pages]
    for n in range(3):
        send(client, url, with_piece(client, url, first, "reflection", question=f"What, {n}?"))
        factories.make_module(course, title=f"More {n}")
        other = factories.make_course(f"Other {n}")
        send(client, edition_url(building, other), client.get(edition_url(building, other)))
    assert [cost(page) for page in pages] == small
