"""The list of notices, what comes by email, and the way out of it."""

import pytest
from django.test import Client
from django.urls import reverse

from notices import choosing, emailing, telling
from notices.models import Kind


def tell(person, key, **facts):
    words = {"title": f"Notice {key}", **facts}
    telling.tell_each(people=[person], kind=Kind.ASSIGNED, key=key, **words)
    return person.notices.get(key=key)


def path_of(url):
    return url.removeprefix("http://localhost:8000")


def test_what_is_unread_comes_first_and_people_see_their_own_only(teacher, principal, client_of):
    tell(teacher, "old")
    tell(teacher, "new").person.notices.filter(key="new").update(read_at="2026-01-01T00:00Z")
    tell(principal, "other")

    page = client_of(teacher).get(reverse("notices:list")).content.decode()

    assert page.index("Notice old") < page.index("Notice new")
    assert "Notice other" not in page


def test_an_empty_list_says_what_will_come(teacher, client_of):
    page = client_of(teacher).get(reverse("notices:list")).content.decode()

    assert "Nothing to tell you yet" in page
    assert "Mark all as read" not in page


@pytest.mark.parametrize("count", [1, 45])
def test_the_list_costs_the_same_and_comes_in_pages(teacher, client_of, count, django_assert_num_queries):
    for number in range(count):
        tell(teacher, str(number), body="<img src=x>")
    client = client_of(teacher)
    client.get(reverse("notices:list"))

    with django_assert_num_queries(7):
        page = client.get(reverse("notices:list")).content.decode()

    assert page.count("row--unread") == min(count, 20)
    assert "<img src=x>" not in page
    assert client.get(reverse("notices:list"), {"page": "999"}).status_code == 200
    assert client.get(reverse("notices:list"), {"page": "x"}).status_code == 200


def test_following_a_notice_reads_it_and_leads_only_within_this_site(teacher, client_of):
    client = client_of(teacher)
    here, elsewhere = tell(teacher, "here", url="/profile/"), tell(teacher, "there", url="//evil.example/")

    assert client.get(reverse("notices:show", args=[here.pk])).headers["Location"] == "/profile/"
    to_list = client.get(reverse("notices:show", args=[elsewhere.pk])).headers["Location"]
    assert to_list == reverse("notices:list")
    assert telling.unread_count(teacher) == 0


def test_marking_one_and_all_read_and_again(teacher, principal, client_of):
    client = client_of(teacher)
    one = tell(teacher, "1")
    for key in "23":
        tell(teacher, key)
    tell(principal, "other")

    for _press in range(2):
        client.post(reverse("notices:read", args=[one.pk]))
    assert telling.unread_count(teacher) == 2
    for _press in range(2):
        client.post(reverse("notices:read_all"))
    assert telling.unread_count(teacher) == 0
    assert telling.unread_count(principal) == 1


@pytest.mark.parametrize(("name", "method"), [("show", "get"), ("read", "post")])
def test_another_persons_notice_is_not_there(teacher, principal, client_of, name, method):
    other = tell(principal, "other")

    answer = getattr(client_of(teacher), method)(reverse(f"notices:{name}", args=[other.pk]))

    assert answer.status_code == 404
    assert telling.unread_count(principal) == 1


@pytest.mark.parametrize("name", ["list", "preferences"])
def test_a_visitor_is_asked_to_sign_in(client, db, name):
    answer = client.get(reverse(f"notices:{name}"))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]


def test_choosing_what_comes_by_email(teacher, client_of):
    client = client_of(teacher)

    assert client.post(reverse("notices:preferences"), {"kinds": ["due"]}).status_code == 302
    assert choosing.kinds_by_email(teacher) == {"due"}
    assert client.post(reverse("notices:preferences"), {"kinds": ["forged"]}).status_code == 422
    assert choosing.kinds_by_email(teacher) == {"due"}
    client.post(reverse("notices:preferences"), {})
    assert choosing.kinds_by_email(teacher) == set()


def test_a_mail_program_unsubscribes_with_one_post_and_no_cookie(teacher):
    address = path_of(emailing.unsubscribe_url_for(teacher, Kind.DUE))
    stranger = Client(enforce_csrf_checks=True)

    for _time in range(2):
        answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    assert choosing.kinds_by_email(teacher) == set(Kind.values) - {"due"}


def test_opening_the_link_only_asks(teacher, client):
    address = path_of(emailing.unsubscribe_url_for(teacher, Kind.DUE))

    page = client.get(address)

    assert page.status_code == 200
    assert "A due date comes near" in page.content.decode()
    assert choosing.kinds_by_email(teacher) == set(Kind.values)


def test_a_broken_or_forged_link_changes_nothing_and_says_so(teacher, client):
    address = path_of(emailing.unsubscribe_url_for(teacher, Kind.DUE))

    for wrong in (address[:-3] + "/", reverse("notices:unsubscribe", args=["x"])):
        answer = client.post(wrong)
        assert answer.status_code == 404
        assert "not whole" in answer.content.decode()
    assert choosing.kinds_by_email(teacher) == set(Kind.values)
