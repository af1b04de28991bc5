"""``manage.py messages``: bring ``locale/`` to what the code says, and tell what is left to translate."""

from django.core.management import BaseCommand

from lms import messages


class Command(BaseCommand):
    """For developers: needs Babel, of requirements/test. Safe to run again at any time."""

    help = "Update locale/*/LC_MESSAGES/django.po from the code, compile them, and check them."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        """Update each language, and print a line for it and for each problem."""
        for language in messages.PLURALS:
            said, missing = messages.update(language)
            self.stdout.write(f"{language}: {said} sentences, {missing} more without a translation")
            for problem in messages.problems_of(language):
                self.stdout.write(f"  {problem}")
        messages.compile_messages()
