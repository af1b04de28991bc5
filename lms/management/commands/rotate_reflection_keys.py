"""``manage.py rotate_reflection_keys``: after it, all but the first of ``REFLECTION_KEYS`` can go."""

from django.core.management import BaseCommand

from lms.rotating import reseal_everything


class Command(BaseCommand):
    """Safe on a site in use, and to run again."""

    help = "Put every reflection and action step under the first of REFLECTION_KEYS."

    def handle(self, **options) -> None:
        """Reseal all, and say how many."""
        count = reseal_everything()
        self.stdout.write(f"{count} texts are under the newest key now; the older keys can be removed.")
