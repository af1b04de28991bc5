"""``manage.py setup_groups``: Wagtail's groups, and who is in them."""

from django.core.management.base import BaseCommand

from roster import groups


class Command(BaseCommand):
    """Make Wagtail's groups for editors, moderators and roster administrators, and fill them by positions."""

    help = __doc__

    def handle(self, **options):
        """Run ``groups.set_up``, which can run again at will."""
        groups.set_up()
        self.stdout.write("The groups follow the positions.")
