"""Invitations: a person who came with a roster gets in by a link, once."""

import re

from django.core.management import call_command
from django.test import Client

from roster import invitations, inviting
from roster.models import AuditEntry, User
from tests import factories


def test_the_link_of_an_invitation_sets_a_password_and_signs_in_whatever_the_case(
    db, mailoutbox, django_capture_on_commit_callbacks
):
    person = User.objects.create_user("New.Teacher@Example.org", first_name="Nia", last_name="<b>Bold</b>")
    factories.PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        assert inviting.invite(people=User.objects.all()) == 1
    (message,) = mailoutbox
    assert message.to == ["new.teacher@example.org"]
    address = re.search(r"http\S+", message.body).group()

    client = Client()
    page = client.get(address.replace("http://localhost:8000", ""), follow=True)
    choice = {"password1": "three small otters", "password2": "three small otters"}
    client.post(page.request["PATH_INFO"], choice)

    person.refresh_from_db()
    assert person.check_password("three small otters")
    assert Client().login(email="NEW.teacher@example.ORG", password="three small otters")
    assert AuditEntry.objects.get(action="invited").subject_id == str(person.pk)
    assert invitations.send(person) is False


def test_the_command_invites_the_ones_named(db, mailoutbox, django_capture_on_commit_callbacks):
    for name in ("a", "b"):
        User.objects.create_user(f"{name}@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("invite_people", "B@example.org", verbosity=0)

    assert [message.to for message in mailoutbox] == [["b@example.org"]]
