"""Email on a machine of one's own: nothing is sent, everything can be read."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


class FolderBackend(EmailBackend):
    """Write each message into ``EMAIL_FILE_PATH`` and one line about it to the console."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many there were."""
        count = super().send_messages(email_messages) or 0
        for message in email_messages:
            print(f"Email to {', '.join(message.recipients())}: {message.subject}", flush=True)
        return count
