"""Every address × every role, from one table: who gets what, and that nothing is missing from the table."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.permissions import world as worlds
from tests.permissions.table import EVERYBODY, LOGIN, REFUSED, SECTIONS, VISITOR, Address

#: Whose addresses are tested where they come from; the table has their entrances.
OF_LIBRARIES = ("accounts/", "documents/", "cms/", "media/", "static/", "_util/", "^media/", "__debug__")
#: What a form sends whatever its fields.
EVERY_POST = {"csrfmiddlewaretoken": "-"}


def test_every_address_stands_in_the_table():
    missing = _own_addresses() - _tabled()
    assert not missing, f"Say in table.py who may open: {sorted(missing)}"


def test_every_address_of_the_table_exists():
    gone = _tabled() - _all_addresses()
    assert not gone, f"Gone from the site, so take it out of table.py: {sorted(gone)}"


@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_gets_what_the_table_says(db, section):
    world = worlds.build()
    assert world.people.keys() == EVERYBODY
    wrong = [fault for address, method in _questions(section) for fault in _faults(world, address, method)]
    assert not wrong, "\n".join(wrong)


# --- asking --------------------------------------------------------------------------------------------


def _questions(section: str):
    """Each address of a section with each method that is asked of it."""
    for address in SECTIONS[section]:
        for method in ("GET", "POST", "DELETE"):
            if address.serves(method) or not address.is_library:
                yield address, method


def _faults(world, address: Address, method: str) -> list[str]:
    """What differs from the table, in words. Where a method isn't served, one of each kind of person asks."""
    faults = []
    is_served = address.serves(method) is not None
    for role in world.people if is_served else _one_of_each(address):
        got = _ask(world, address, method, role)
        meant = {address.answer(role, method)}
        if not is_served and role not in address.sees:
            meant |= {404, 405, LOGIN}  # whether the method or the person is looked at first doesn't matter
        if got not in meant:
            faults.append(f"{method} {address.name} {address.args} as {role}: {got}, not {meant}")
    return faults


def _one_of_each(address: Address) -> set[str]:
    strangers = sorted(EVERYBODY - address.sees - {VISITOR})
    return {VISITOR, *sorted(address.sees)[:1], *strangers[:1]}


def _ask(world, address: Address, method: str, role: str) -> int | str:
    """Ask, and take back whatever that changed."""
    url = reverse(address.name, args=[world.things[name] for name in address.args])
    words = {name: world.things.get(word, word) for name, word in address.data.items()}
    client = Client(raise_request_exception=False)
    client.cookies.load(world.cookies[role])
    with transaction.atomic():
        ask = {"GET": client.get, "POST": client.post, "DELETE": client.delete}[method]
        response = ask(url, {**EVERY_POST, **words}) if method == "POST" else ask(url)
        transaction.set_rollback(True)
    return _outcome(response)


def _outcome(response) -> int | str:
    target = response.headers.get("Location", "") if response.status_code == 302 else ""
    if target.startswith((reverse("account_login"), reverse("wagtailadmin_login"))):
        return LOGIN
    return REFUSED if target == reverse("wagtailadmin_home") else response.status_code


# --- what there is -------------------------------------------------------------------------------------


def _tabled() -> set[tuple[str, int]]:
    return {(address.name, len(address.args)) for section in SECTIONS.values() for address in section}


def _all_addresses() -> set[tuple[str, int]]:
    return {(name, count) for name, count, _route in _walk(get_resolver())}


def _own_addresses() -> set[tuple[str, int]]:
    """All but the libraries'; and the first page of each part of the admin that is ours."""
    return {
        (name, count)
        for name, count, route in _walk(get_resolver())
        if not route.startswith(OF_LIBRARIES) or _is_own_desk(name, route)
    }


def _is_own_desk(name: str, route: str) -> bool:
    space, _, page = name.rpartition(":")
    is_ours = space.startswith("wagtailsnippets_cms_") or not space.startswith("wagtail")
    return route.startswith("cms/") and bool(space) and is_ours and page in {"index", "list"}


def _walk(resolver, spaces=(), before="", count=0):
    """Each address: its name, the number of its arguments, and its route."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        taken = count + pattern.pattern.regex.groups
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or route]), taken, route
        else:
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, (*spaces, *space), route, taken)
