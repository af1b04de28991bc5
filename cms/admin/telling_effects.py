"""Telling effects: a change's groups in words, without giving away any count of fewer than ten people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.reckoning import CLOSED, LEAST, OPENED, Somewhere, counted
from roster.models import Position


@dataclass(frozen=True)
class Told:
    """One group of buildings: for ``whom`` it changes, and ``how``, sentence by sentence."""

    course: str
    whom: str
    how: list[str]
    places: list[dict]


def told(groups: Iterable[dict]) -> dict:
    """What a page says of a change's stored groups: those with people under way first, and the sum."""
    groups = list(groups)
    return {"groups": [_told(group) for group in sorted(groups, key=_weight)], "sum": counted(_once(groups))}


def people_in_words(people: int) -> str:
    """A count of people as an editor may see it."""
    if 0 < people < LEAST:
        return _("fewer than 10 people")
    if not people:
        return _("nobody under way")
    return ngettext("%(people)s person", "%(people)s people", people) % {"people": people}


def _weight(group):
    return -sum(place["people"] for place in group["places"])


def _once(groups):
    """Each building once: the same people may be in several groups, by their roles."""
    places = {
        (group["course"], place["district"], place["name"]): Somewhere(**place)
        for group in groups
        for place in group["places"]
    }
    return places.values()


def _told(group) -> Told:
    roles = dict(Position.Role.choices)
    named = [str(roles[role]).lower() for role in group["roles"]]
    return Told(
        course=group["course"],
        whom=_("Only for: %s") % ", ".join(named) if named else _("For every role"),
        how=[*_opening(group["opening"]), *(_sentence(effect) for effect in group["effects"])],
        places=[
            {
                "name": place["name"] or _("Without a building"),
                "district": place["district"],
                "people": people_in_words(place["people"]),
            }
            for place in group["places"]
        ],
    )


def _opening(opening) -> list[str]:
    words = {OPENED: _("They may take the course now."), CLOSED: _("They may no longer begin the course.")}
    return [words[opening]] if opening else []


def _sentence(effect) -> str:
    parts = []
    if effect["before"] != effect["after"]:
        standings = {
            "required": _("required"),
            "optional": _("optional"),
            "hidden": _("not theirs"),
        }
        parts.append(
            _("%(after)s (before: %(before)s)")
            % {"after": standings[effect["after"]], "before": standings[effect["before"]]}
        )
    counts = [
        (effect["added"], ngettext("%s block more", "%s blocks more", effect["added"])),
        (effect["removed"], ngettext("%s block fewer", "%s blocks fewer", effect["removed"])),
        (effect["changed"], ngettext("%s block changed", "%s blocks changed", effect["changed"])),
        (effect["moved"], ngettext("%s block moved", "%s blocks moved", effect["moved"])),
    ]
    parts += [words % count for count, words in counts if count]
    return f"{effect['title']}: {', '.join(parts)}"
