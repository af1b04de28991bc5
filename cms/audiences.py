"""Audiences: whom a rule means."""

from collections import defaultdict

from cms.standpoints import Place, Standpoint


def matching(audiences, standpoint: Standpoint) -> frozenset[str]:
    """The slugs of those ``audiences`` that the reader matches by any one of their positions."""
    return frozenset(
        audience.slug for audience in audiences if any(means(audience, place) for place in standpoint.places)
    )


def means(audience, place: Place) -> bool:
    """Is somebody with this position meant?

    Within a kind any value matches, across kinds all must, an empty kind doesn't restrict. The same rule,
    read from ``exclude``, leaves people out; an empty ``exclude`` leaves out nobody.
    """
    if not _fits(audience.include, place):
        return False
    excluded = {kind: values for kind, values in audience.exclude.items() if values}
    return not (excluded and _fits(excluded, place))


class Matcher:
    """Which of some audiences readers match, for many readers: only what a rule names tells them apart."""

    def __init__(self, audiences):
        self._audiences = list(audiences)
        self._named = defaultdict(set)
        for audience in self._audiences:
            for rule in (audience.include, audience.exclude):
                for kind, values in rule.items():
                    self._named[kind].update(values)
        self._known = {}

    def matching(self, standpoint: Standpoint) -> frozenset[str]:
        """The same as :func:`matching`, worked out once for all places that no rule tells apart."""
        return frozenset().union(*(self._at(place) for place in standpoint.places))

    def _at(self, place: Place) -> frozenset[str]:
        facts = _facts(place)
        alike = tuple(facts[kind] & values for kind, values in self._named.items())
        if alike not in self._known:
            self._known[alike] = matching(self._audiences, Standpoint((place,)))
        return self._known[alike]


def _fits(rule: dict, place: Place) -> bool:
    facts = _facts(place)
    return all(not values or not facts[kind].isdisjoint(values) for kind, values in rule.items())


def _facts(place: Place) -> dict[str, frozenset[str]]:
    return {
        "levels": frozenset({place.level}),
        "districts": frozenset({place.district_slug}),
        "buildings": frozenset({place.building_slug}),
        "focus_areas": place.focus_areas,
        "roles": frozenset({place.role}),
        "languages": place.languages,
    }
