"""The header's navigation: where this person may go, how many notices wait, who they are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notices.telling import unread_count
from roster.standing import Standing, standing_of


@dataclass(frozen=True)
class Item:
    """One entry of the header."""

    label: str | Promise
    url: str
    icon: str
    current: bool = False


def navigation(request: HttpRequest) -> dict:
    """Context processor: give every template ``navigation``, which asks nothing until it is drawn."""
    return {"navigation": Navigation(request)}


class Navigation:
    """What the header shows, found when a template first asks: a fragment without a header costs no query.

    At most two queries: the person's positions and their unread notices.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def person(self):
        """The person who is signed in, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def unread(self) -> int:
        """How many notices this person hasn't read."""
        return unread_count(self.person) if self.person else 0

    @cached_property
    def items(self) -> list[Item]:
        """The entries that this person gets, in order, the one of this page marked."""
        standing = standing_of(self.person) if self.person else None
        found = [item for entry in ENTRIES if (item := entry(standing))]
        current = _current(found, self._request.path)
        return [Item(item.label, item.url, item.icon, current=item is current) for item in found]


def _current(items: list[Item], path: str) -> Item | None:
    """Return the item whose address is the longest beginning of ``path``."""
    return max(
        (item for item in items if path.startswith(item.url)), key=lambda item: len(item.url), default=None
    )


def _item(label: str | Promise, icon: str, name: str, *args) -> Item | None:
    """Return the item of a named address; None while the site has no such address."""
    try:
        return Item(label, reverse(name, args=args), icon)
    except NoReverseMatch:
        return None


def _learning(standing: Standing | None) -> Item | None:
    return _item(_("My learning"), "book-open", "courses:learning") if standing and standing.learns else None


def _catalog(standing: Standing | None) -> Item | None:
    return _item(_("Catalog"), "library", "cms:catalog")


def _journal(standing: Standing | None) -> Item | None:
    """Return the journal; a coach, who has none, gets what is shared with them."""
    if standing and standing.learns:
        return _item(_("Journal"), "notebook-pen", "courses:journal")
    return (
        _item(_("Shared with me"), "notebook-text", "courses:shared")
        if standing and standing.coaches
        else None
    )


def _together(standing: Standing | None) -> Item | None:
    """Return where work with a team begins: a coach's desk, PSESD's queue of requests, the list of one's own.

    Not asking whether somebody is in a team saves each page a query.
    """
    if standing and standing.coaches:
        return _item(_("My desk"), "users-round", "engagements:desk")
    if standing and standing.learns:
        return _item(_("Our work"), "users-round", "engagements:list")
    if standing and standing.is_admin:
        return _item(_("Requests"), "inbox", "engagements:requests")
    return None


def _buildings(standing: Standing | None) -> Item | None:
    """Return a leader's or coach's buildings; who leads a whole district reaches them through it."""
    if not standing or standing.leads_districts or standing.is_admin:
        return None
    if standing.leads_buildings:
        label = ngettext("My building", "My buildings", len(standing.leads_buildings))
    elif standing.coaches_buildings or standing.coaches_districts:
        label = _("Buildings")
    else:
        return None
    return _item(label, "school", "reports:home")


def _district(standing: Standing | None) -> Item | None:
    """Return the one district that this person leads, or the list where there are several."""
    if not standing or not standing.leads_districts:
        return None
    slugs = {
        position.district.slug
        for position in standing.positions
        if position.district_id in standing.leads_districts
    }
    if len(slugs) == 1:
        return _item(_("District"), "landmark", "reports:district", slugs.pop())
    return _item(_("Districts"), "landmark", "reports:home")


def _region(standing: Standing | None) -> Item | None:
    """Return the region: for an administrator with every district, for an editor in totals."""
    sees = standing and (standing.is_admin or standing.is_editor)
    return _item(_("Region"), "map", "reports:region") if sees else None


def _content(standing: Standing | None) -> Item | None:
    writes = standing and (standing.is_editor or standing.is_admin)
    return _item(_("Content"), "pen-line", "wagtailadmin_home") if writes else None


#: Who gets what, in the order of the header. On a phone the first four stand in the bar.
ENTRIES: list[Callable[[Standing | None], Item | None]] = [
    _learning,
    _catalog,
    _journal,
    _buildings,
    _district,
    _together,
    _region,
    _content,
]
