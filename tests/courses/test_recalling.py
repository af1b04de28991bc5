"""The history of a reflection: what changed, which texts were set aside, and the way back."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses import recalling, reflecting
from courses.models import Reflection


@pytest.fixture
def reflection(enrollment, first, prompt):
    """A text that was changed once, and met another one."""
    at = {"enrollment": enrollment, "module_key": first.key, "block_id": prompt}
    reflecting.save(**at, text="We asked two families.", based_on=0)
    reflecting.save(**at, text="We asked **three** families.", based_on=1, keep_earlier=True)
    with pytest.raises(reflecting.Stale):
        reflecting.save(**at, text="Nobody asked.", based_on=1)
    return Reflection.objects.get()


@pytest.fixture
def url(reflection):
    """Its page of versions."""
    at = [reflection.enrollment_id, reflection.module_key, reflection.block_id]
    return reverse("courses:reflection_versions", args=at)


def test_each_text_is_compared_with_the_one_before_and_one_set_aside_with_now(reflection):
    history = recalling.history(reflection)
    now, early = history[0], next(past for past in history if past.text == "We asked two families.")
    aside = next(past for past in history if past.is_set_aside)
    assert now.is_now
    assert (now.before, now.added, now.removed) == (early.text, 1, 1)
    assert early.before is None
    assert (aside.text, aside.before) == ("Nobody asked.", now.text)


def test_the_page_says_what_changed_and_marks_it_for_ears_and_eyes(client_of, teacher, url):
    page = BeautifulSoup(client_of(teacher).get(url).content, "html.parser")
    now = page.select_one(".version--now")
    assert "1 word added, 1 taken out" in " ".join(now.get_text().split())
    assert now.ins.get_text(" ", strip=True) == "[added: **three** ]"
    assert now.find("del").get_text(" ", strip=True) == "[taken out: two ]"
    assert now.select_one(".as-read strong").get_text() == "three"
    assert page.find(string="Set aside when two versions met")


def test_bringing_a_text_back_leads_to_where_the_person_came_from(client_of, teacher, url, reflection):
    client = client_of(teacher)
    early = reflection.versions.get(text__isnull=False, why="earlier")
    answer = client.post(f"{url}?from=journal", {"version": early.pk, "based_on": reflection.version})
    assert answer.url == reverse("courses:journal")
    assert Reflection.objects.get().text == "We asked two families."


def test_a_long_history_costs_as_many_queries_as_a_short_one(
    client_of, teacher, url, reflection, django_assert_max_num_queries
):
    client, at = client_of(teacher), reflection
    for number in range(30):
        at = reflecting.save(
            enrollment=at.enrollment,
            module_key=at.module_key,
            block_id=at.block_id,
            text=f"Text {number}.",
            based_on=at.version,
            keep_earlier=True,
        )
    with django_assert_max_num_queries(6):
        page = client.get(url)
    assert page.content.count(b"Bring this text back") == 19
