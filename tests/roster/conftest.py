"""Two districts with their people, for questions of who may see whom."""

import pytest

from roster.models import Position, User
from tests import factories

Role = Position.Role


@pytest.fixture
def region(db):
    """Districts ``a`` (buildings ``a1``, ``a2``) and ``b`` (``b1``), each place with staff; by name."""
    a, b = (factories.DistrictFactory(name=f"District {name}", slug=name) for name in "ab")
    places = {"a": a, "b": b}
    for slug, district in {"a1": a, "a2": a, "b1": b}.items():
        places[slug] = factories.BuildingFactory(name=f"School {slug}", slug=slug, district=district)
    return places


@pytest.fixture
def people(region):
    """One person for each thing that one can be in the region, by name."""

    def hold(name, role, place=None):
        kind = "district" if place in ("a", "b") else "building"
        where = {kind: region[place]} if place else {}
        return name, factories.make_person(role, email=f"{name}@example.org", **where)

    everybody = dict(
        [
            hold("teacher_a1", Role.TEACHER, "a1"),
            hold("teacher_a2", Role.TEACHER, "a2"),
            hold("teacher_b1", Role.TEACHER, "b1"),
            hold("specialist_a", Role.SPECIALIST, "a"),
            hold("principal_a1", Role.PRINCIPAL, "a1"),
            hold("leader_a", Role.DISTRICT_ADMIN, "a"),
            hold("coach_a1", Role.COACH, "a1"),
            hold("coach_b", Role.COACH, "b"),
            hold("coach", Role.COACH),
            hold("editor", Role.EDITOR),
            hold("admin", Role.PSESD_ADMIN),
        ]
    )
    everybody["nobody"] = factories.PersonFactory(email="nobody@example.org")
    everybody["superuser"] = User.objects.create_superuser(email="superuser@example.org")
    return everybody
