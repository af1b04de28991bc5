"""Sign-in, as allauth's extension point has it: accounts come from rosters, never from a sign-up form."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from roster.standing import standing_of


class RosteredAccountAdapter(DefaultAccountAdapter):
    """Nobody makes themselves an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: a district's roster or a PSESD administrator makes the account."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where signing in leads: to what they learn, for those who do; else to the first page."""
        if standing_of(request.user).learns:
            return reverse("courses:learning")
        return super().get_login_redirect_url(request)


def display_name(user: object) -> str:
    """Return how pages and emails of the account name a person."""
    return str(user)
