"""Invitations: the letter with the link that sets a first password, and who still needs one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from roster.letters import absolute, letter
from roster.models import User


def without_password(people=None):
    """Return those of ``people`` (everybody when left out) who have an open account and no way into it."""
    people = User.objects.all() if people is None else people
    return people.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def send(person: User) -> bool:
    """Send the email, unless the person has a password by now; say whether it was sent."""
    if not without_password(User.objects.filter(pk=person.pk)).exists():
        return False
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    with translation.override(person.language):
        subject = _("Your account for professional learning at PSESD")
    letter(
        to=person, subject=subject, template="roster/invitation", context={"open_url": absolute(path)}
    ).send()
    return True
