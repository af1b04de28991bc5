"""What a browser is told it may keep, and when it has to let go."""

import pytest
from django.urls import reverse

from roster import devices
from tests.factories import PersonFactory

PASSWORD = "kelp-bay-2026"


@pytest.fixture
def teacher(db):
    person = PersonFactory(email="teacher@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def reading(client, teacher):
    """The teacher's browser."""
    client.force_login(teacher)
    return client


def sign_in(client, **fields):
    return client.post(
        reverse("account_login"), {"login": "teacher@example.org", "password": PASSWORD, **fields}
    )


def test_every_page_says_whose_it_is(client, reading, teacher):
    assert reading.get("/device/")["X-Reader"] == str(teacher.pk)
    client.logout()
    assert client.get("/accounts/login/")["X-Reader"] == "nobody"


def test_only_a_page_that_may_be_kept_says_so(reading):
    assert reading.get(reverse("courses:learning"))["X-Keep"] == "desk"
    assert "X-Keep" not in reading.get(reverse("courses:journal"))
    assert "X-Keep" not in reading.get(reverse("roster:profile"))


def test_on_a_shared_device_nothing_may_be_kept(reading):
    reading.post("/device/", {"shared": "1"})
    answer = reading.get(reverse("courses:learning"))
    assert "X-Keep" not in answer
    assert answer["X-Reader"].endswith("; shared")
    reading.post("/device/", {"shared": ""})
    assert "X-Keep" in reading.get(reverse("courses:learning"))


def test_the_choice_at_sign_in_lasts_until_the_browser_is_closed(client, teacher):
    answer = sign_in(client, shared_device="on", remember="on")
    cookie = answer.cookies[devices.SHARED]
    assert (cookie.value, cookie["max-age"], cookie["expires"]) == ("1", "", "")
    assert client.session.get_expire_at_browser_close()
    assert client.get("/device/").context["is_shared"]


def test_signing_in_on_ones_own_device_ends_an_earlier_choice(client, teacher):
    sign_in(client, shared_device="on")
    client.logout()
    client.cookies[devices.SHARED] = "1"
    assert sign_in(client).cookies[devices.SHARED].value == ""


def test_signing_out_clears_the_browser_and_a_script_hears_of_it_later(reading, teacher):
    answer = reading.post(reverse("account_logout"))
    assert '"storage"' in answer["Clear-Site-Data"]
    assert answer.cookies[devices.LEFT].value == "1"
    assert reading.get("/accounts/login/")["X-Reader"] == "nobody; left"


def test_a_session_that_ran_out_is_no_sign_out(client, reading):
    del client.cookies["sessionid"]
    answer = client.get("/accounts/login/")
    assert answer["X-Reader"] == "nobody"
    assert "Clear-Site-Data" not in answer
