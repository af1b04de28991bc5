"""Emailing: the email that carries a notice. Sent once, whoever asks and however often."""

import datetime
import logging

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from roster.letters import absolute, letter

logger = logging.getLogger(__name__)

#: A claim older than this belonged to a process that was killed while sending.
CLAIM_LASTS = datetime.timedelta(minutes=15)
#: News older than this is not worth an email any more; it stays in the list of notices.
STALE_AFTER = datetime.timedelta(days=3)
UNSUBSCRIBE_SALT = "notices.unsubscribe"


def send(notice: Notice) -> bool:
    """Send the notice's email unless it is sent, being sent, or not wanted; say whether it was sent now.

    Whoever sends first claims the row, so two workers never send the same. A failure gives the claim
    back, for the sweep to try again, and is raised.
    """
    if not _claim(notice):
        return False
    try:
        message_for(notice).send()
    except Exception:
        Notice.objects.filter(pk=notice.pk).update(email_claimed_at=None)
        raise
    Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now())
    return True


def send_waiting() -> int:
    """Send all emails that wait (a lost nudge, a failed server, a killed worker); return how many went out.

    One that fails is logged and doesn't hold up the others; it is tried again next time, for three days.
    """
    sent = 0
    for notice in _unclaimed().select_related("person").order_by("told_at", "pk").iterator(chunk_size=500):
        try:
            sent += send(notice)
        except Exception:
            logger.exception("The email of notice %s could not be sent", notice.pk)
    return sent


def message_for(notice: Notice) -> EmailMultiAlternatives:
    """Write the email: text and HTML in the person's language, with a way to get no more of its kind."""
    unsubscribe_url = unsubscribe_url_for(notice.person, notice.kind)
    return letter(
        to=notice.person,
        subject=notice.title,
        template="notices/notice",
        context={
            "notice": notice,
            "open_url": absolute(notice.url or reverse("notices:list")),
            "preferences_url": absolute(reverse("notices:preferences")),
            "unsubscribe_url": unsubscribe_url,
        },
        # RFC 8058: a mail program may unsubscribe with one POST, without opening a page.
        headers={
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def unsubscribe_url_for(person, kind: str) -> str:
    """Return the signed address that ends emails of ``kind`` for ``person`` without signing in."""
    token = signing.dumps([person.pk, kind], salt=UNSUBSCRIBE_SALT, compress=True)
    return absolute(reverse("notices:unsubscribe", args=[token]))


def _claim(notice: Notice) -> bool:
    return bool(_unclaimed().filter(pk=notice.pk).update(email_claimed_at=timezone.now()))


def _unclaimed():
    now = timezone.now()
    return Notice.objects.filter(
        Q(email_claimed_at=None) | Q(email_claimed_at__lt=now - CLAIM_LASTS),
        person__is_active=True,
        email_wanted=True,
        emailed_at=None,
        told_at__gte=now - STALE_AFTER,
    )
