"""The small world of the permission matrix: two districts, everybody in them, one of each record."""

import datetime
import uuid
from dataclasses import dataclass
from io import StringIO

from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.models import Audience, Edition
from courses import (
    assigning,
    checking,
    committing,
    discussing,
    enrolling,
    noting,
    reaching,
    reflecting,
    studying,
)
from courses.intended import Wish
from courses.models import Reflection
from notices import calendars, emailing, telling
from roster.models import Position, User
from tests import factories
from tests.courses import endings
from tests.permissions import teams

VISITOR = "visitor"


@dataclass(frozen=True)
class World:
    """Who asks (``people``, by role), what tells who it is, and what an address can be about (``things``)."""

    people: dict[str, User | None]
    cookies: dict[str, str]
    things: dict[str, object]


def build() -> World:
    """Make the world. Its records are the teacher's; the principal assigned one course to the teacher."""
    ours = factories.BuildingFactory(district__goal="")
    theirs = factories.BuildingFactory()
    people = _people(ours, theirs)
    call_command("setup_groups", stdout=StringIO())
    cookies = {role: _signed_in(person) for role, person in people.items()}
    return World(people, cookies, _things(people, ours, theirs))


def _people(ours, theirs) -> dict[str, User | None]:
    role = Position.Role
    return {
        VISITOR: None,
        "teacher": factories.make_teacher(ours),
        "colleague": factories.make_teacher(ours),
        "other teacher": factories.make_teacher(theirs),
        "principal": factories.make_principal(ours),
        "other principal": factories.make_principal(theirs),
        "district admin": factories.make_person(role.DISTRICT_ADMIN, district=ours.district),
        "other district admin": factories.make_person(role.DISTRICT_ADMIN, district=theirs.district),
        "coach": factories.make_person(role.COACH, building=ours),
        "other coach": factories.make_person(role.COACH, building=theirs),
        "editor": factories.make_person(role.EDITOR),
        "admin": factories.make_person(role.PSESD_ADMIN),
    }


def _signed_in(person: User | None) -> str:
    """The cookies of a person's session; none of the visitor's."""
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies.output(header="", sep=";")


def _things(people, ours, theirs) -> dict[str, object]:
    teacher, principal = people["teacher"], people["principal"]
    course = factories.make_course("Open to all", modules=0)
    film = factories.film()
    asked = factories.reflection(discussion=True)
    words = [factories.text(), asked, factories.check(), factories.action(), film]
    module = factories.make_module(course, body=words)
    Audience.objects.create(slug="others", name="Others", include={"buildings": [theirs.slug]})
    shut = factories.make_course("Not for our building", audiences=["others"])
    draft = factories.make_course("A draft")
    draft.unpublish()
    certificate = endings.certify(teacher, endings.make_approved_course())
    enrollment = enrolling.enroll(person=teacher, course=course)
    Edition.objects.create(course_key=course.translation_key, building=ours, welcome="Ours")
    Edition.objects.create(course_key=course.translation_key, district=ours.district, welcome="Ours")
    ids = {block.block_type: block.id for block in module.body}
    _do(enrollment, module, ids)
    at_prompt = {"module_key": module.translation_key, "block_id": ids["reflection"]}
    return {
        "building": ours.slug,
        "district": ours.district.slug,
        "person": teacher.pk,
        "course": course.translation_key,
        "shut course": shut.translation_key,
        "draft course": draft.translation_key,
        "course page": course.url.lstrip("/"),
        "shut course page": shut.url.lstrip("/"),
        "module page": module.url.lstrip("/"),
        "home page": "",
        "service": "racial-equity-tool",
        "enrollment": enrollment.pk,
        "done": certificate.enrollment.pk,
        "module": module.translation_key,
        "prompt": ids["reflection"],
        "reflection": enrollment.reflections.get().pk,
        "reflection for the coach": _share(enrollment, module, "coach").pk,
        "reflection for the team": _share(enrollment, module, "building").pk,
        "check": ids["check"],
        "step": ids["action"],
        **_talk(ours, at_prompt, teacher, principal),
        "note": noting.note(enrollment=enrollment, **at_prompt, text="Mine alone.").pk,
        "film": ids["video"],
        "certificate": certificate.code,
        "assignment": _assign(course, ours, teacher, principal).pk,
        "notice": _tell(teacher).pk,
        **teams.things(people, ours),
        "calendar": calendars.address_of(_with_calendar(teacher)).rsplit("/", 1)[-1].removesuffix(".ics"),
        "token": signing.dumps([teacher.pk, "assigned"], salt=emailing.UNSUBSCRIBE_SALT),
    }


def _with_calendar(person):
    """The person, with a calendar of their own."""
    return calendars.make_feed(person=person).person


def _do(enrollment, module, ids) -> None:
    """Let the teacher write, answer and take something on."""
    key = module.translation_key
    studying.open_module(enrollment=enrollment, module_key=key)
    prompt = {"module_key": key, "block_id": ids["reflection"], "text": "Mine alone.", "based_on": 0}
    reflecting.save(enrollment=enrollment, **prompt)
    wrong = str(uuid.uuid5(uuid.UUID(ids["check"]), "1"))
    checking.answer(enrollment=enrollment, module_key=key, block_id=ids["check"], choices=[wrong])
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    committing.commit(enrollment=enrollment, module_key=key, block_id=ids["action"], due_on=tomorrow)


def _share(enrollment, module, sharing) -> Reflection:
    """Another reflection of the teacher's, shared like that."""
    where = {"module_key": module.translation_key, "block_id": str(uuid.uuid4())}
    return Reflection.objects.create(
        enrollment=enrollment, **where, prompt="What?", text="Shared.", words=1, sharing=sharing
    )


def _talk(building, at_prompt, teacher, principal) -> dict[str, int]:
    """The principal opens a discussion, and the teacher says something in it."""
    discussion = discussing.open_for(building=building, by=principal, **at_prompt)
    post = discussing.post(discussion=discussion, author=teacher, text="What do you do?")
    return {"discussion": discussion.pk, "post": post.pk}


def _assign(course, building, teacher, principal):
    wish = Wish(course=course, place=building, people_ids=frozenset([teacher.pk]))
    assignment = assigning.assign(wish=wish, by=principal, token=uuid.uuid4())
    reaching.reach(assignment)
    return assignment


def _tell(person):
    telling.tell_each(people=[person], kind="assigned", key="matrix", title="Something")
    return person.notices.get(key="matrix")
