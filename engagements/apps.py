"""The app's registration with Django."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """The equity services as work done together: protocols, teams, what they write, and what came of it."""

    name = "engagements"

    def ready(self) -> None:
        """Make versions of protocols as they are published, and let editors write them."""
        from cms import joining
        from courses import participating, sweeping
        from engagements import (
            acting,
            answering,
            awaiting,
            crediting,
            dating,
            looking_again,
            publishing,
            service_pages,
            teaming_up,
        )
        from engagements.authoring import permissions
        from notices import calendars

        publishing.listen()
        permissions.listen()
        joining.register_service_part(service_pages.steps_of)
        joining.register_team_section(teaming_up.section_for)
        participating.register_attended(crediting.attended_in)
        calendars.register_dates("action items", acting.dates_of)
        calendars.register_dates("engagements", dating.dates_of)
        calendars.register_dates("days to look again", looking_again.dates_of)
        nightly = (
            acting.remind,
            awaiting.remind,
            awaiting.ask,
            looking_again.remind,
            answering.thin_versions,
        )
        for step in nightly:
            sweeping.every_night(step)
