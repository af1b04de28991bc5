"""From opening to closing: who is in it, how far it is, what it needs to end, and what comes after."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from engagements import (
    agreeing,
    answering,
    closing,
    joining,
    noting,
    opening,
    presence,
    progressing,
    renewing,
    versioning,
)
from engagements.models import Engagement, Member, StepDone, Voice
from notices.models import Notice
from tests.engagements import making


def answer(member, prompt, text="We see."):
    """Answer a text prompt."""
    return answering.save(member=member, prompt=prompt, fields={"text": [text]}, based_on=0)


def finish(engagement, step_id, by):
    """Finish a step."""
    step = engagement.protocol_version.plan.step(step_id)
    progressing.finish_step(engagement=engagement, step=step, by=by)


def test_an_engagement_opens_with_its_people_and_its_first_step(engagement, coach, principal):
    roles = dict(engagement.members.values_list("person", "role"))
    assert roles == {coach.pk: "coach", principal.pk: "lead"}
    assert (engagement.progress, engagement.next_step_title) == (0, "Look closely")


def test_it_is_at_one_place(engagement, building):
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(district=building.district)


def test_nobody_is_in_it_twice_and_who_left_comes_back_to_what_was_theirs(engagement, maria, coach, text):
    again = {"engagement": engagement, "by": coach, "role": Member.Role.LEAD, "person": maria.person}
    with pytest.raises(joining.AlreadyIn):
        joining.add(**again)
    agreeing.agree(member=maria, prompt=text)
    joining.leave(member=maria, by=coach)
    member = joining.add(**again)
    assert (member, member.role, member.left_at) == (maria, Member.Role.LEAD, None)
    assert [row.member for row in engagement.agreements.all()] == [member]
    assert Notice.objects.filter(person=maria.person, title__contains="in “").count() == 2


def test_somebody_steers_as_long_as_it_lasts(engagement, lead, coach):
    joining.leave(member=lead, by=coach)
    with pytest.raises(joining.LastToSteer):
        joining.leave(member=making.member_of(engagement, coach), by=coach)


def test_who_has_no_account_is_in_it_by_name_and_leads_nothing(engagement, coach):
    member = joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, name="Rosa Peña")
    assert (member.called, member.initials) == ("Rosa Peña", "RP")
    with pytest.raises(joining.NeedsAnAccount):
        joining.change(member=member, by=coach, role=Member.Role.LEAD)


def test_a_committee_sees_who_is_missing_at_the_table(building, coach):
    version = making.make_version(has_terms=True, constituencies=["Families", "Students"])
    engagement = making.make_engagement(building, version=version, coach=coach)
    joining.add(
        engagement=engagement, by=coach, role=Member.Role.MEMBER, name="Rosa", constituency="Families"
    )
    assert joining.missing_constituencies(engagement) == ["Students"]


def test_a_step_is_done_once_its_prompts_are_answered(engagement, lead, text):
    with pytest.raises(progressing.Unanswered):
        finish(engagement, "look", lead)
    answer(lead, text)
    finish(engagement, "look", lead)
    finish(engagement, "look", lead)
    engagement.refresh_from_db()
    assert (engagement.progress, engagement.next_step_id, StepDone.objects.count()) == (100, "", 1)


def test_a_step_says_whose_turn_it_is(building, coach):
    version = making.make_version(
        making.phase(making.step(id_="one", for_roles=["coach"]), making.step(id_="two"))
    )
    engagement = making.make_engagement(building, version=version, coach=coach)
    assert engagement.next_is_for == "coach"
    finish(engagement, "one", making.member_of(engagement, coach))
    assert (engagement.next_step_id, engagement.next_is_for, engagement.progress) == ("two", "", 50)


def test_it_closes_when_all_that_is_required_is_there(engagement, lead, text, principal):
    with pytest.raises(closing.NotReady) as refused:
        closing.close(engagement=engagement, by=principal)
    assert [prompt.id for _, prompt in refused.value.gaps.unanswered] == ["seen"]
    answer(lead, text)
    closing.close(engagement=engagement, by=principal, words="Thank you.")
    assert Engagement.objects.get().state == "closed"
    with pytest.raises(closing.Ended):
        closing.close(engagement=engagement, by=principal)


def test_a_review_does_not_close_without_voices_even_where_their_prompt_is_optional(
    building, coach, principal
):
    voices = making.prompt("voices", id_="voices", required=False, least=1)
    version = making.make_version(making.phase(making.step(voices)), must_have_voices=True)
    engagement = making.make_engagement(building, version=version, coach=coach)
    with pytest.raises(closing.NotReady):
        closing.close(engagement=engagement, by=coach)
    voice = {"prompt_id": "voices", "written_by": making.member_of(engagement, coach), "group": "Families"}
    heard = Voice.objects.create(engagement=engagement, **voice)
    with pytest.raises(closing.NotReady):
        closing.close(engagement=engagement, by=coach)
    heard.said = "Nobody asked us."
    heard.save()
    closing.close(engagement=engagement, by=coach)


def test_it_can_stop_before_its_end_with_the_reason(engagement, principal):
    closing.stop(engagement=engagement, by=principal, words="The coach left.")
    assert Engagement.objects.get().closing_words == "The coach left."


def test_a_next_cycle_begins_with_the_people_of_the_last_one(building, coach, principal):
    version = making.make_version(making.phase(making.step()), repeats=True)
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    with pytest.raises(opening.NotEnded):
        opening.open_next_cycle(engagement=engagement, by=coach)
    closing.close(engagement=engagement, by=coach)
    following = opening.open_next_cycle(engagement=engagement, by=coach)
    assert (following.cycle, following.previous, following.members.count()) == (2, engagement, 2)
    assert opening.open_next_cycle(engagement=engagement, by=coach) == following


def test_a_list_tells_two_cycles_apart_and_one_that_ended_leads_to_its_report(
    client, building, coach, principal
):
    version = making.make_version(making.phase(making.step()), repeats=True)
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    closing.close(engagement=engagement, by=coach)
    opening.open_next_cycle(engagement=engagement, by=coach)
    client.force_login(principal)
    assertContains(client.get(reverse("engagements:list")), "Cycle 2", count=1)
    assertContains(client.get(reverse("engagements:show", args=[engagement.pk])), "Read the report", count=1)


def test_a_newer_protocol_keeps_what_was_written_and_shows_what_it_no_longer_asks(engagement, lead, text):
    answer(lead, text, "Kept.")
    here = engagement.protocol_version
    newer = making.make_version(
        making.phase(making.step(making.prompt(id_="new"))), key=here.protocol_key, number=2
    )
    assert renewing.newer_version(engagement) == newer
    renewing.renew(engagement=engagement, by=lead.person)
    earlier = answering.asked_earlier(engagement, newer.plan)
    assert [(one.asked, one.value) for one in earlier] == [("What do you see?", {"text": "Kept."})]
    with pytest.raises(renewing.NotNewer):
        renewing.renew(engagement=engagement, by=lead.person)


def test_what_was_promised_as_confidential_stays_so(building, coach):
    version = making.make_version(confidential=True)
    engagement = making.make_engagement(building, version=version, coach=coach)
    making.make_version(key=version.protocol_key, number=2, confidential=False)
    renewing.renew(engagement=engagement, by=coach)
    assert Engagement.objects.get().is_confidential


def test_an_agreement_holds_when_every_member_agreed(building, coach, principal):
    version = making.make_version(making.phase(making.step(making.prompt("agreement", id_="norms"))))
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    for person in (coach, principal):
        assert "norms" not in progressing.answered_prompts(engagement)
        member = making.member_of(engagement, person)
        engagement.agreements.create(prompt_id="norms", member=member)
    assert "norms" in progressing.answered_prompts(engagement)


def test_a_private_note_is_ones_own_and_an_older_tab_does_not_overwrite_it(engagement, lead, version):
    where = {"engagement": engagement, "person": lead.person, "step": version.plan.step("look")}
    note = noting.save_note(**where, text="Ask again.", based_on=0)
    assert noting.save_note(**where, text="Ask again in May.", based_on=note.version).version == 2
    with pytest.raises(versioning.Stale):
        noting.save_note(**where, text="Ask nobody.", based_on=1)


def test_who_is_on_a_step_is_seen_by_the_others(engagement, lead, maria):
    presence.note(member=maria, step_id="look", prompt_id="seen")
    here = presence.others(members=[lead, maria], step_id="look", but=lead)
    assert here == [(maria, "seen")]
    presence.leave(member=maria, step_id="look")
    assert presence.others(members=[lead, maria], step_id="look", but=lead) == []
