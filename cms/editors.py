"""What PSESD's editors and moderators may do in the admin. Who is one follows from positions (roster)."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.dispatch import Signal
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from cms import approving
from cms.models import Audience, ClockHourCategory, Edition, LearningStandard, RenewalRule
from roster.groups import EDITORS, MODERATORS

ON_PAGES = {
    EDITORS: ["add_page", "change_page", "publish_page", "lock_page"],
    MODERATORS: ["change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"],
}
ON_FILES = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
SNIPPETS = [Audience, Edition, LearningStandard, ClockHourCategory, RenewalRule]

#: Sent when the groups have what they need here: an app above gives them what they need there. Keyword:
#: ``groups``, those of editors and of moderators.
granting = Signal()


def grant() -> None:
    """Give the groups what they need; safe to repeat. The groups are there already (``roster.groups``)."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[EDITORS, MODERATORS])}
    _grant_pages(groups)
    _grant_files(groups[EDITORS])
    grant_snippets(groups.values(), SNIPPETS)
    approving.set_up()
    granting.send(sender=None, groups=list(groups.values()))


def grant_snippets(groups, models) -> None:
    """Let ``groups`` do all with rows of ``models``: write, publish, lock, delete."""
    types = ContentType.objects.get_for_models(*models).values()
    permissions = list(Permission.objects.filter(content_type__in=types))
    for group in groups:
        group.permissions.add(*permissions)


def _grant_pages(groups):
    root = Page.objects.get(depth=1)
    permissions = _permissions(ContentType.objects.get_for_model(Page))
    for name, codenames in ON_PAGES.items():
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=groups[name], page=root, permission=permissions[codename]
            )


def _grant_files(group):
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=ON_FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _permissions(content_type):
    return {row.codename: row for row in Permission.objects.filter(content_type=content_type)}
