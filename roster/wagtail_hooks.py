"""What this app adds to Wagtail's admin."""

from wagtail import hooks

from roster.administering.menu import RosterGroup


@hooks.register("register_admin_viewset")
def roster_pages() -> RosterGroup:
    """Add the menu's part for who works where."""
    return RosterGroup()
