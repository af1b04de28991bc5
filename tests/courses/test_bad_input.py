"""Bad input that belongs to no one verb: every form sent twice, and markup in what leaders write."""

import datetime
import uuid

from django.apps import apps
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses import assigning, reaching
from courses.intended import Wish
from tests.courses import endings
from tests.permissions import world as worlds
from tests.permissions.table import EDITIONS, OF_LEADERS, OF_ONESELF, TAKING

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def in_a_week() -> str:
    return (timezone.localdate() + datetime.timedelta(days=7)).isoformat()


def right(check: str) -> str:
    """The id of a check's right answer, as the factory gives it."""
    return str(uuid.uuid5(uuid.UUID(check), "0"))


#: What a person sends by each form that the permission table leaves empty.
FILLED = {
    "courses:check": lambda things: {"number": "2", "choice": right(things["check"])},
    "courses:commitment": lambda things: {"due_on": in_a_week()},
    "courses:outcome": lambda things: {"outcome": "done", "how_it_went": "Well."},
    "courses:withdraw": lambda things: {"reason": "No time."},
    "courses:evaluation": lambda things: {name: str(mark) for name, mark in endings.ANSWERS.items()},
    "courses:reflection": lambda things: {"text": "The same words.", "based_on": "1"},
    "courses:assignment_new": lambda things: {
        "course": things["course"], "whom": "all", "token": str(uuid.uuid4()), "step": "confirm",
    },
}  # fmt: skip
FORMS = {
    address.name: address
    for address in reversed([*OF_ONESELF, *TAKING, *OF_LEADERS, *EDITIONS])
    if address.serves("POST") and address.sees
}


def test_a_form_that_is_sent_twice_stores_once(db, django_capture_on_commit_callbacks):
    world = worlds.build()

    def send(client, url, words):
        with django_capture_on_commit_callbacks(execute=True):
            status = client.post(url, {"csrfmiddlewaretoken": "-", **words}).status_code
        return status < 500, rows()

    def is_stored_once(name) -> bool:
        address, filled, client = FORMS[name], FILLED.get(name), Client()
        sender = next(role for role in ("teacher", "principal", "district admin") if role in address.sees)
        words = (
            filled(world.things) if filled else {k: world.things.get(v, v) for k, v in address.data.items()}
        )
        url = reverse(name, args=[world.things[thing] for thing in address.args])
        with transaction.atomic():
            client.force_login(world.people[sender], backend="django.contrib.auth.backends.ModelBackend")
            first, second = send(client, url, words), send(client, url, words)
            transaction.set_rollback(True)
        return first == second and first[0]

    assert [name for name in FORMS if not is_stored_once(name)] == []


def test_markup_that_a_leader_writes_stays_text(
    client_of, principal, teacher, building, course, django_capture_on_commit_callbacks
):
    wish = Wish(course=course, place=building, message=MARKUP)
    with django_capture_on_commit_callbacks(execute=True):
        assignment = assigning.assign(wish=wish, by=principal, token=uuid.uuid4())
        reaching.reach(assignment)
    pages = [
        client_of(principal).get(reverse("courses:assignment", args=[assignment.pk])).content.decode(),
        client_of(teacher).get(reverse("notices:list")).content.decode(),
        *(str(body) for letter in mail.outbox for body, _kind in letter.alternatives),
    ]
    assert len(pages) > 2, "nobody got an email"
    for page in pages:
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def rows() -> dict[str, int]:
    """How many rows each of our tables has."""
    ours = (apps.get_app_config(label) for label in ("roster", "notices", "cms", "courses"))
    return {model._meta.label: model.objects.count() for app in ours for model in app.get_models()}
