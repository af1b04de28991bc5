"""Placeholders: words in curly brackets that become the reader's own, such as ``{building}``."""

import re

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms.standpoints import Standpoint
from roster.models import Position

PATTERN = re.compile(r"\{([a-z_]+)\}")

#: What a placeholder says to a reader who has none of it.
GENERAL = {
    "building": _("your building"),
    "district": _("your district"),
    "goal": _("the goal that your building has set"),
    "principal": _("your principal"),
    "role": _("educator"),
}
KNOWN = frozenset(GENERAL)


def unknown_in(text: str) -> list[str]:
    """The placeholders in ``text`` that mean nothing, in order, each once; for errors on save."""
    return list(dict.fromkeys(name for name in PATTERN.findall(text) if name not in KNOWN))


def words_in(text: str, standpoint: Standpoint) -> tuple[tuple[str, str], ...]:
    """The placeholders in ``text`` with what each stands for: two readers of equal words read the same."""
    names = sorted({name for name in PATTERN.findall(text) if name in KNOWN})
    return tuple((name, _said(name, standpoint)) for name in names)


def fill(text: str, standpoint: Standpoint) -> str:
    """``text`` as plain words for the reader; not escaped, so never marked safe."""
    return PATTERN.sub(lambda match: _word(match, standpoint), text)


def fill_markup(markup: str, standpoint: Standpoint) -> str:
    """Markup that is already safe, with the reader's words escaped into it."""
    return PATTERN.sub(lambda match: escape(_word(match, standpoint)), markup)


def _word(match: re.Match, standpoint: Standpoint) -> str:
    name = match[1]
    if name not in KNOWN:
        return match[0]
    return _said(name, standpoint)


def _said(name: str, standpoint: Standpoint) -> str:
    return _of_place(name, standpoint) or str(GENERAL[name])


def _of_place(name: str, standpoint: Standpoint) -> str:
    place = standpoint.primary
    match name:
        case "building":
            return place.building_name
        case "district":
            return place.district_name
        case "goal":
            return place.goal
        case "principal":
            return place.principal
        case _:
            return str(dict(Position.Role.choices).get(place.role, "")).lower()
