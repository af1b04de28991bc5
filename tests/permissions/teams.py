"""What of the world a team works on: one engagement that all of it may read, and a coaching that few may."""

from django.core.files.base import ContentFile
from django.utils import timezone

from engagements import (
    acting,
    agenda,
    answering,
    charting,
    filing,
    going_public,
    hearing,
    inviting,
    joining,
    meeting,
    minuting,
    reporting,
    requesting,
    talking,
)
from engagements.models import Engagement, Member
from roster.models import Building, User
from tests.engagements import making
from tests.engagements.protocols import write_protocol


def things(people: dict[str, User | None], building: Building) -> dict[str, object]:
    """Open both, with the principal as lead, the coach, and the teacher as a member of the first."""
    coach = people["coach"]
    team = _open(building, people, "racial-equity-tool", private_notes=True, may_publish=True)
    member = joining.add(engagement=team, by=coach, role=Member.Role.MEMBER, person=people["teacher"])
    making.make_version(key=team.protocol_version.protocol_key, number=2)
    _write(team, people["principal"])
    coaching = _open(building, people, "leadership-coaching", confidential=True)
    _write(coaching, people["principal"])
    plan = team.protocol_version.plan
    words = {"group": "Families", "said": "Nobody asked us."}
    lead = making.member_of(team, people["principal"])
    to_come = _meet(lead)
    asked = minuting.minutes_of(to_come)
    answering.save(member=lead, prompt=asked, fields={"text": ["We looked."]}, based_on=0)
    held = _meet(lead)
    meeting.hold(meeting=held)
    table = "Group,Students,Percent\nGrade 6,120,15\nGrade 7,130,20"
    charting.put(member=lead, prompt=plan.prompt("counts"), text=table, based_on=0)
    return {
        "engagement": team.pk,
        "coaching": coaching.pk,
        "member": member.pk,
        "team step": "look",
        "team text": "seen",
        "team agreement": "norms",
        "team voices": "voices",
        "team data": "counts",
        "report": reporting.make(engagement=team, by=lead).number,
        "request": _ask(people, building).pk,
        "coaching request": _ask(people, building, "leadership-coaching", is_confidential=True).pk,
        "coach": coach.pk,
        "comment": talking.say(by=member, step=plan.step("look"), text="Who was asked?").pk,
        "file": filing.put(by=lead, upload=ContentFile(b"The policy", name="policy.txt")).pk,
        "published": going_public.publish(by=lead, title="Our work", prompt_ids=["seen"]).slug,
        "link": inviting.invite(by=lead, step=plan.step("asked"), language="es", days=7, name="Rosa")[0].pk,
        "meeting": to_come.pk,
        "minutes": asked.id,
        "held meeting": held.pk,
        "agenda item": agenda.add(meeting=to_come, title="Look", minutes_long=10).pk,
        "round": 1,
        "coaching meeting": _meet(making.member_of(coaching, coach)).pk,
        "action": acting.take_on(by=lead, owner=lead, what="Ask the families.").pk,
        "voice": hearing.write_down(member=lead, prompt=plan.prompt("voices"), words=words).pk,
    }


def _ask(people, building: Building, service: str = "data-coaching", *, is_confidential: bool = False):
    """The principal asks; the building's coach has it on their desk."""
    if is_confidential:
        write_protocol(slug=service, service=service, confidential=True)
    asked = {"service": service, "needs": "We look at numbers alone."}
    request = requesting.ask(by=people["principal"], place=building, **asked)
    return requesting.take_up(request=request, by=people["admin"], coach=people["coach"])


def _meet(by: Member):
    return meeting.plan(
        engagement=by.engagement, by=by, title="We look", starts_at=timezone.now(), minutes_long=60
    )


def _open(building: Building, people, service: str, **settings) -> Engagement:
    text = making.prompt(id_="seen", required=False)
    agreement = making.prompt("agreement", id_="norms", required=False)
    voices = making.prompt("voices", id_="voices", required=False, least=1)
    data = making.prompt("data", id_="counts", required=False)
    required = making.step(making.prompt(id_="later"), id_="later")
    asked = making.prompt("voices", id_="heard", required=False, least=1)
    guests = making.step(asked, id_="asked", for_roles=["lead", "member", "coach", "guest"])
    phase = making.phase(guests, making.step(text, agreement, voices, data, id_="look"), required)
    version = making.make_version(phase, service=service, **settings)
    return making.make_engagement(building, version=version, coach=people["coach"], lead=people["principal"])


def _write(engagement: Engagement, person: User) -> None:
    answering.save(
        member=making.member_of(engagement, person),
        prompt=engagement.protocol_version.plan.prompt("seen"),
        fields={"text": ["Ours."]},
        based_on=0,
    )
