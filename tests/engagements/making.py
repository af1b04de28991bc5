"""The least that a test of an engagement needs: a version of a protocol, and a team that works along it."""

import uuid

from engagements import opening
from engagements.models import Engagement, Member, ProtocolVersion
from roster.models import Position
from tests import factories

SETTINGS = {
    "confidential": False,
    "private_notes": False,
    "repeats": False,
    "has_terms": False,
    "may_publish": False,
    "must_have_voices": False,
    "constituencies": [],
}


def prompt(kind="text", id_=None, **own) -> dict:
    """A prompt of a version's structure, required unless it says otherwise."""
    common = {
        "id": id_ or str(uuid.uuid4()),
        "kind": kind,
        "label": "What do you see?",
        "help": "",
        "required": True,
        "in_report": True,
        "report_heading": "",
    }
    return common | own


def step(*prompts, id_=None, title="A step", **fields) -> dict:
    """A step of a version's structure."""
    texts = dict.fromkeys(("guidance", "example", "norms", "facilitation"), "")
    lists = {"for_roles": [], "prepares": [], "rounds": []}
    own = {"id": id_ or str(uuid.uuid4()), "title": title, "minutes": 30, "prompts": list(prompts)}
    return texts | lists | own | fields


def phase(*steps, title="A phase") -> dict:
    """A phase of a version's structure."""
    return {"id": str(uuid.uuid4()), "title": title, "purpose": "", "steps": list(steps)}


def make_version(*phases, key=None, number=1, service="racial-equity-tool", **settings) -> ProtocolVersion:
    """A published version; one phase, step and text where none is given."""
    return ProtocolVersion.objects.create(
        protocol_key=key or uuid.uuid4(),
        language="en",
        number=number,
        title="Looking together",
        service=service,
        structure={
            "settings": SETTINGS | settings,
            "phases": list(phases) or [phase(step(prompt(id_="seen"), id_="look", title="Look closely"))],
        },
    )


def make_engagement(building, *, version=None, coach=None, lead=None, **fields) -> Engagement:
    """An engagement under way at ``building``, with its coach and, where given, its lead."""
    coach = coach or factories.make_person(Position.Role.COACH, building=building)
    return opening.open_engagement(
        **{"by": coach, "title": "Who gets into algebra", "place": building, **fields},
        version=version or make_version(),
        coaches=[coach],
        leads=[lead] if lead else [],
    )


def member_of(engagement, person) -> Member:
    """Where ``person`` sits, with the engagement that the test holds."""
    member = engagement.members.present().get(person=person)
    member.engagement = engagement
    return member
