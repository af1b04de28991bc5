"""The app's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Telling people: notices in the product, email, and what each person wants to hear."""

    name = "notices"

    def ready(self) -> None:
        """Put the choice of emails on the profile page."""
        from notices.forms import PreferencesForm
        from roster.profile_parts import ProfilePart, register

        register(ProfilePart(name="notices", title=_("How we tell you"), form=PreferencesForm))
