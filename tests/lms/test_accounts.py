"""Accounts come from rosters."""

from django.contrib.auth import get_user_model


def test_nobody_makes_themselves_an_account(client, db):
    fields = {"email": "new@person.example", "password1": "kelp-bay-2026", "password2": "kelp-bay-2026"}
    client.post("/accounts/signup/", fields)
    assert not get_user_model().objects.filter(email="new@person.example").exists()


def test_a_page_that_is_not_there_says_so(client, db):
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]
