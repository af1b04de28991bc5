"""``manage.py invite_people``: a link to set a password, by email."""

from django.core.management.base import BaseCommand

from roster import inviting
from roster.models import User


class Command(BaseCommand):
    """Email a link that sets a password to people who have none: the ones named, or everybody."""

    help = __doc__

    def add_arguments(self, parser):
        """Whom to invite."""
        parser.add_argument(
            "emails", nargs="*", help="whom to invite; everybody without a password when left out"
        )

    def handle(self, *, emails: list[str], **options):
        """Invite, and say how many."""
        people = User.objects.filter(email__in=[email.lower() for email in emails]) if emails else None
        self.stdout.write(f"{inviting.invite(people=people)} invitations")
