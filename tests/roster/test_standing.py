"""Where a person stands, and how often that is asked of the database."""

from django.contrib.auth.models import AnonymousUser

from roster import appointing
from roster.models import Position, User
from roster.standing import standing_of
from tests import factories

Role = Position.Role


def test_standing_is_one_query_with_its_places_and_then_none(people, region, django_assert_num_queries):
    factories.PositionFactory(person=people["principal_a1"], role=Role.COACH, district=region["b"])
    person = User.objects.get(pk=people["principal_a1"].pk)

    with django_assert_num_queries(1):
        standing = standing_of(person)
        assert [position.label for position in standing.positions]
        assert standing.positions[0].building.district.name == "District a"
        assert standing_of(person) is standing
    assert standing.leads_buildings == {region["a1"].pk}
    assert standing.coaches_districts == {region["b"].pk}
    assert standing.learns


def test_a_change_of_positions_is_seen_at_once(people, region):
    person = people["teacher_a1"]
    assert not standing_of(person).leads

    position = appointing.appoint(person=person, role=Role.PRINCIPAL, building=region["a2"])
    assert standing_of(person).leads_buildings == {region["a2"].pk}

    appointing.move(position=position, role=Role.DISTRICT_ADMIN, district=region["b"])
    assert standing_of(person).leads_buildings == set()
    assert standing_of(person).leads_districts == {region["b"].pk}


def test_the_primary_position_is_the_first_at_a_building(people, region):
    person = people["specialist_a"]
    assert standing_of(person).primary.district == region["a"]

    at_a_building = appointing.appoint(person=person, role=Role.TEACHER, building=region["a2"])

    assert standing_of(person).primary == at_a_building


def test_psesds_own_people_do_not_learn_and_a_superuser_edits_and_administers(people):
    assert not standing_of(people["editor"]).learns
    assert standing_of(people["editor"]).is_editor
    assert not standing_of(people["editor"]).is_admin
    assert standing_of(people["superuser"]).is_admin
    assert standing_of(people["superuser"]).is_editor
    assert standing_of(people["nobody"]).primary is None
    assert standing_of(AnonymousUser()).positions == ()
