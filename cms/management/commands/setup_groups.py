"""``manage.py setup_groups``: Wagtail's groups, who is in them, and what they may do."""

from django.core.management.base import BaseCommand

from cms import editors
from roster import groups


class Command(BaseCommand):
    """Make the groups, fill them by positions, and grant editors and moderators their pages and snippets."""

    help = __doc__

    def handle(self, **options):
        """Run both halves; they can run again at will."""
        groups.set_up()
        editors.grant()
        self.stdout.write("The groups follow the positions, and editors may edit.")
