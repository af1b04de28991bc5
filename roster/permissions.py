"""Permissions in Wagtail's admin: who keeps the roster there, asked of people's positions."""

from django.db.models import Exists, OuterRef, Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from roster.models import (
    AuditEntry,
    Building,
    District,
    FocusArea,
    Position,
    StaffImport,
    User,
)
from roster.standing import standing_of


class AdministratorsPolicy(BasePermissionPolicy):
    """PSESD's administrators (and superusers) may do ``actions``; nobody else anything.

    Nothing of the roster is ever deleted: positions end and accounts close, so that records keep their names.
    """

    def __init__(self, model, *actions: str):
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action):
        """Say whether ``user`` may."""
        return action in self.actions and user.is_active and standing_of(user).is_admin

    def users_with_any_permission(self, actions):
        """Return who may do any of ``actions``."""
        if not self.actions.intersection(actions):
            return User.objects.none()
        appointed = Position.objects.current().filter(person=OuterRef("pk"), role=Position.Role.PSESD_ADMIN)
        return User.objects.filter(Q(is_superuser=True) | Exists(appointed), is_active=True)


#: For our own pages about people. Wagtail's own user pages, which write no audit entry, ask Django's
#: permissions instead, and only a superuser has those.
people_policy = AdministratorsPolicy(User, "add", "change", "view")


def register() -> None:
    """Tell Wagtail; before anything else asks it about these models."""
    for model in (Position, District, Building, FocusArea):
        register_permission_policy(model, AdministratorsPolicy(model, "add", "change", "view"))
    register_permission_policy(AuditEntry, AdministratorsPolicy(AuditEntry, "view"))
    register_permission_policy(StaffImport, AdministratorsPolicy(StaffImport, "add", "view"))
