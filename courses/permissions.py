"""Permissions in Wagtail's admin: who sees records there, asked of people's positions."""

from django.db.models import Exists, OuterRef, Q
from wagtail.permissions import register_permission_policy

from courses.models import Certificate, ClockHourEntry, EvaluationAnswers
from roster.models import Position, User
from roster.permissions import AdministratorsPolicy
from roster.standing import standing_of


class EvaluationsPolicy(AdministratorsPolicy):
    """Totals are for PSESD's editors too."""

    def user_has_permission(self, user, action):
        """Say whether ``user`` may."""
        allowed = action in self.actions and user.is_active and standing_of(user).is_editor
        return allowed or super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        """Return who may do any of ``actions``."""
        if not self.actions.intersection(actions):
            return User.objects.none()
        roles = [Position.Role.EDITOR, Position.Role.PSESD_ADMIN]
        appointed = Position.objects.current().filter(person=OuterRef("pk"), role__in=roles)
        return User.objects.filter(Q(is_superuser=True) | Exists(appointed), is_active=True)


def register() -> None:
    """Tell Wagtail; before anything else asks it about these models."""
    register_permission_policy(Certificate, AdministratorsPolicy(Certificate, "view"))
    register_permission_policy(ClockHourEntry, AdministratorsPolicy(ClockHourEntry, "view"))
    register_permission_policy(EvaluationAnswers, EvaluationsPolicy(EvaluationAnswers, "view"))
