"""``manage.py setup_site``: home page, catalog, languages and collections."""

from django.core.management import BaseCommand

from cms.portable.site import set_up_site


class Command(BaseCommand):
    """Safe to run again."""

    help = "Make the pages, languages and collections that everything else hangs on."

    def handle(self, **options) -> None:
        """Set up the site."""
        home = set_up_site()
        self.stdout.write(f"Site: {home.title} at {home.url or '/'}")
