"""What this app adds to Wagtail's admin."""

from wagtail import hooks

from courses.administering.menu import RecordsGroup


@hooks.register("register_admin_viewset")
def records() -> RecordsGroup:
    """Add the menu's part for records of courses."""
    return RecordsGroup()
