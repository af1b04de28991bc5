"""Sign-in, as allauth's extension point has it: accounts come from rosters, never from a sign-up form."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class RosteredAccountAdapter(DefaultAccountAdapter):
    """Nobody makes themselves an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: a district's roster or a PSESD administrator makes the account."""
        return False


def display_name(user: object) -> str:
    """Return how pages and emails of the account name a person."""
    return str(user)
