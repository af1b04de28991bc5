"""Letters: an email to one person, as text and HTML, in their language."""

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from roster.models import User


def letter(
    *, to: User, subject: str, template: str, context: dict, headers: dict | None = None
) -> EmailMultiAlternatives:
    """Write an email from ``emails/<template>.txt`` and ``.html``, ready to send.

    Mail programs drop style sheets, so the styles are written into the elements.
    """
    with translation.override(to.language):
        context = {
            "person": to,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": settings.SITE_URL,
            **context,
        }
        text = render_to_string(f"emails/{template}.txt", context)
        html = css_inline.inline(render_to_string(f"emails/{template}.html", context))
        # A line break in a subject would begin another header.
        message = EmailMultiAlternatives(
            subject=" ".join(str(subject).split()), body=text, to=[to.email], headers=headers
        )
    message.attach_alternative(html, "text/html")
    return message


def absolute(path: str) -> str:
    """Return the full address of a path of this site; what is full already stays as it is."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"
