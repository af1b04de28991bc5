"""What a team hears of its own work: once, without its words, and never who did it."""

import pytest
from django.urls import reverse

from engagements import answering, closing, joining, opening, progressing
from engagements.models import Member
from notices.models import Notice
from tests import factories
from tests.engagements import making


def heard(person) -> list[tuple[str, str]]:
    """What somebody was told: titles and addresses, the newest last."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", "url"))


def finish(engagement, step_id, by):
    """Finish a step of the protocol."""
    step = engagement.protocol_version.plan.step(step_id)
    progressing.finish_step(engagement=engagement, step=step, by=by)


def test_who_is_brought_in_hears_it_and_a_guest_by_name_does_not(engagement, building, coach):
    person = factories.make_teacher(building, language="es")
    joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, person=person)
    joining.add(engagement=engagement, by=coach, role=Member.Role.MEMBER, name="Rosa Peña")

    assert heard(person) == [
        ("Usted ya participa en “Who gets into algebra”", reverse("engagements:show", args=[engagement.pk]))
    ]
    assert Notice.objects.count() == 1


def test_whose_turn_it_is_hears_it_once_and_what_is_everybodys_tells_nobody(building, coach, principal):
    asks_nothing = making.prompt(required=False)
    version = making.make_version(
        making.phase(
            making.step(asks_nothing, id_="one", for_roles=["lead"]),
            making.step(asks_nothing, id_="two", for_roles=["coach"]),
            making.step(asks_nothing, id_="three"),
        )
    )
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    lead = making.member_of(engagement, principal)

    finish(engagement, "one", lead)
    finish(engagement, "one", lead)
    finish(engagement, "two", making.member_of(engagement, coach))

    step = reverse("engagements:step", args=[engagement.pk, "two"])
    assert heard(coach) == [("Your turn in “Who gets into algebra”", step)]
    assert heard(principal) == []


@pytest.mark.parametrize(
    ("end", "title", "page"),
    [
        (closing.close, "“Who gets into algebra” is closed", "engagements:report"),
        (closing.stop, "“Who gets into algebra” was stopped before its end", "engagements:show"),
    ],
)
def test_the_team_hears_of_the_end(engagement, lead, maria, coach, text, end, title, page):
    answering.save(member=lead, prompt=text, fields={"text": ["We see."]}, based_on=0)
    Notice.objects.all().delete()

    end(engagement=engagement, by=coach, words="Nobody had the time.")

    assert heard(maria.person) == heard(lead.person) == [(title, reverse(page, args=[engagement.pk]))]
    assert heard(coach) == []
    assert not Notice.objects.filter(body__contains="Nobody had").exists()


def test_the_same_people_hear_of_the_next_cycle(building, coach, principal):
    version = making.make_version(making.phase(making.step(making.prompt(required=False))), repeats=True)
    engagement = making.make_engagement(building, version=version, coach=coach, lead=principal)
    closing.close(engagement=engagement, by=coach)
    following = opening.open_next_cycle(engagement=engagement, by=coach)
    opening.open_next_cycle(engagement=engagement, by=coach)

    title = "“Who gets into algebra” goes on: cycle 2"
    assert heard(principal)[1:] == [(title, reverse("engagements:show", args=[following.pk]))]
