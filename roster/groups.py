"""Groups: Wagtail's groups follow people's positions; nobody puts a person into one by hand.

Which pages and snippets a group may change is granted by the app that owns them (``cms.editors``).
"""

from collections.abc import Collection

from django.contrib.auth.models import Group, Permission

from roster.models import Position, User
from roster.signals import positions_changed

EDITORS = "Editors"
MODERATORS = "Moderators"
ROSTER_ADMINISTRATORS = "Roster administrators"

GROUPS_OF_ROLE = {
    Position.Role.EDITOR: {EDITORS, MODERATORS},
    Position.Role.PSESD_ADMIN: {EDITORS, MODERATORS, ROSTER_ADMINISTRATORS},
}
#: Above so many people it is everybody's groups that are looked at.
FEW = 1000
OURS = sorted(set().union(*GROUPS_OF_ROLE.values()))


def set_up() -> None:
    """Make sure that the groups are there, open Wagtail's admin, and hold who they should. Safe to repeat.

    What the roster's administrators may do there is asked of their position (``roster.permissions``), not
    of the group: the group only opens the door.
    """
    opens_the_admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in OURS:
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.add(opens_the_admin)
    sync()


def sync(person_ids: Collection[int] | None = None) -> None:
    """Put people (everybody when left out) into the groups of their positions and out of the others."""
    group_ids = dict(Group.objects.filter(name__in=OURS).values_list("name", "pk"))
    membership = User.groups.through
    wanted, present = _wanted(group_ids, person_ids), membership.objects.filter(group__in=group_ids.values())
    if person_ids is not None:
        present = present.filter(user__in=person_ids)
    held = {(row.user_id, row.group_id): row.pk for row in present}
    membership.objects.bulk_create(
        [membership(user_id=person, group_id=group) for person, group in sorted(wanted - held.keys())],
        ignore_conflicts=True,
    )
    membership.objects.filter(pk__in=[held[pair] for pair in held.keys() - wanted]).delete()


def _wanted(group_ids: dict[str, int], person_ids) -> set[tuple[int, int]]:
    positions = Position.objects.current().filter(role__in=GROUPS_OF_ROLE)
    if person_ids is not None:
        positions = positions.filter(person__in=person_ids)
    return {
        (person, group_ids[name])
        for person, role in positions.order_by().values_list("person", "role")
        for name in GROUPS_OF_ROLE[role] & group_ids.keys()
    }


def _follow(person_ids, **_kwargs) -> None:
    # A whole region's import names more people than SQLite takes in one query; all groups are then quicker.
    sync(person_ids if len(person_ids) <= FEW else None)


def connect() -> None:
    """Follow every change of positions from now on."""
    positions_changed.connect(_follow, dispatch_uid="roster.groups")
