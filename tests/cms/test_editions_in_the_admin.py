"""What PSESD's editors do with editions in Wagtail's admin: approve, send back, compare."""

import pytest
from django.urls import reverse

from cms import approving, editions
from cms.approving import State
from cms.models import ModulePage
from tests import factories


@pytest.fixture
def sent(at_the_desk, building, principal, course):
    """The building's edition, lying with PSESD."""
    first = ModulePage.objects.child_of(course).first()
    value = {"module": first.pk, "place": "a-lost-place", "blocks": [factories.text("Ours alone.")]}
    changes = [{**factories.block("addition"), "value": value}]
    words = editions.Words("Hello from Heron Bend.", "", "Denise", 21, [], changes)
    blank = editions.edition_of(course.translation_key, building)
    edition = editions.save(edition=blank, words=words, based_on=None, by=principal)
    approving.send(edition=edition, by=principal)
    return edition


def act(browser, edition, action, comment=""):
    task = approving.review_of(edition).current_task_state
    url = reverse("wagtailsnippets_cms_edition:workflow_action", args=[edition.pk, action, task.pk])
    return browser.post(url, {"comment": comment})


def state(edition):
    edition.refresh_from_db()
    return approving.state_of(edition, approving.review_of(edition))


def test_it_waits_in_the_queue_is_sent_back_and_approved(at_the_desk, sent, principal):
    assert "Heron Bend Middle School" in at_the_desk.get(reverse("wagtailadmin_home")).content.decode()
    act(at_the_desk, sent, "reject", "Name the team.")
    assert state(sent) == State.RETURNED
    assert approving.review_of(sent).current_task_state.comment == "Name the team."
    approving.send(edition=sent, by=principal)
    act(at_the_desk, sent, "approve")
    assert state(sent) == State.LIVE


def test_the_authors_cannot_approve_themselves(at_the_desk, sent, principal, client_of):
    act(client_of(principal), sent, "approve")
    assert state(sent) == State.SENT


def test_editions_stand_side_by_side_with_what_no_longer_fits(at_the_desk, sent, course):
    url = reverse("editions_side_by_side:course", args=[course.translation_key])
    page = at_the_desk.get(url).content.decode()
    for words in ("Hello from Heron Bend.", "Ours alone.", "a-lost-place", "is no longer in", "With PSESD"):
        assert words in page
    assert course.title in at_the_desk.get(reverse("editions_side_by_side:index")).content.decode()


def test_the_list_says_which_editions_no_longer_fit(at_the_desk, sent):
    page = at_the_desk.get(reverse("wagtailsnippets_cms_edition:list")).content.decode()
    assert "1 no longer fits" in page


def test_a_principal_has_no_business_there(sent, principal, client_of, course):
    url = reverse("editions_side_by_side:course", args=[course.translation_key])
    assert client_of(principal).get(url).status_code in (302, 403, 404)
